"""Passwords, locks and sessions of an account. No password ever reaches the journal or a log."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.utils import reset as axes_reset
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import policies
from gongkai.orgs.actions.writing import need_reason, write_down
from gongkai.orgs.lockout import same_name
from gongkai.orgs.models import Person

# Without the letters and digits that a person copying from paper mistakes (0 O 1 l I).
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_password() -> str:
    """16 characters in four groups: about 92 bits, easy to read out."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def check_password_rules(password: str, person: Person) -> None:
    """Raise `Refusal` with the sentences of the rules that are broken."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise Refusal("account.weak_password", sentence, fields={"password": sentence}) from error


def end_sessions(person: Person) -> None:
    """Delete every session of the account: it is signed out everywhere."""
    key = str(person.pk)
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == key:
            session.delete()


@transaction.atomic
def issue_password(*, person: Person, by: Person | None, now: datetime) -> str:
    """Set a new temporary password and return it, once; its owner must change it at sign-in."""
    policies.may_administer_people(by, person.body, civil_day(now)).require(policies.SEPARATION)
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not kept.is_active:
        raise Refusal("account.inactive", f"账号{kept.username}已停用，请先恢复再发密码。")
    password = new_password()
    kept.set_password(password)
    kept.must_change_password = True
    kept.save(update_fields=["password", "must_change_password"])
    end_sessions(kept)
    data = {"account": kept.username}
    write_down("account.password_issued", row=kept, by=by, body=kept.body, change=Change(data=data))
    return password


@transaction.atomic
def set_password(*, person: Person, password: str, by: Person | None, now: datetime) -> Person:
    """Set a password chosen by its owner, or by the operator at the console."""
    if by is not None and by.pk != person.pk:
        raise Refusal("account.foreign_password", "只能修改自己的密码；给别人请发临时密码。")
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    check_password_rules(password, kept)
    kept.set_password(password)
    kept.save(update_fields=["password"])
    return note_password_changed(person=kept, now=now)


@transaction.atomic
def note_password_changed(*, person: Person, now: datetime) -> Person:
    """Write down that the owner changed the password (allauth has stored it)."""
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    kept.must_change_password = False
    kept.save(update_fields=["must_change_password"])
    person.must_change_password = False
    data = {"account": kept.username}
    write_down(
        "account.password_changed", row=kept, by=kept, body=kept.body, change=Change(data=data)
    )
    return kept


@transaction.atomic
def reset_second_factor(*, person: Person, reason: str, by: Person | None, now: datetime) -> int:
    """Remove a lost authenticator; the owner sets up a new one at the next sign-in."""
    why = need_reason(reason)
    policies.may_change_roles_of(by, person, person.body, civil_day(now)).require(
        policies.SEPARATION
    )
    found = Authenticator.objects.filter(user=person)
    count: int = found.count()
    if not count:
        raise Refusal("account.no_factor", f"账号{person.username}没有设置第二重验证，不必重置。")
    # Without signals: those write down what the owner does himself.
    found._raw_delete(found.db)
    end_sessions(person)
    change = Change(reason=why, data={"account": person.username})
    write_down("account.second_factor_reset", row=person, by=by, body=person.body, change=change)
    return count


@transaction.atomic
def unlock(*, person: Person, by: Person | None, now: datetime) -> int:
    """Lift a lock-out after wrong passwords; the number of failures forgotten."""
    policies.may_administer_people(by, person.body, civil_day(now)).require(policies.SEPARATION)
    forgotten: int = axes_reset(username=same_name(person.username))
    data = {"account": person.username, "failures": forgotten}
    write_down("account.unlocked", row=person, by=by, body=person.body, change=Change(data=data))
    return forgotten
