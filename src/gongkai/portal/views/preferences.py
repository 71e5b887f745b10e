"""How a reader wants to read: large type and language, kept in a cookie without a session."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.portal import links
from gongkai.portal.keeping import LARGE_COOKIE
from gongkai.portal.page import secure_cookies

YEAR_SECONDS = 365 * 24 * 3600
MAX_ADDRESS = 2000


def preferences(request: HttpRequest) -> HttpResponse:
    """`?large=1|0` or `?language=en|zh-hans`, then back to `next` (this site only).

    A plain link does it: it changes nothing but the reader's own display.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    response = HttpResponseRedirect(_back(request))
    large, language = request.GET.get("large"), request.GET.get("language")
    if large in ("0", "1"):
        _set(response, LARGE_COOKIE, large if large == "1" else "")
    if language in ("en", "zh-hans"):
        _set(response, settings.LANGUAGE_COOKIE_NAME, language)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _back(request: HttpRequest) -> str:
    address = request.GET.get("next", "")
    safe = (
        len(address) <= MAX_ADDRESS
        and address.startswith("/")
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )
    return address if safe else links.to("home")


def _set(response: HttpResponse, name: str, value: str) -> None:
    if not value:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=secure_cookies(),
    )
