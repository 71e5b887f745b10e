"""Plain values that actions hand to the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` is None for the program itself and for people without an account.

    `role` is the capacity in which the person acts (`responsible_leader`), `body_id` the body for
    which. Never put an applicant's name or number here: `name` is for staff only.
    """

    id: int | None
    name: str
    role: str
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted on: `kind` is the lower-case name of the table's idea (`record`)."""

    kind: str
    id: int | None = None
    uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed, why, and by which article.

    `data` holds further plain values (text, whole numbers, truth values, None, lists, mappings
    with text keys; dates, moments, UUIDs and decimals are written as text). No floats: they do
    not survive every database bit for bit. No personal data.
    """

    from_state: str = ""
    to_state: str = ""
    basis: str = ""
    reason: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line to write: an event, who did it, to what, and what changed."""

    event: str
    actor: Actor
    subject: Subject | None
    change: Change


SYSTEM = Actor(id=None, name="系统", role="system", body_id=None)
