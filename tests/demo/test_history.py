"""The 506 records of the clean-up of 2008 are exactly those that the document counts."""

from __future__ import annotations

import copy
from collections import Counter
from datetime import date

import pytest

from gongkai.law.workdays import Calendar
from gongkai.orgs.calendar import package_years
from gongkai.project.demo.content import table
from gongkai.project.demo.history import CUT, PastItem, draw, past_items


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar.build(package_years())


@pytest.fixture(scope="module")
def items(calendar: Calendar) -> list[PastItem]:
    return past_items(table("history"), calendar)


def test_attributes_of_both_periods(items: list[PastItem]) -> None:
    counted = Counter((item.early, item.attribute) for item in items)
    assert counted == {
        (True, "proactive"): 330,
        (True, "on_request"): 1,
        (True, "withheld"): 122,
        (False, "proactive"): 36,
        (False, "on_request"): 1,
        (False, "withheld"): 16,
    }


def test_classes_count_what_is_not_withheld(items: list[PastItem]) -> None:
    shown = [item for item in items if item.attribute != "withheld"]
    assert Counter(item.sub.partition(".")[0] for item in shown) == {
        "organisation": 13,
        "regulations": 19,
        "plans": 28,
        "duties": 44,
        "updates": 264,
    }


def test_no_two_records_are_alike(items: list[PastItem]) -> None:
    assert len({item.title for item in items}) == len(items)
    numbers = [item.document_number for item in items if item.document_number]
    assert len(set(numbers)) == len(numbers)
    # The summary of 2008 is number 71 and the last of its year.
    of_2008 = [int(n.split("〕")[1].rstrip("号")) for n in numbers if "〔2008〕" in n]
    assert max(of_2008) < 71


def test_days_are_possible(items: list[PastItem], calendar: Calendar) -> None:
    for item in items:
        assert date(2004, 3, 1) <= item.created_on <= date(2008, 12, 23)
        assert calendar.is_workday(item.created_on), item.title
        if item.published_on is not None:
            assert item.created_on <= item.published_on <= date(2008, 12, 24)
            assert calendar.is_workday(item.published_on), item.title
        if not item.early and item.created_on >= date(2008, 5, 1) and item.published_on:
            assert calendar.workdays_between(item.created_on, item.published_on) <= 20
    assert max(item.created_on for item in items if item.early) <= CUT


def test_the_same_every_time(items: list[PastItem], calendar: Calendar) -> None:
    assert past_items(table("history"), calendar) == items


def test_no_slot_is_left_open(items: list[PastItem]) -> None:
    for item in items:
        assert "{" not in item.title + item.abstract + item.text
        assert item.abstract and item.text


def test_a_series_that_does_not_add_up_is_refused(calendar: Calendar) -> None:
    content = copy.deepcopy(table("history"))
    content["series"][0]["before"] += 1
    with pytest.raises(ValueError, match="values for"):
        past_items(content, calendar)


def test_numbers_stay_between_their_bounds() -> None:
    drawn = {draw(f"k{n}", 3, 6, 0) for n in range(200)}
    assert drawn == {"3", "4", "5", "6"}
    assert all(0.6 <= float(draw(f"k{n}", 0.6, 2.4, 2)) <= 2.4 for n in range(200))
