"""Headers Django does not set, and the separation of portal and desk addresses."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.request import split_domain_port, validate_host
from django.views.defaults import page_not_found

Next = Callable[[HttpRequest], HttpResponse]
DESK_PATHS = ("/desk", "/accounts", "/api/v1/requests")
_DENIED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
PERMISSIONS = ", ".join(f"{name}=()" for name in _DENIED)


def headers(get_response: Next) -> Next:
    """Permissions-Policy on every answer; what a signed-in person saw is never cached."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(DESK_PATHS):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def two_addresses(get_response: Next) -> Next:
    """Desk pages answer only on desk hosts, public pages never leak them (GONGKAI_DESK_HOSTS)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_desk(request.path) and not _desk_host(request):
            return _not_found(request)
        return get_response(request)

    return middleware


def is_desk(path: str) -> bool:
    """True for the staff site, signing in and the staff API."""
    return any(path == start or path.startswith(start + "/") for start in DESK_PATHS)


def _desk_host(request: HttpRequest) -> bool:
    host, _port = split_domain_port(request.get_host())
    if settings.GONGKAI_DESK_HOSTS:
        return validate_host(host, settings.GONGKAI_DESK_HOSTS)
    return not validate_host(host, settings.GONGKAI_PORTAL_HOSTS)


def _not_found(request: HttpRequest) -> HttpResponse:
    found: HttpResponseNotFound = page_not_found(request, Http404())
    return found
