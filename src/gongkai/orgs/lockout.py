"""Lock-out after wrong passwords: which name is counted, and the page that says for how long."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

TOO_MANY_REQUESTS = 429


def login_name(request: HttpRequest | None, credentials: Mapping[str, object] | None = None) -> str:
    """The name under which failures are counted: any spelling of one account is one name.

    Signing in looks the name up without regard to case, so counting must not regard it either.
    """
    given = (credentials or {}).get("username")
    if given is None and request is not None:
        given = request.POST.get(settings.AXES_USERNAME_FORM_FIELD, "")
    return same_name(str(given or ""))


def same_name(username: str) -> str:
    """One spelling for all that reach the same account."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def locked_until(username: str) -> datetime | None:
    """The moment at which the lock of this name ends; None when it was never counted."""
    last = (
        AccessAttempt.objects.filter(username=same_name(username))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    cooloff: timedelta = settings.AXES_COOLOFF_TIME
    return None if last is None else last + cooloff


def minutes_left(username: str, now: datetime) -> int:
    """Whole minutes until the lock ends, at least 1."""
    until = locked_until(username)
    seconds = (until - now).total_seconds() if until else 0
    return max(1, math.ceil(seconds / 60))


def locked_out(
    request: HttpRequest,
    _response: HttpResponse | None = None,
    credentials: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The page shown instead of the sign-in form, for every try while the name is locked."""
    now = timezone.now()
    name = login_name(request, credentials)
    minutes = minutes_left(name, now)
    until = timezone.localtime(now + timedelta(minutes=minutes))
    sentence = (
        f"密码已连续输错 {settings.AXES_FAILURE_LIMIT} 次，账号锁定。"
        f"请在 {minutes} 分钟后（{until:%H:%M}）再试；急用请联系安全管理员解除锁定。"
    )
    return render(
        request, "account/locked_out.html", {"sentence": sentence}, status=TOO_MANY_REQUESTS
    )
