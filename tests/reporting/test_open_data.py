"""Open data: sums are right, and no cell crossed with the applicant points at one person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.models import Applicant
from gongkai.reporting import open_data
from gongkai.reporting.open_data import APPLICANTS, PUBLICATIONS, REQUESTS, shown
from tests import factories
from tests.desk.statistics.test_pages import asked
from tests.factories import NOW, Office

LEAST = 5
ROWS = st.lists(st.integers(0, 40), min_size=6, max_size=6)


@given(ROWS)
def test_no_small_figure_is_told_or_can_be_worked_out(numbers: list[int]) -> None:
    """A reader knows the sum of the row and every figure that is shown."""
    told = shown(numbers, LEAST)
    hidden = [at for at, n in enumerate(told) if n is None]
    assert all(n is None or n == numbers[at] for at, n in enumerate(told))
    assert not any(0 < (n or 0) < LEAST for n in told)
    if hidden:
        assert len(hidden) >= 2
        rest = sum(numbers) - sum(n for n in told if n is not None)
        # Either the rest is large enough to hide in, or nothing at all of the row is shown.
        assert rest >= LEAST or len(hidden) == len(numbers)
    else:
        assert not any(0 < n < LEAST for n in numbers)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([9, 6, 0, 0, 0, 0], [9, 6, 0, 0, 0, 0]),
        ([9, 1, 0, 0, 0, 0], [None, None, 0, 0, 0, 0]),
        ([20, 9, 1, 0, 0, 0], [20, None, None, 0, 0, 0]),
        ([9, 3, 3, 0, 0, 0], [9, None, None, 0, 0, 0]),
        ([1, 0, 0, 0, 0, 0], [None] * 6),
        ([20, 1, 1, 0, 0, 0], [None, None, None, 0, 0, 0]),
        ([1, 1, 0, 0, 0, 0], [None] * 6),
        ([0, 0, 0, 0, 0, 0], [0] * 6),
    ],
)
def test_what_is_left_out(numbers: list[int], told: list[int | None]) -> None:
    assert shown(numbers, LEAST) == told


@pytest.fixture
def office(db: None) -> Office:
    made = factories.office()
    factories.published(made)
    factories.draft(made)
    ended = {"state": "replied", "outcome": "granted", "replied_on": date(2026, 10, 30)}
    for number in range(9):
        more = {**ended, "in_time": number > 0} if number < 3 else {}
        request = asked(made, number, **more)
        kind = "natural" if number < 8 else "business"
        Applicant.objects.create(request=request, kind=kind, name="某人")
    return made


def test_the_rows(office: Office) -> None:
    today = NOW.date()
    of = {"body_code": office.body.code, "body": office.body.name, "year": 2026}
    assert open_data.rows_of(PUBLICATIONS, today) == [{**of, "month": 11, "published": 1}]
    assert open_data.rows_of(REQUESTS, today) == [
        {**of, "received": 9, "answered": 3, "answered_in_time": 2, "answered_late": 1}
    ]
    applicants = open_data.rows_of(APPLICANTS, today)
    assert [(r["applicant_kind"], r["received"], r["left_out"]) for r in applicants[:3]] == [
        ("natural", None, 1),
        ("business", None, 1),
        ("research", 0, 0),
    ]
    for data in open_data.DATA_SETS:
        for row in open_data.rows_of(data, today):
            assert list(row) == [key for key, _label in data.columns]
