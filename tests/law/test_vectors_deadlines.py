"""Acceptance vectors 1–24 of the law: working-day deadlines. Day of the event is day 0."""

from __future__ import annotations

from datetime import date

import chinese_calendar
import pytest

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.deadlines import publish_due, reply_due
from gongkai.law.workdays import Calendar


def day(text: str) -> date:
    return date.fromisoformat(text)


def published(calendar: Calendar, formed: str, region: str | None = None) -> str:
    formed_on = day(formed)
    law = in_force(formed_on, region=region)
    return publish_due(formed_on, law=law, calendar=calendar).on.isoformat()


def replied(calendar: Calendar, received: str, extended: int = 0) -> str:
    received_on = day(received)
    due = reply_due(received_on, law=in_force(received_on), calendar=calendar, extended_by=extended)
    return due.on.isoformat()


def test_vector_01_seed_published_in_time(calendar: Calendar) -> None:
    assert published(calendar, "2008-12-24") == "2009-01-22"
    assert calendar.workdays_between(day("2008-12-24"), day("2008-12-26")) == 2


@pytest.mark.parametrize("formed", ["2008-05-01", "2008-04-30"])
def test_vector_02_first_days_of_the_decree(calendar: Calendar, formed: str) -> None:
    law = in_force(day("2008-05-01"))
    due = publish_due(day(formed), law=law, calendar=calendar)
    assert due.on == day("2008-05-29")
    assert day("2008-05-04") in due.counted, "the Sunday worked in exchange counts"


def test_vector_03_fifteen_days_and_fifteen_more(calendar: Calendar) -> None:
    assert replied(calendar, "2008-09-22") == "2008-10-16"
    assert replied(calendar, "2008-09-22", 15) == "2008-11-06"


def test_vector_04_change_of_decree(calendar: Calendar) -> None:
    assert replied(calendar, "2019-05-14") == "2019-06-04"
    assert replied(calendar, "2019-05-14", 15) == "2019-06-26"
    assert replied(calendar, "2019-05-15") == "2019-06-13"
    assert replied(calendar, "2019-05-15", 20) == "2019-07-11"


_REPLIES = [
    (5, "2026-02-06", "2026-03-12"),
    (6, "2026-02-14", "2026-03-20"),
    (6, "2026-02-15", "2026-03-20"),
    (7, "2026-09-18", "2026-10-22"),
    (8, "2026-09-30", "2026-11-03"),
    (8, "2026-10-03", "2026-11-03"),
    (9, "2026-12-01", "2026-12-29"),
    (9, "2025-12-31", "2026-01-29"),
    (10, "2025-01-20", "2025-02-21"),
    (10, "2025-04-28", "2025-05-29"),
    (10, "2025-09-25", "2025-10-29"),
    (11, "2024-02-05", "2024-03-08"),
    (11, "2024-09-13", "2024-10-17"),
    (11, "2023-09-22", "2023-10-26"),
    (11, "2022-01-27", "2022-03-01"),
    (11, "2021-02-05", "2021-03-10"),
    (12, "2020-01-17", "2020-02-21"),
    (13, "2015-08-28", "2015-09-21"),
    (13, "2016-02-03", "2016-02-29"),
    (13, "2013-09-18", "2013-10-15"),
]


@pytest.mark.parametrize(("vector", "received", "due"), _REPLIES)
def test_vectors_05_to_13_replies(calendar: Calendar, vector: int, received: str, due: str) -> None:
    assert replied(calendar, received) == due, f"vector {vector}"


def test_vectors_05_and_10_extended(calendar: Calendar) -> None:
    assert replied(calendar, "2026-02-06", 20) == "2026-04-10"
    assert replied(calendar, "2025-01-20", 20) == "2025-03-21"


def test_vector_07_what_counts_and_what_does_not(calendar: Calendar) -> None:
    due = reply_due(day("2026-09-18"), law=in_force(day("2026-09-18")), calendar=calendar)
    assert {day("2026-09-20"), day("2026-10-10")} <= set(due.counted)
    off = {s.day for s in due.skipped}
    assert {day("2026-09-25"), *(date(2026, 10, n) for n in range(1, 8))} <= off
    assert len(due.counted) == 20


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-04-01", "2026-04-13"),
        ("2026-02-13", "2026-03-02"),
        ("2026-04-29", "2026-05-12"),
        ("2026-09-30", "2026-10-15"),
    ],
)
def test_vector_14_supplement_notice(calendar: Calendar, received: str, due: str) -> None:
    term = in_force(day(received)).term("supplement_notice")
    assert calendar.add_workdays(day(received), term.length).on == day(due)


def test_vector_15_supplement_restarts(calendar: Calendar) -> None:
    assert replied(calendar, "2026-04-01") == "2026-04-30"
    assert replied(calendar, "2026-04-22") == "2026-05-22"


def test_vector_18_extension_has_a_limit(calendar: Calendar) -> None:
    assert replied(calendar, "2026-03-02") == "2026-03-30"
    assert replied(calendar, "2026-03-02", 20) == "2026-04-28"
    with pytest.raises(Refusal, match="最长20个工作日"):
        replied(calendar, "2026-03-02", 21)


def test_vector_20_provisional_beyond_the_last_notice(calendar: Calendar) -> None:
    received = day("2026-12-15")
    due = reply_due(received, law=in_force(received), calendar=calendar)
    assert (due.on, due.provisional) == (day("2027-01-13"), True)
    assert "暂定" in due.sentence()
    today = day("2026-11-23")
    certain = reply_due(today, law=in_force(today), calendar=calendar)
    assert (certain.on, certain.provisional) == (day("2026-12-21"), False)
    longer = reply_due(today, law=in_force(today), calendar=calendar, extended_by=20)
    assert (longer.on, longer.provisional) == (day("2027-01-19"), True)


def test_vector_21_no_silent_year(calendar: Calendar) -> None:
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(day("2027-01-04"))
    assert calendar.is_workday(day("2027-01-04"))
    assert not calendar.is_certified(day("2027-01-04"), day("2027-01-04"))
    with pytest.raises(Refusal, match="2041年的放假安排"):
        calendar.is_workday(day("2041-01-04"))
    with pytest.raises(Refusal, match="2003年的放假安排"):
        calendar.is_workday(day("2003-12-31"))


def test_vector_22_working_days_of_months_and_years(calendar: Calendar) -> None:
    assert (calendar.workdays_in(2026, 2), calendar.workdays_in(2026, 10)) == (16, 18)
    assert [calendar.workdays_in(y) for y in (2026, 2025, 2024, 2008)] == [248, 248, 251, 251]
    assert calendar.workdays_in(2026) == sum(calendar.workdays_in(2026, m) for m in range(1, 13))


def test_vector_23_beijing_fifteen_days(calendar: Calendar) -> None:
    assert published(calendar, "2018-09-17", "110109") == "2018-10-12"
    assert published(calendar, "2018-09-17") == "2018-10-19"
    assert published(calendar, "2018-09-17", "310000") == "2018-10-19"
    assert published(calendar, "2020-06-08", "11") == "2020-06-30"
    assert published(calendar, "2020-06-09", "11") == "2020-07-08"


def test_vector_24_transfer_of_the_electronic_text(calendar: Calendar) -> None:
    term = in_force(day("2026-09-28"), region="11J025").term("transfer_electronic")
    assert calendar.add_workdays(day("2026-09-28"), term.length).on == day("2026-10-30")
