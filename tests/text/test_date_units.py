"""How a source writes its days is known or said, never tried until something comes out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.date_units import UNITS, day_in, unit_of, why_no_day

DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


def written(day: date, unit: str) -> str:
    seconds = (day - date(1970, 1, 1)).days * 86_400 + 3_600
    return {
        "text": day.isoformat(),
        "s": str(seconds),
        "ms": str(seconds * 1000),
        "sheet": str((day - date(1899, 12, 30)).days),
        "dmy": f"{day.day:02}/{day.month:02}/{day.year}",
        "mdy": f"{day.month}.{day.day}.{day.year}",
    }[unit]


@given(DAYS, st.sampled_from(sorted(UNITS)))
def test_every_way_of_writing_reads_back(day: date, unit: str) -> None:
    assert day_in(unit, written(day, unit)) == day


@given(st.lists(DAYS, min_size=1, max_size=5), st.sampled_from(sorted(UNITS)))
def test_the_way_is_found_or_left_open(days: list[date], unit: str) -> None:
    found = unit_of([written(day, unit) for day in days])
    ambiguous = unit in ("dmy", "mdy") and all(day.day <= 12 for day in days)
    assert found == ("" if ambiguous else unit)


def test_spreadsheets_count_from_the_eve_of_1900() -> None:
    assert day_in("sheet", "39806") == date(2008, 12, 24)
    assert day_in("sheet", "39806.5") == date(2008, 12, 24)
    assert day_in("mdy", "24/12/2008") is None
    assert day_in("dmy", "24/12/20081") is None
    assert unit_of(["3", "17"]) == unit_of([]) == unit_of(["", "有效"]) == ""
    assert unit_of(
        [(date(2008, 1, 1) + timedelta(n)).isoformat() for n in range(20)] + ["不详"]
    ) == ("text")


@pytest.mark.parametrize(
    ("value", "unit", "word"),
    [
        ("2010", "text", "只写到年"),
        ("2008年12月", "text", "只写到月"),
        ("2008-02-30", "text", "日历上没有这一天"),
        ("20080230", "text", "日历上没有这一天"),
        ("08-12-24", "text", "年份只有两位"),
        ("24/12/2008", "text", "日和月的先后"),
        ("1230076800", "text", "秒数"),
        ("1230076800000", "text", "毫秒数"),
        ("39806", "text", "日期序号"),
        ("2008-12-24", "ms", "不是毫秒数"),
        ("尽快", "text", "读不出是哪一天，请对照原件填写"),
    ],
)
def test_the_reason_is_told(value: str, unit: str, word: str) -> None:
    assert word in why_no_day(value, unit)
