"""What stands between signing in and the desk: own password, second factor, idle sessions."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.kit.dates import civil_day
from gongkai.orgs import queries
from gongkai.orgs.models import Person

Next = Callable[[HttpRequest], HttpResponse]
DESK = "/desk"
SEEN = "seen_at"
# A session is written anew at most once a minute: idleness is measured, reading stays cheap.
TOUCH_SECONDS = 60


class SecondFactorMiddleware:
    """Leads a person to what must be done first; until then nothing under `/desk/` answers."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_desk(request.path) or not isinstance(request.user, Person):
            return self.get_response(request)
        _touch(request)
        sentence, target = first_duty(request.user)
        if target:
            messages.warning(request, sentence)
            return redirect(target)
        return self.get_response(request)


def first_duty(person: Person) -> tuple[str, str]:
    """(sentence, name of the page) of what the person must do first; empty when nothing."""
    if person.must_change_password:
        return (
            "您用的是临时密码，请先改成自己的密码，再办理业务。",
            "account_change_password",
        )
    if queries.needs_second_factor(person, civil_day(timezone.now())) and not has_factor(person):
        return (
            "您的角色能审查、发布或管理账号，必须先设置第二重验证，再办理业务。",
            "mfa_activate_totp",
        )
    return "", ""


def has_factor(person: Person) -> bool:
    """An active authenticator; recovery codes alone do not count."""
    found = Authenticator.objects.filter(user=person)
    return bool(found.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def _is_desk(path: str) -> bool:
    return path == DESK or path.startswith(DESK + "/")


def _touch(request: HttpRequest) -> None:
    """Move the end of the session on, so that it ends after idleness and not in mid-work."""
    now = int(time.time())
    if now - int(request.session.get(SEEN, 0)) >= TOUCH_SECONDS:
        request.session[SEEN] = now
