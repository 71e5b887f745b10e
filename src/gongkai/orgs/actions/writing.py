"""What every action of this part does in the same way: set fields, save checked, write it down."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import models

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body, Person
from gongkai.orgs.queries import actor

KINDS = {
    "Body": "body",
    "Section": "section",
    "Person": "person",
    "RoleGrant": "role_grant",
    "GroupSeat": "seat",
    "Duty": "duty",
    "HolidayNotice": "holiday_notice",
}


def put(row: models.Model, fields: Mapping[str, object], allowed: tuple[str, ...]) -> list[str]:
    """Set the fields on the row and name those that changed.

    A field no person may set is a fault of the caller: `ValueError`.
    """
    unknown = set(fields) - set(allowed)
    if unknown:
        raise ValueError(f"unknown fields: {sorted(unknown)}")
    changed = []
    for name in allowed:
        if name in fields and getattr(row, name) != fields[name]:
            setattr(row, name, fields[name])
            changed.append(name)
    return changed


def labels(row: models.Model, names: list[str]) -> str:
    """The Chinese labels of the fields, for a sentence."""
    fields = (row._meta.get_field(name) for name in names)
    return "、".join(str(getattr(field, "verbose_name", field.name)) for field in fields)


def need_reason(reason: str) -> str:
    """The reason without blanks at its ends; refused when empty."""
    text = reason.strip()
    if not text:
        sentence = "请写明理由，以便日后查考。"
        raise Refusal("orgs.no_reason", sentence, fields={"reason": sentence})
    return text


def write_down(
    event: str, *, row: models.Model, by: Person | None, body: Body | None, change: Change
) -> None:
    """One line in the journal about `row`."""
    uuid = getattr(row, "uuid", None)
    append(
        event=event,
        actor=actor(by, body=body, role=_capacity(event)),
        subject=Subject(
            KINDS[type(row).__name__], row.pk, uuid if isinstance(uuid, UUID) else None
        ),
        change=change,
    )


def _capacity(event: str) -> str:
    people = ("person.", "role.", "account.")
    return "security_admin" if event.startswith(people) else "system_admin"
