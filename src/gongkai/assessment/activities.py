"""Reads of the register of activities: who sees which, and the counts others use as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from gongkai.assessment.activity_policies import READERS
from gongkai.assessment.models import Activity, ActivityKind
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person


@dataclass(frozen=True, slots=True)
class ActivityText:
    """What is entered: on which day, what kind, about what, who called it, who came."""

    kind: str
    subject: str
    held_on: date
    called_by: str = ""
    place: str = ""
    attendance: int | None = None
    attendees: str = ""
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One kind in a period: how often, how many came (as far as counted), how many copies."""

    kind: str
    label: str
    count: int
    attendance: int
    copies: int


def visible_to(person: Person, today: date) -> QuerySet[Activity]:
    """The activities a person may read: of his bodies and of those he supervises."""
    bodies = {g.body_id for g in orgs.grants_of(person, today) if g.role in READERS}
    bodies |= {body.pk for body in orgs.supervised_bodies(person, today)}
    return Activity.objects.filter(body_id__in=bodies)


def standing(body: Body, first: date, last: date) -> QuerySet[Activity]:
    """The activities of a body held from `first` to `last` (both included), not struck out."""
    return Activity.objects.filter(
        body=body, struck_at__isnull=True, held_on__gte=first, held_on__lte=last
    )


def counts(body: Body, first: date, last: date) -> tuple[ActivityLine, ...]:
    """The kinds that occurred in the period, in the order of the list of kinds. One query."""
    rows = (
        standing(body, first, last)
        .order_by()
        .values("kind")
        .annotate(n=Count("id"), came=Sum("attendance"), given=Sum("copies"))
    )
    found = {row["kind"]: row for row in rows}
    return tuple(
        ActivityLine(
            kind.value,
            str(kind.label),
            found[kind]["n"],
            found[kind]["came"] or 0,
            found[kind]["given"] or 0,
        )
        for kind in ActivityKind
        if kind in found
    )
