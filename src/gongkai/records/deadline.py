"""The publishing deadline of a record: law of its day, the body's region, the calendar."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.journal.actions import append
from gongkai.journal.values import Change
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.deadlines import publish_due
from gongkai.law.due import Due
from gongkai.law.workdays import Calendar
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Person
from gongkai.records.models import Record

BEFORE_THE_DECREE = "形成于《条例》施行（2008年5月1日）之前，没有法定公开期限"
OPEN_STATES = ("draft", "proposed", "verified", "decided")


def due_of(record: Record, days: Calendar | None = None) -> Due | None:
    """The last day to publish, with its reasons; None without a date or before the decree.

    The later of creation and change is day 0 (2007 Art. 18, 2019 Art. 26). A record follows the
    law of that day, or of the day its override names (`law_override`, an ISO date, with reason).
    `days` is the calendar where many are counted at once.
    """
    formed = max((d for d in (record.created_on, record.changed_on) if d), default=None)
    if formed is None:
        return None
    law_day = date.fromisoformat(record.law_override) if record.law_override else formed
    try:
        law = in_force(law_day, region=record.body.region)
        return publish_due(formed, law=law, calendar=days or calendar())
    except Refusal:
        return None


def set_due(record: Record, days: Calendar | None = None) -> None:
    """Write the deadline into the record's fields (not saved here)."""
    due = due_of(record, days)
    record.publish_due_on = due.on if due else None
    record.publish_due_provisional = bool(due and due.provisional)
    record.publish_due_basis = due.basis[:120] if due else BEFORE_THE_DECREE


def recount(years: frozenset[int], by: Person | None, now: datetime) -> int:
    """Count every open record's deadline anew after a holiday notice; the number that moved.

    Called inside the notice's transaction. One journal line names each date before and after.
    """
    moved: list[dict[str, object]] = []
    first, last = min(years), max(years)
    rows = Record.objects.filter(
        state__in=OPEN_STATES,
        publish_due_on__isnull=False,
        publish_due_on__year__gte=first - 1,
        publish_due_on__year__lte=last + 1,
    ).select_related("body")
    for record in rows.iterator(chunk_size=500):
        before = (record.publish_due_on, record.publish_due_provisional)
        set_due(record)
        if before != (record.publish_due_on, record.publish_due_provisional):
            record.save(
                update_fields=["publish_due_on", "publish_due_provisional", "publish_due_basis"]
            )
            moved.append(
                {"id": record.pk, "from": str(before[0]), "to": str(record.publish_due_on)}
            )
    if moved:
        append(
            event="record.deadlines_recounted",
            actor=orgs.actor(by, body=None, role="system_admin"),
            subject=None,
            change=Change(
                basis="《条例》第二十六条", data={"moved": len(moved), "rows": moved[:500]}
            ),
        )
    return len(moved)
