"""Reads of the journal, always by `seq`, always bounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from gongkai.journal.models import Entry, Head

MAX_PAGE = 1000
BIGGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Filter:
    """What the auditor asks for; an empty field asks nothing. `until_at` is exclusive."""

    event_prefix: str = ""
    actor_id: int | None = None
    body_id: int | None = None
    subject_kind: str = ""
    subject_id: int | None = None
    act: UUID | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, newest first, and the `seq` below which the next page begins (None at the end)."""

    entries: tuple[Entry, ...]
    next_before: int | None


def head_seq() -> int:
    """The `seq` of the newest line; 0 in an empty journal."""
    return Head.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def since(seq: int, *, limit: int = MAX_PAGE, event_prefix: str = "") -> list[Entry]:
    """Up to `limit` lines after `seq`, oldest first: how a follower (search, feeds) catches up.

    Lines commit in the order of `seq`, so a follower that keeps the last `seq` it has done never
    misses one. With `event_prefix` only those events; then move on by `head_seq()` read before.
    """
    found = Entry.objects.filter(seq__gt=max(seq, 0)).order_by("seq")
    if event_prefix:
        found = found.filter(event__startswith=event_prefix)
    return list(found[: _bounded(limit)])


def entries(wanted: Filter) -> QuerySet[Entry]:
    """The lines that match, newest first, unpaged (for counting and for `page`)."""
    exact = {
        "actor_id": wanted.actor_id,
        "body_id": wanted.body_id,
        "subject_kind": wanted.subject_kind or None,
        "subject_id": wanted.subject_id,
        "act": wanted.act,
        "event__startswith": wanted.event_prefix or None,
        "at__gte": wanted.from_at,
        "at__lt": wanted.until_at,
    }
    asked = {name: value for name, value in exact.items() if value is not None}
    if any(isinstance(value, int) and not 0 <= value <= BIGGEST for value in asked.values()):
        return Entry.objects.none()  # no database holds such a number
    return Entry.objects.filter(**asked).order_by("-seq")


def page(wanted: Filter, *, before: int | None = None, limit: int = 50) -> Page:
    """One page of the lines that match, newest first, below `before` (exclusive)."""
    found = entries(wanted)
    if before is not None:
        found = found.filter(seq__lt=min(max(before, 0), BIGGEST))
    size = _bounded(limit)
    rows = list(found[: size + 1])
    more = len(rows) > size
    return Page(tuple(rows[:size]), rows[size - 1].seq if more else None)


def of_subject(kind: str, subject_id: int) -> QuerySet[Entry]:
    """Everything written about one thing, oldest first."""
    return Entry.objects.filter(subject_kind=kind, subject_id=subject_id).order_by("seq")


def _bounded(limit: int) -> int:
    return max(1, min(limit, MAX_PAGE))
