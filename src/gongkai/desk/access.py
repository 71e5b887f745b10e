"""Coming in and out without losing what was typed.

A form handed in after the sign-in ran out, or with a token that another window made stale, is
neither carried out nor thrown away: its fields are kept for the person who typed them and stand
in the form again after signing in. Who typed them is told by a signed cookie the desk sets; a
stranger, who has none, can leave nothing here.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.csrf import csrf_failure

from gongkai.desk import actions
from gongkai.orgs.models import Person

COOKIE = "gongkai_desk"
_SALT = "gongkai.desk.person"
_FOR_SECONDS = 7 * 24 * 3600
# A password is never kept for later, sealed or not.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "password"})


def remember(response: HttpResponse, request: HttpRequest, person: Person) -> None:
    """Note in a signed cookie who works in this browser, so that typing can be kept for him."""
    if _remembered_uuid(request) == str(person.uuid):
        return
    response.set_signed_cookie(
        COOKIE,
        str(person.uuid),
        salt=_SALT,
        max_age=_FOR_SECONDS,
        path="/desk",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _remembered_uuid(request: HttpRequest) -> str:
    try:
        found = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_FOR_SECONDS)
    except BadSignature:
        return ""
    return str(found)


def remembered(request: HttpRequest) -> Person | None:
    """The person whose browser this is, by the signed cookie; never a proof of sign-in."""
    uuid = _remembered_uuid(request)
    return Person.objects.filter(uuid=uuid, is_active=True).first() if uuid else None


def typed(request: HttpRequest) -> dict[str, list[str]]:
    """The posted fields as they came, without the token. Files cannot be kept."""
    fields = {name: [str(v) for v in values] for name, values in request.POST.lists()}
    return {name: values for name, values in fields.items() if name not in _NOT_TYPED}


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back; a posted form is kept for after it."""
    if request.method == "POST":
        person = remembered(request)
        fields = typed(request)
        if person is not None and fields:
            actions.keep_input(
                person=person,
                path=request.path,
                fields=fields,
                cause="signed_out",
                now=timezone.now(),
            )
        # The address itself, without its query: the page that shows the form again.
        return _to_sign_in(request.path)
    return _to_sign_in(request.get_full_path())


def _to_sign_in(path: str) -> HttpResponse:
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': path})}")


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: a stale page gives the typing back; a foreign page is refused."""
    if not request.path.startswith(("/desk/", "/accounts/")):
        return csrf_failure(request, reason=reason)
    person = request.user if request.user.is_authenticated else remembered(request)
    if _from_our_own_page(request) and isinstance(person, Person):
        fields = typed(request)
        if fields and request.path.startswith("/desk/"):
            actions.keep_input(
                person=person,
                path=request.path,
                fields=fields,
                cause="stale",
                now=timezone.now(),
            )
            messages.warning(request, "页面已过期，刚才的内容没有提交，但已替您留住。")
            return HttpResponseRedirect(request.path)
    return render(request, "desk/stale.html", {"title": "没有提交"}, status=403)


def _from_our_own_page(request: HttpRequest) -> bool:
    """The browser says that the form came from a page of this very address."""
    here = request.get_host()
    origin = request.headers.get("Origin", "")
    if origin and origin != "null":
        return urlsplit(origin).netloc == here
    return urlsplit(request.headers.get("Referer", "")).netloc == here
