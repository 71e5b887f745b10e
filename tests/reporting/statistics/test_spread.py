"""Medians, percentiles and intervals against their definitions."""

from __future__ import annotations

from collections import Counter
from math import ceil
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reporting.statistics.spread import share, spread_of


@given(st.lists(st.integers(0, 400), min_size=1, max_size=200))
def test_the_spread_is_that_of_the_list(days: list[int]) -> None:
    found = spread_of(Counter(days))
    assert found is not None
    assert found.median == median(days)
    assert found.p90 == sorted(days)[ceil(0.9 * len(days)) - 1]
    assert (found.count, found.longest) == (len(days), max(days))


def test_nothing_has_no_spread() -> None:
    assert spread_of({}) is None
    assert spread_of({3: 0}) is None


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Newcombe 1998, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson_as_printed(part: int, whole: int, low: float, high: float) -> None:
    found = share(part, whole, least=10)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval(pair: tuple[int, int]) -> None:
    part, whole = pair
    found = share(part, whole, least=10)
    assert 0 <= found.low <= found.value <= found.high <= 1 or not whole
    assert found.enough == (whole >= 10)
