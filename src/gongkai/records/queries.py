"""Reads of records: what a person may see, what is due, versions and their difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from gongkai.law.workdays import Calendar
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person
from gongkai.records.deadline import OPEN_STATES
from gongkai.records.models import HEADER_FIELDS, Record, RecordVersion
from gongkai.records.policies import READING_ROLES

AMBER_WORKDAYS = 5
RED_WORKDAYS = 2


def visible_to(person: Person, today: date) -> QuerySet[Record]:
    """Records the person may read: of bodies where he has a business role, and those below."""
    bodies = {g.body_id for g in orgs.grants_of(person, today) if g.role in READING_ROLES}
    bodies |= {body.pk for body in orgs.supervised_bodies(person, today)}
    return Record.objects.filter(body_id__in=bodies)


def due(person: Person, today: date) -> QuerySet[Record]:
    """Open records with a deadline that still need work, the most urgent first.

    What was decided as on request or withheld is no debt any more, nor what was published on the
    old platform in time.
    """
    return (
        visible_to(person, today)
        .filter(state__in=OPEN_STATES, publish_due_on__isnull=False)
        .filter(first_published_on__isnull=True, index_number="")
        .exclude(attribute__in=["on_request", "withheld"])
        .select_related("section", "catalog_class")
        .order_by("publish_due_on", "id")
    )


def rereviews(person: Person, today: date, *, within_days: int = 30) -> QuerySet[Record]:
    """Withheld records whose periodic re-assessment (Art. 18) is near or past."""
    return (
        visible_to(person, today)
        .filter(
            attribute="withheld",
            state="decided",
            rereview_on__lte=today + timedelta(days=within_days),
        )
        .select_related("section")
        .order_by("rereview_on", "id")
    )


@dataclass(frozen=True, slots=True)
class Light:
    """How near a deadline is: `overdue`, `red`, `amber`, `green`, and working days left.

    `left` is negative when the day has passed; the sentence is what the desk shows.
    """

    colour: str
    left: int
    sentence: str


def light(due_on: date, today: date, calendar: Calendar) -> Light:
    """Amber and red before the day is missed, counted in working days."""
    if today > due_on:
        late = calendar.workdays_between(due_on, today)
        return Light("overdue", -late, f"已超期{late}个工作日")
    left = calendar.workdays_between(today, due_on)
    if today == due_on:
        return Light("red", 0, "今天到期")
    colour = "red" if left <= RED_WORKDAYS else "amber" if left <= AMBER_WORKDAYS else "green"
    return Light(colour, left, f"还有{left}个工作日")


def versions(record: Record) -> QuerySet[RecordVersion]:
    """Frozen versions, the newest first."""
    return record.versions.select_related("frozen_by").order_by("-number")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One header field that differs between two versions."""

    name: str
    label: str
    before: str
    after: str


def header_changes(older: RecordVersion, newer: RecordVersion) -> list[FieldChange]:
    """Header fields that differ, in the order of the form, as people read them."""
    changes = []
    for name in HEADER_FIELDS:
        if getattr(older, name) != getattr(newer, name):
            label = str(getattr(Record._meta.get_field(name), "verbose_name", name))
            changes.append(FieldChange(name, label, _shown(older, name), _shown(newer, name)))
    return changes


def _shown(version: RecordVersion, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    value = display() if display else getattr(version, name)
    return "" if value is None else str(value)


def search(person: Person, words: str, moment_day: date) -> QuerySet[Record]:
    """Visible records whose title, document number or index number holds the words."""
    found = visible_to(person, moment_day)
    for word in words.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(document_number__icontains=word)
            | Q(index_number__icontains=word)
        )
    return found


__all__ = [
    "FieldChange",
    "Light",
    "due",
    "header_changes",
    "light",
    "rereviews",
    "search",
    "versions",
    "visible_to",
]
