"""Plain values handed to the actions: what is awarded, who sits where, which duty, which notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.orgs.models import Body, Person, Section


@dataclass(frozen=True, slots=True)
class RoleAward:
    """A role in a body, or in one section of it, from a day (default today) until a day."""

    role: str
    body: Body
    section: Section | None = None
    from_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """A seat in one of the groups of a body (`models.GroupKind`); an empty seat has no person."""

    group: str
    title: str
    person: Person | None = None
    ordinal: int = 0
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class DutyText:
    """A duty as the body's own paper words it, of a section or of a person."""

    title: str
    text: str = ""
    section: Section | None = None
    person: Person | None = None
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day named by a holiday notice, with the holiday it belongs to."""

    day: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A yearly holiday notice of the State Council.

    `off` are the days off, `makeup` the weekends worked; days may lie in the neighbouring years.
    """

    year: int
    document_number: str
    off: tuple[DayOff, ...] = ()
    makeup: tuple[DayOff, ...] = ()
    issued_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class TokenWish:
    """An access token wanted: what it is for, `read` or `write`, for how many days."""

    name: str
    scope: str
    days: int
