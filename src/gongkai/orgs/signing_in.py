"""Signing in and out, locks and changes of credentials, written into the journal.

Only accounts that exist are named. What a stranger typed as a name is never kept: it may be a
password typed into the wrong box.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils import timezone

from gongkai.journal.actions import append
from gongkai.journal.models import Entry
from gongkai.journal.values import SYSTEM, Change, Subject
from gongkai.orgs import actions, lockout
from gongkai.orgs.models import Person
from gongkai.orgs.queries import actor


def connect() -> None:
    """Listen; called once from `apps.ready()`. Connecting twice under one id does nothing."""
    for signal, listener in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_locked_out, locked),
        (password_changed, changed_password),
    ):
        signal.connect(listener, dispatch_uid=f"{__name__}.{listener.__name__}")
    # Not allauth's own signals: those come after the commit and could be lost.
    post_save.connect(factor_saved, sender=Authenticator, dispatch_uid=f"{__name__}.saved")
    post_delete.connect(factor_deleted, sender=Authenticator, dispatch_uid=f"{__name__}.deleted")


def _write(event: str, person: Person, **data: object) -> None:
    with transaction.atomic():
        append(
            event=event,
            actor=actor(person, body=person.body, role="self"),
            subject=Subject("person", person.pk, person.uuid),
            change=Change(data={"account": person.username, **data}),
        )


def signed_in(sender: Any, user: Person, **_: Any) -> None:
    """After the second factor where one is set up."""
    _write("account.signed_in", user)


def signed_out(sender: Any, user: Person | None, **_: Any) -> None:
    """Nothing to write when the session had already ended."""
    if isinstance(user, Person):
        _write("account.signed_out", user)


def locked(sender: Any, username: str | None, request: HttpRequest, **_: Any) -> None:
    """Once per lock: further tries while locked are not written again."""
    person = Person.objects.filter(username__iexact=lockout.same_name(username or "")).first()
    if person is None or _already_written(person):
        return
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    with transaction.atomic():
        append(
            event="account.locked",
            actor=SYSTEM,
            subject=Subject("person", person.pk, person.uuid),
            change=Change(data={"account": person.username, "minutes": minutes}),
        )


def _already_written(person: Person) -> bool:
    """A lock written down within the present lock (it is not lengthened by further tries)."""
    last = (
        Entry.objects.filter(
            subject_kind="person",
            subject_id=person.pk,
            event__in=("account.locked", "account.unlocked", "account.signed_in"),
        )
        .order_by("-seq")
        .first()
    )
    return (
        last is not None
        and last.event == "account.locked"
        and timezone.now() - last.at < settings.AXES_COOLOFF_TIME
    )


def changed_password(sender: Any, user: Person, **_: Any) -> None:
    """The owner chose a new password."""
    actions.note_password_changed(person=user, now=timezone.now())


def factor_saved(sender: Any, instance: Authenticator, created: bool, **_: Any) -> None:
    """Recovery codes alone are no second factor and are not written."""
    if created and instance.type != Authenticator.Type.RECOVERY_CODES:
        _write("account.second_factor_set", instance.user)


def factor_deleted(sender: Any, instance: Authenticator, **_: Any) -> None:
    """By the owner himself, or by an administrator for a lost telephone."""
    if instance.type != Authenticator.Type.RECOVERY_CODES:
        _write("account.second_factor_removed", instance.user)
