"""What of the yearly reports waits for a person: the day it is due, approvals, receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.desk.seat import Seat
from gongkai.law.ics import Entry
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body, Person, Role
from gongkai.records.choices import Column
from gongkai.reporting.models import AnnualReport, ReportState
from gongkai.reporting.sums import duty_of

# Public, whatever has become of it above.
OUT = (ReportState.PUBLISHED, ReportState.SENT, ReportState.RECEIPTED)
# A year nobody began here was reported elsewhere: it is not called late for longer than this.
FORGOTTEN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Heap:
    """A kind of work for the first page of the desk."""

    label: str
    count: int
    url: str
    tone: str


def of(seat: Seat) -> list[Heap]:
    """Only what there is."""
    return [*_owed(seat), *_to_approve(seat), *_to_receive(seat)]


def _owed(seat: Seat) -> Iterator[Heap]:
    if seat.body is None or not seat.holds(Role.DISCLOSURE_OFFICE, Role.RESPONSIBLE_LEADER):
        return
    found = owed(seat.body, seat.today)
    if found is None:
        return
    report, due, remind = found
    last = f"{due.month}月{due.day}日"
    label = f"{seat.today.year - 1}年年度报告，{last}前公布"
    tone = "amber"
    if seat.today > due:
        label, tone = f"{seat.today.year - 1}年年度报告，{last}已过期", "overdue"
    elif seat.today >= remind:
        tone = "overdue"
    url = reverse("desk:reports")
    if report is not None:
        url = reverse("desk:report", kwargs={"uuid": report.uuid})
    yield Heap(label, 1, url, tone)


def owed(body: Body, today: date) -> tuple[AnnualReport | None, date, date] | None:
    """The report of the year that is over, its last day and the last working day until then.

    None once it is public, and for a year that was never begun here and is long past.
    """
    year = today.year - 1
    report = AnnualReport.objects.filter(body=body, year=year).first()
    duty = duty_of(body, year, calendar())
    if report is None and today > duty.due.on + FORGOTTEN:
        return None
    if _is_out(body, year, report):
        return None
    return report, duty.due.on, duty.remind_on


def _is_out(body: Body, year: int, report: AnnualReport | None) -> bool:
    """Public: by its own state, or as a record made elsewhere whose title names the year."""
    if report is not None:
        return report.state in OUT
    return CatalogEntry.objects.filter(
        body=body,
        column=Column.ANNUAL_REPORT,
        state=EntryState.PUBLISHED,
        title__contains=str(year),
    ).exists()


def _to_approve(seat: Seat) -> Iterator[Heap]:
    grants = orgs.grants_of(seat.person, seat.today)
    led = {g.body_id for g in grants if g.role == Role.RESPONSIBLE_LEADER}
    rows = AnnualReport.objects.filter(body__in=led, state=ReportState.CHECKED).order_by("year")
    listed = list(rows[:20]) if led else []
    if listed:
        url = reverse("desk:report", kwargs={"uuid": listed[0].uuid})
        yield Heap("年度报告待批准", len(listed), url, "brand")


def _to_receive(seat: Seat) -> Iterator[Heap]:
    if not seat.holds(Role.SUPERVISOR):
        return
    below = orgs.supervised_bodies(seat.person, seat.today)
    rows = AnnualReport.objects.filter(body__in=below, state=ReportState.SENT)
    listed = list(rows.order_by("-year")[:100])
    if listed:
        url = f"{reverse('desk:reports_below')}?year={listed[0].year}"
        yield Heap("下级年度报告待签收", len(listed), url, "brand")


def entries(person: Person, today: date) -> Iterator[Entry]:
    """The day of the report in the calendar of those who make and approve it."""
    grants = orgs.grants_of(person, today)
    mine = (Role.DISCLOSURE_OFFICE, Role.RESPONSIBLE_LEADER)
    bodies = {g.body_id for g in grants if g.role in mine}
    for body in Body.objects.filter(pk__in=bodies).order_by("pk"):
        for year in (today.year - 1, today.year):
            report = AnnualReport.objects.filter(body=body, year=year).first()
            if _is_out(body, year, report):
                continue
            due = duty_of(body, year, calendar()).due
            yield Entry(
                f"report:{body.uuid}:{year}",
                f"{body.name}{year}年政府信息公开工作年度报告公布、报送",
                due.on,
                due.basis,
                due,
            )
