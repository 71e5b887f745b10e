"""What people type is read as they mean it, and refused with a sentence that says what to do."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gongkai.desk import paging
from gongkai.desk.forms.admin import Days
from gongkai.desk.forms.base import Day, Moment, Words, read_day
from gongkai.kit.dates import CHINA

SHAPES = (
    "{0:04d}-{1:02d}-{2:02d}",
    "{0:04d}{1:02d}{2:02d}",
    "{0}年{1}月{2}日",
    "{0}.{1}.{2}",
    "{0}/{1}/{2}",
)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(SHAPES))
def test_a_day_is_read_in_every_usual_shape(day: date, shape: str) -> None:
    assert read_day(shape.format(day.year, day.month, day.day)) == day


def test_full_width_digits_are_read() -> None:
    assert read_day("２００８年１２月２４日") == date(2008, 12, 24)


@pytest.mark.parametrize("text", ["2008-02-30", "51日", "2008228日", "1899-12-31", "昨天", "2008"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError, match="2008-12-24"):
        Day("生成日期").clean(text)


def test_a_moment_is_read_in_china() -> None:
    expected = datetime(2026, 11, 30, 9, 0, tzinfo=CHINA)
    assert Moment("发布时间").clean("2026年11月30日 9：00") == expected
    assert Moment("发布时间").clean("20261130 9时00分") == expected
    with pytest.raises(ValidationError):
        Moment("发布时间").clean("2026-11-30 25:00")


def test_too_long_is_told_with_the_count_and_not_cut() -> None:
    field = Words("信息名称", most=5)
    assert field.widget_attrs(field.widget).get("maxlength") is None
    with pytest.raises(ValidationError, match="最多5字，现在有6字"):
        field.clean("一二三四五六")


def test_line_ends_are_plain() -> None:
    assert Words("正文", most=10, rows=2).clean("甲\r\n乙\r丙") == "甲\n乙\n丙"


def test_holiday_lines() -> None:
    days = Days("放假日").clean("2027-01-01 元旦\n2027-02-06至2027-02-08 春节")
    assert [(d.day.isoformat(), d.name) for d in days] == [
        ("2027-01-01", "元旦"),
        ("2027-02-06", "春节"),
        ("2027-02-07", "春节"),
        ("2027-02-08", "春节"),
    ]
    with pytest.raises(ValidationError, match="看不懂"):
        Days("放假日").clean("元旦放假一天")
    with pytest.raises(ValidationError, match="看不懂"):
        Days("放假日").clean("2027-01-01至2028-01-01 整年")


@given(st.one_of(st.integers(), st.text(), st.none()))
def test_page_numbers_are_always_bounded(raw: object) -> None:
    assert 1 <= paging.bounded(raw) <= paging.MOST_PAGES
