"""Reads of review: open findings, sheets waiting for a person, the sheets of a record."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role
from gongkai.ports import Known
from gongkai.ports import WordList as Words
from gongkai.records.models import Record
from gongkai.records.policies import READING_ROLES
from gongkai.review.models import (
    Finding,
    FindingAnswer,
    ReviewSheet,
    Severity,
    SheetState,
    WordList,
)
from gongkai.text import finding


def open_findings(record: Record) -> QuerySet[Finding]:
    """Findings that wait for an answer; those for reading only (`info`) do not."""
    waiting = Finding.objects.filter(record=record, answer=FindingAnswer.OPEN)
    return waiting.exclude(severity=Severity.INFO)


def waiting_for(person: Person, today: date) -> QuerySet[ReviewSheet]:
    """Sheets whose next step is this person's: to verify, or to decide; the oldest first."""
    grants = orgs.grants_of(person, today)
    verify = {g.body_id for g in grants if g.role == Role.REVIEW_GROUP}
    decide = {g.body_id for g in grants if g.role == Role.RESPONSIBLE_LEADER}
    mine = Q(body_id__in=verify, state=SheetState.PROPOSED) & ~Q(proposed_by=person)
    lead = Q(body_id__in=decide, state=SheetState.VERIFIED)
    lead &= ~Q(proposed_by=person) & ~Q(verified_by=person)
    return (
        ReviewSheet.objects.filter(mine | lead)
        .select_related("record", "record__section", "proposed_by")
        .order_by("proposed_at", "id")
    )


def sheets_visible_to(person: Person, today: date) -> QuerySet[ReviewSheet]:
    """Sheets of the bodies in which the person has a business role, and of those below."""
    bodies = {g.body_id for g in orgs.grants_of(person, today) if g.role in READING_ROLES}
    bodies |= {body.pk for body in orgs.supervised_bodies(person, today)}
    return ReviewSheet.objects.filter(body_id__in=bodies)


def current_sheet(record: Record) -> ReviewSheet | None:
    """The newest sheet of a record."""
    return (
        ReviewSheet.objects.filter(record=record)
        .select_related("version", "proposed_by", "verified_by", "decided_by", "returned_by")
        .order_by("-id")
        .first()
    )


def deciding_sheet(record: Record) -> ReviewSheet | None:
    """The finished sheet that judged the record's newest version, if any."""
    return (
        ReviewSheet.objects.filter(
            record=record,
            state=SheetState.DECIDED,
            version__number=record.version_number,
        )
        .select_related("version")
        .order_by("-id")
        .first()
    )


_GRAVITY: dict[str, finding.Severity] = {"error": "error", "warning": "warning", "info": "info"}


def known_of(body: Body) -> Known:
    """What the scanners may know of a body: its place, the hosts of its portal, its word lists."""
    hosts = tuple(host.removeprefix(".") for host in settings.GONGKAI_PORTAL_HOSTS if host != "*")
    return Known(place=body.place_name or None, hosts=hosts, lists=lists_of(body))


def lists_of(body: Body) -> tuple[Words, ...]:
    """The word lists in use of a body, as the scanners take them."""
    rows = WordList.objects.filter(body=body, is_active=True).order_by("id")
    return tuple(
        Words(
            key=row.digest,
            label=row.label,
            words=tuple(row.words.splitlines()),
            severity=_GRAVITY[row.severity],
            sentence=row.sentence,
        )
        for row in rows
    )
