"""Counts by attribute, class and period: whatever comes in, they add up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.inventory import tally
from gongkai.inventory.tally import Cell, count

DAYS = st.dates(date(2003, 1, 1), date(2009, 12, 31))
CELLS = st.builds(
    Cell,
    outcome=st.sampled_from(tally.OUTCOMES),
    attribute=st.sampled_from((*tally.ATTRIBUTES, "", "secret")),
    class_code=st.sampled_from(("", "A", "B", "C")),
    created_on=st.none() | DAYS,
    count=st.integers(0, 500),
    section=st.sampled_from(("", "1", "2")),
)


@given(st.lists(CELLS, max_size=40), st.lists(DAYS, max_size=4))
def test_every_row_is_counted_once_in_every_table(cells: list[Cell], bounds: list[date]) -> None:
    made = count(cells, bounds)
    assert made.broken() == []
    assert made.total == sum(cell.count for cell in cells)
    records = sum(cell.count for cell in cells if cell.outcome == "record")
    assert made.records == records
    assert sum(made.by(attribute=a) for a in tally.ATTRIBUTES) == records
    assert sum(made.by(period=p) for p in made.periods) == records
    assert sum(made.by(class_code=c) for c in made.classes) == records
    crossed = sum(made.by(attribute=a, section=s) for a in tally.ATTRIBUTES for s in made.sections)
    assert crossed == records
    assert made.proof().startswith(f"输入 {made.total} = 登记 {records} + 重复 ")


@given(DAYS, st.lists(DAYS, min_size=1, max_size=4))
def test_a_day_falls_into_the_period_that_begins_on_or_before_it(
    day: date, bounds: list[date]
) -> None:
    made = count([Cell("record", created_on=day)], bounds)
    (period,) = (p for p in made.periods if made.by(period=p))
    start, until = period.split("/")
    assert not start or date.fromisoformat(start) <= day
    assert not until or day < date.fromisoformat(until)


def test_the_figures_of_a_real_clean_up() -> None:
    cut = date(2008, 3, 1)
    before, after = cut - timedelta(days=1), cut
    cells = [
        Cell("record", "proactive", "A", before, 330),
        Cell("record", "on_request", "A", before, 1),
        Cell("record", "withheld", "A", before, 122),
        Cell("record", "proactive", "B", after, 36),
        Cell("record", "on_request", "B", after, 1),
        Cell("record", "withheld", "B", after, 16),
        Cell("duplicate", count=7),
        Cell("rejected", count=2),
    ]
    made = count(cells, [cut])
    old, new, undated = made.periods
    assert (made.by(period=old), made.by(period=new), made.by(period=undated)) == (453, 53, 0)
    assert made.by(attribute="proactive") == 366
    assert made.share("A") == pytest.approx(330 / 366)
    assert made.total == 515


def test_a_share_of_nothing_is_none() -> None:
    assert count([]).share("A") is None


def test_an_unknown_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="lost"):
        count([Cell("lost")])


def test_a_tally_that_does_not_add_up_says_so() -> None:
    made = count([Cell("record", "proactive", "A", None, 3)])
    made.cells["section", "9", "proactive"] += 1
    assert made.broken() == ["按科室合计4条，与登记3条不符。"]
    made.outcomes["record"] += 1
    assert len(made.broken()) == 3


def test_only_one_table_is_asked_at_a_time() -> None:
    with pytest.raises(ValueError, match="one table"):
        count([]).by(class_code="A", section="1")
