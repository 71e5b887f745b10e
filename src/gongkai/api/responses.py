"""How every answer of the API is sent: JSON, readable by any site, refusals in one shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.kit.refusal import Refusal

METHODS = ("GET", "HEAD")
# An answer follows from the question and the calendar; a new notice is seen within a minute.
KEEP_SECONDS = 60
View = Callable[..., HttpResponse]


def answer(data: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """`data` as JSON in UTF-8, Chinese as it is. Anyone may read it from any origin: it is public
    and carries no cookie.
    """
    text = json.dumps(data, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json", status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    kept = f"public, max-age={KEEP_SECONDS}" if status == 200 else "no-store"
    response.headers["Cache-Control"] = kept
    return response


def refused(refusal: Refusal, *, status: int = 400) -> HttpResponse:
    """A refusal as `{code, sentence, basis, fields}`."""
    return answer(refusal.as_dict(), status=status)


def public(view: View) -> View:
    """Only reading, and every refusal as JSON."""

    @wraps(view)
    def answering(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if request.method not in METHODS:
            sentence = "这个接口只能读取，请用 GET。"
            response = refused(Refusal("api.method", sentence), status=405)
            response.headers["Allow"] = ", ".join(METHODS)
            return response
        try:
            return view(request, **arguments)
        except Refusal as refusal:
            return refused(refusal)

    return answering
