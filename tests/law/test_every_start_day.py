"""Every start day of the decree's life, counted again by two other methods.

The first walks day by day through the notices as they were issued (kept beside the repository),
the second looks places up in the list of the package's working days.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar

from gongkai.law.workdays import Calendar

TERMS = (5, 7, 10, 15, 20, 30, 40)
FIRST, LAST = date(2008, 5, 1), date(2026, 10, 31)
END = date(2026, 12, 31)


def days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def ours(calendar: Calendar, start: date) -> list[date]:
    return [calendar.add_workdays(start, term).on for term in TERMS]


def test_equal_to_the_list_of_the_package(calendar: Calendar) -> None:
    worked = chinese_calendar.get_workdays(FIRST, END)
    for start in days(FIRST, LAST):
        place = bisect_right(worked, start)
        assert ours(calendar, start) == [worked[place + term - 1] for term in TERMS], start


def test_equal_to_a_walk_through_the_notices(calendar: Calendar, shared_dir: Path) -> None:
    off: dict[date, bool] = {}
    for path in sorted((shared_dir / "data/fixtures/calendar").glob("*.json")):
        for entry in json.loads(path.read_text("utf-8"))["days"]:
            off[date.fromisoformat(entry["date"])] = entry["isOffDay"]
    assert len(off) > 600
    works = {d: not off.get(d, d.isoweekday() > 5) for d in days(FIRST, END)}
    for start in days(FIRST, LAST):
        left, day, found = TERMS[-1], start, []
        while left:
            day += timedelta(days=1)
            if works[day]:
                left -= 1
                if TERMS[-1] - left in TERMS:
                    found.append(day)
        assert ours(calendar, start) == found, start


def test_no_due_date_of_the_past_is_provisional(calendar: Calendar) -> None:
    for start in days(FIRST, LAST):
        assert not calendar.add_workdays(start, TERMS[-1]).provisional
