"""The working calendar: package years, amended by notices, deadlines counted anew."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from chinese_calendar import is_workday
from hypothesis import given
from hypothesis import strategies as st

from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.workdays import Calendar
from gongkai.orgs import actions, calendar
from gongkai.orgs.models import Person
from gongkai.orgs.values import DayOff, NoticeText
from tests.orgs.conftest import NOW, Town

PACKAGE = Calendar.build(calendar.package_years())


@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_every_package_day_is_what_the_package_says(day: date) -> None:
    assert PACKAGE.is_workday(day) == is_workday(day)


def test_the_package_certifies_2004_to_2026() -> None:
    assert PACKAGE.certified_years == frozenset(range(2004, 2027))


def notice(**more: object) -> NoticeText:
    values: dict[str, object] = {
        "year": 2027,
        "document_number": "国办发明电〔2026〕9号",
        "off": (DayOff(date(2027, 3, 1), "试验节"), DayOff(date(2027, 3, 2), "试验节")),
        "makeup": (DayOff(date(2027, 3, 6), "试验节"),),
    }
    return NoticeText(**(values | more))  # type: ignore[arg-type]


def test_a_loaded_notice_is_in_force_at_once(town: Town) -> None:
    before = calendar.calendar()
    assert before.add_workdays(date(2027, 2, 26), 1).provisional
    actions.load_notice(notice=notice(), by=town.system, now=NOW)
    due = calendar.calendar().add_workdays(date(2027, 2, 26), 1)
    assert (due.on, due.provisional) == (date(2027, 3, 3), False)
    assert calendar.calendar().is_workday(date(2027, 3, 6))


def test_a_later_notice_amends_day_by_day(town: Town) -> None:
    actions.load_notice(notice=notice(issued_on=date(2026, 11, 20)), by=town.system, now=NOW)
    amending = notice(
        document_number="国办发明电〔2027〕1号",
        issued_on=date(2027, 2, 20),
        off=(DayOff(date(2027, 3, 6), "试验节延长"),),
        makeup=(),
    )
    actions.load_notice(notice=amending, by=town.system, now=NOW)
    now_valid = calendar.calendar()
    assert not now_valid.is_workday(date(2027, 3, 6))
    assert not now_valid.is_workday(date(2027, 3, 1))


def test_a_notice_amends_a_year_of_the_package(town: Town) -> None:
    day = date(2026, 12, 1)
    assert calendar.calendar().is_workday(day)
    late = notice(year=2026, off=(DayOff(day, "临时放假"),), makeup=())
    actions.load_notice(notice=late, by=town.system, now=NOW)
    assert not calendar.calendar().is_workday(day)


def test_open_deadlines_are_counted_anew_and_the_number_is_written_down(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[int]] = []

    def moves_three(years: frozenset[int], by: Person | None, now: datetime) -> int:
        asked.append(years)
        assert not calendar.calendar().is_workday(date(2027, 3, 1))  # the new calendar already
        return 3

    monkeypatch.setattr(calendar, "_listeners", [moves_three])
    actions.load_notice(notice=notice(), by=town.system, now=NOW)
    assert asked == [frozenset({2027})]
    assert Entry.objects.get(event="notice.loaded").data["moved"] == 3


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"off": ()}, "notice.empty"),
        ({"makeup": (DayOff(date(2027, 3, 1), "试验节"),)}, "calendar.contradiction"),
        ({"off": (DayOff(date(2030, 3, 1), "试验节"),)}, "calendar.foreign_day"),
        ({"document_number": ""}, "notice.not_valid"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused(
    town: Town, wrong: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.load_notice(notice=notice(**wrong), by=town.system, now=NOW)
    assert refused.value.code == code


def test_the_same_notice_is_loaded_once(town: Town) -> None:
    actions.load_notice(notice=notice(), by=town.system, now=NOW)
    with pytest.raises(Refusal, match="已经录入过"):
        actions.load_notice(notice=notice(), by=town.system, now=NOW)


def test_only_a_system_administrator_loads_notices(town: Town) -> None:
    with pytest.raises(Refusal, match="系统管理员"):
        actions.load_notice(notice=notice(), by=town.security, now=NOW)


@pytest.mark.parametrize("year", range(2007, 2027))
def test_the_published_notices_agree_with_the_package(shared_dir: Path, year: int) -> None:
    path = shared_dir / "data/fixtures/calendar" / f"{year}.json"
    for day in json.loads(path.read_text(encoding="utf-8"))["days"]:
        on = date.fromisoformat(day["date"])
        assert PACKAGE.is_workday(on) is not day["isOffDay"], on
