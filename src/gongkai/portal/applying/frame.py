"""The frame around pages of one applicant: never kept by any cache, forms with a token.

A form whose token is stale is not carried out, but its words stay in the page. What is sent is
measured before it is read, so nobody can fill the disk from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from gongkai.catalog import generation
from gongkai.catalog.directory import directory
from gongkai.kit.dates import civil_day
from gongkai.portal.keeping import Face
from gongkai.portal.page import Visit, finish

MOST_BYTES = 64 * 1024 * 1024
STALE = "页面停留太久，这一次没有提交。您填写的文字还在，请再按一次按钮；文件请重新选择。"


@dataclass(frozen=True, slots=True)
class Call:
    """A visit to a page of one's own: `stale` when the form's token was not good."""

    visit: Visit
    now: datetime
    stale: bool

    @property
    def request(self) -> HttpRequest:
        return self.visit.request

    @property
    def posted(self) -> bool:
        """A form came and may be carried out."""
        return self.request.method == "POST" and not self.stale

    def render(
        self, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> HttpResponse:
        """The page, with the token its forms need."""
        told = {"here_name": "requests", "token": get_token(self.request), **context}
        return self.visit.render(template, told, status=status)


View = Callable[..., HttpResponseBase]


class _Token(CsrfViewMiddleware):
    """Says why a token is not good instead of answering with a page of its own."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


_TOKEN = _Token(lambda request: HttpResponse())


def private(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a page of one's own from `view(call, **arguments)`; GET and HEAD unless told."""
    allowed = methods or ("GET", "HEAD")

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return _sealed(HttpResponseNotAllowed(allowed))
            if _too_large(request):
                return _sealed(_told_too_large())
            call = _call(request)
            english = call.visit.english
            translation.activate("en" if english else "zh-hans")
            return _sealed(finish(_answered(view, call, arguments), english=english))

        # The token is looked at in `_call`, where the typing can still be given back.
        return csrf_exempt(answer)

    return decorate


def _call(request: HttpRequest) -> Call:
    now = timezone.now()
    face = Face.of(request, civil_day(now))
    number = generation.current()
    visit = Visit(request, number, directory(number), face.today, face.english, face.large)
    wrong = (
        request.method == "POST"
        and _TOKEN.process_view(request, _told_too_large, (), {}) is not None
    )
    return Call(visit, now, wrong)


def _answered(view: View, call: Call, arguments: dict[str, Any]) -> HttpResponseBase:
    try:
        return view(call, **arguments)
    except Http404 as missing:
        sentence = str(missing.args[0]) if missing.args else ""
        return call.render("not_found.html", {"sentence": sentence}, status=404)


def _too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > MOST_BYTES


def _told_too_large() -> HttpResponse:
    most = MOST_BYTES // 1024 // 1024
    sentence = _("文件太大，没有收到。一次最多上传%(most)sMB，请返回后压缩或者分开上传。")
    return HttpResponse(
        sentence % {"most": most}, status=413, content_type="text/plain; charset=utf-8"
    )


def _sealed(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Cookie"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
