"""One act per web request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.kit.act import act


def act_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request one act id; whatever it writes into the journal shares it."""

    def handle(request: HttpRequest) -> HttpResponse:
        with act():
            return get_response(request)

    return handle
