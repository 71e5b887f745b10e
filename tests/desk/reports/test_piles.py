"""The day of the yearly report on the first page of the desk and in the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.desk.reports import piles
from gongkai.desk.seat import Seat, take_seat
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Person, Role
from gongkai.reporting import actions
from gongkai.reporting.models import AnnualReport, ReportState
from tests import factories
from tests.factories import NOW, Office


@pytest.fixture
def report(office: Office) -> AnnualReport:
    return actions.begin(body=office.body, year=2025, by=office.officer, now=NOW)


def seat(person: Person, today: date) -> Seat:
    return replace(take_seat(person), today=today)


@pytest.mark.parametrize(
    ("today", "label", "tone"),
    [
        # 31 January 2026 is a Saturday: Friday the 30th is the day to remind of.
        (date(2026, 1, 1), "2025年年度报告，1月31日前公布", "amber"),
        (date(2026, 1, 29), "2025年年度报告，1月31日前公布", "amber"),
        (date(2026, 1, 30), "2025年年度报告，1月31日前公布", "overdue"),
        (date(2026, 1, 31), "2025年年度报告，1月31日前公布", "overdue"),
        (date(2026, 2, 1), "2025年年度报告，1月31日已过期", "overdue"),
        (date(2026, 11, 1), "2025年年度报告，1月31日已过期", "overdue"),
    ],
)
def test_the_office_and_the_leader_are_told_until_it_is_public(
    office: Office, report: AnnualReport, today: date, label: str, tone: str
) -> None:
    for person in (office.officer, office.leader):
        (heap,) = piles.of(seat(person, today))
        assert (heap.label, heap.tone) == (label, tone)
        assert str(report.uuid) in heap.url
    assert piles.of(seat(office.clerk, today)) == []
    AnnualReport.objects.update(state=ReportState.PUBLISHED)
    assert piles.of(seat(office.officer, today)) == []


def test_a_year_reported_elsewhere_is_not_late_for_ever(office: Office) -> None:
    told = {day: bool(piles.of(seat(office.officer, day))) for day in
            (date(2026, 1, 5), date(2026, 2, 20), date(2026, 6, 1))}  # fmt: skip
    assert list(told.values()) == [True, True, False]
    title = "云岭区商务局2025年政府信息公开工作年度报告"
    factories.published(office, title=title, column="annual_report", catalog_class=None)
    assert piles.of(seat(office.officer, date(2026, 2, 20))) == []


def test_what_waits_for_the_leader_and_for_the_body_above(
    office: Office, report: AnnualReport
) -> None:
    above = orgs.create_body(fields={"code": "11Y900", "name": "云岭区人民政府"}, by=None, now=NOW)
    orgs.edit_body(body=office.body, fields={"parent": above}, by=None, now=NOW)
    supervisor = factories.person("督办戊", Role.SUPERVISOR, above)
    today = date(2026, 1, 12)
    assert piles.of(seat(supervisor, today)) == []
    AnnualReport.objects.update(state=ReportState.CHECKED)
    assert "年度报告待批准" in [heap.label for heap in piles.of(seat(office.leader, today))]
    AnnualReport.objects.update(state=ReportState.SENT, sent_at=NOW, package_digest="0" * 64)
    (heap,) = piles.of(seat(supervisor, today))
    assert (heap.label, heap.count) == ("下级年度报告待签收", 1) and heap.url.endswith("year=2025")


def test_the_calendar_has_the_day_of_the_report(office: Office, report: AnnualReport) -> None:
    def days(person: Person, today: date) -> list[date]:
        return [entry.on for entry in piles.entries(person, today)]

    assert days(office.officer, date(2026, 1, 5)) == [date(2026, 1, 31), date(2027, 1, 31)]
    assert days(office.clerk, date(2026, 1, 5)) == []
    AnnualReport.objects.update(state=ReportState.PUBLISHED)
    assert days(office.officer, date(2026, 1, 5)) == [date(2027, 1, 31)]
