"""Accounts of the staff: opened, changed, closed. Never deleted: the journal names them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import policies, queries
from gongkai.orgs.actions.accounts import check_password_rules, end_sessions
from gongkai.orgs.actions.writing import labels, need_reason, put, write_down
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

PERSON_FIELDS = ("username", "name", "body", "section", "email", "office_phone")


@transaction.atomic
def create_person(
    *,
    fields: Mapping[str, object],
    password: str | None = None,
    by: Person | None,
    now: datetime,
) -> Person:
    """Open an account; without a password nobody can sign in until `issue_password`."""
    person = Person()
    put(person, fields, PERSON_FIELDS)
    policies.may_administer_people(by, person.body, civil_day(now)).require(policies.SEPARATION)
    if password is None:
        person.set_unusable_password()
    else:
        check_password_rules(password, person)
        person.set_password(password)
    _check_section(person)
    person.is_superuser = person.is_staff = False  # never: every right is a granted role
    save_checked(person, code="orgs.person_not_valid")
    data = {"account": person.username}
    write_down("person.created", row=person, by=by, body=person.body, change=Change(data=data))
    return person


@transaction.atomic
def edit_person(
    *, person: Person, fields: Mapping[str, object], by: Person | None, now: datetime
) -> Person:
    """Change name, body, section or contact of an account."""
    today = civil_day(now)
    policies.may_administer_people(by, person.body, today).require(policies.SEPARATION)
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    changed = put(kept, fields, PERSON_FIELDS)
    if "body" in changed:
        policies.may_administer_people(by, kept.body, today).require(policies.SEPARATION)
    if not changed:
        return kept
    _check_section(kept)
    save_checked(kept, code="orgs.person_not_valid")
    data = {"account": kept.username, "changed": labels(kept, changed)}
    write_down("person.edited", row=kept, by=by, body=kept.body, change=Change(data=data))
    return kept


def _check_section(person: Person) -> None:
    if person.section is not None and person.section.body_id != person.body_id:
        sentence = f"{person.section.name}不是所选机关的科室，请重新选择科室。"
        raise Refusal("orgs.foreign_section", sentence, fields={"section": sentence})


@transaction.atomic
def deactivate(*, person: Person, reason: str, by: Person | None, now: datetime) -> Person:
    """Close an account at once: no sign-in, no role, open sessions end."""
    return _switch(person=person, active=False, reason=reason, by=by, now=now)


@transaction.atomic
def reactivate(*, person: Person, reason: str, by: Person | None, now: datetime) -> Person:
    """Open a closed account again; the roles still granted to it count again."""
    return _switch(person=person, active=True, reason=reason, by=by, now=now)


def _switch(
    *, person: Person, active: bool, reason: str, by: Person | None, now: datetime
) -> Person:
    why = need_reason(reason)
    policies.may_change_roles_of(by, person, person.body, civil_day(now)).require(
        policies.SEPARATION
    )
    kept = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if kept.is_active is active:
        state = "在用" if active else "停用"
        raise Refusal("orgs.person_already", f"账号{kept.username}已经是{state}状态，不必再改。")
    kept.is_active = active
    kept.save(update_fields=["is_active"])
    if not active:
        end_sessions(kept)
    person.is_active = active
    queries.forget_roles(person)
    states = ("inactive", "active") if active else ("active", "inactive")
    change = Change(*states, reason=why, data={"account": kept.username})
    event = "person.reactivated" if active else "person.deactivated"
    write_down(event, row=kept, by=by, body=kept.body, change=change)
    return kept
