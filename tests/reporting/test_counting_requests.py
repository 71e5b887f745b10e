"""Table three from rows: against an oracle that counts in plain Python, and cell by cell."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bench.request_year.counted import counted as by_itself
from gongkai.law.annual_report import check, complete, form_for
from gongkai.law.annual_report.requests_table import COLUMNS, key
from gongkai.law.applications import ApplicantKind
from gongkai.law.replies import OUTCOMES
from gongkai.reporting.counting import requests
from gongkai.reporting.counting.span import Span
from tests import factories
from tests.factories import Office
from tests.reporting.conftest import Asked, put

KINDS = [k.value for k in ApplicantKind]
ENDS = [o.key for o in OUTCOMES]
DAYS = st.dates(date(2018, 11, 1), date(2023, 2, 28))


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    received = draw(DAYS)
    outcome = draw(st.sampled_from(["", *ENDS]))
    ended = received + timedelta(days=draw(st.integers(0, 700))) if outcome else None
    special = draw(st.sampled_from(["", "", "", "", "reopened", "rectification"]))
    return Asked(
        received if draw(st.integers(0, 19)) else None,
        draw(st.sampled_from(KINDS)),
        outcome,
        ended,
        reopened=special == "reopened",
        rectification=special == "rectification",
    )


@st.composite
def registers(draw: st.DrawFn) -> list[Asked]:
    rows = draw(st.lists(asked(), min_size=1, max_size=25))
    for n in range(1, len(rows)):
        # Joined into an earlier row of the list: chains, never rings; no reply of its own.
        if rows[n].received_on and draw(st.integers(0, 4)) == 0:
            rows[n] = Asked(rows[n].received_on, rows[n].kind, joined=n - 1)
    return rows


def root(rows: list[Asked], n: int) -> tuple[Asked, int]:
    depth = 0
    while (into := rows[n].joined) is not None:
        n, depth = into, depth + 1
    return rows[n], depth


def oracle(rows: list[Asked], year: int) -> Counter[str]:
    """Table three without totals, told one request after the other."""
    cells: Counter[str] = Counter()
    leaves = requests.leaves_of(form_for(year))
    for n, row in enumerate(rows):
        end, depth = root(rows, n)
        if row.received_on is None or row.reopened or row.rectification or depth > 4:
            continue
        if row.received_on.year > year or (end.ended_on and end.ended_on.year < year):
            continue
        cells[key("new" if row.received_on.year == year else "carried_in", row.kind)] += 1
        over = end.ended_on is None or end.ended_on.year > year
        cells[key("carried_over" if over else leaves[end.outcome], row.kind)] += 1
    return cells


class TestAgainstOracle(TestCase):
    """Any register, any year."""

    @settings(max_examples=60)
    @given(registers(), st.sampled_from([2019, 2020, 2021, 2022]))
    def test_counts_foot_and_open(self, rows: list[Asked], year: int) -> None:
        office = factories.office()
        put(office.body, rows)
        span, form = Span(office.body, year), form_for(year)
        counted = requests.count(span, form)
        assert counted == oracle(rows, year)
        whole = complete(form, counted)
        assert check(form, whole) == ()
        table = next(t for t in form.tables if t.key == "requests")
        for line in table.rows:
            for column in COLUMNS[:: len(COLUMNS) - 1]:
                behind = requests.rows(span, form, line.key, column.key)
                assert behind.count() == whole[key(line.key, column.key)], (line.key, column.key)


def test_carry_over_is_next_years_carry_in(office: Office) -> None:
    put(
        office.body,
        [
            Asked(date(2022, 12, 31)),
            Asked(date(2022, 12, 1), "business", "granted", date(2023, 1, 1)),
            Asked(date(2022, 12, 1), "business", "granted", date(2022, 12, 31)),
            Asked(date(2023, 1, 1)),
        ],
    )
    before = requests.count(Span(office.body, 2022), form_for(2022))
    after = requests.count(Span(office.body, 2023), form_for(2023))
    for kind in KINDS:
        assert before.get(key("carried_over", kind), 0) == after.get(key("carried_in", kind), 0)
    assert before[key("granted", "business")] == after[key("granted", "business")] == 1


def test_a_joined_request_ends_with_the_reply_of_the_other(office: Office) -> None:
    put(
        office.body,
        [
            Asked(date(2024, 12, 1), "natural", "granted", date(2025, 1, 5)),
            Asked(date(2024, 12, 20), "research", joined=0),
            Asked(date(2024, 12, 21), "research", joined=1),
        ],
    )
    span, form = Span(office.body, 2025), form_for(2025)
    counted = requests.count(span, form)
    assert counted[key("carried_in", "research")] == counted[key("granted", "research")] == 2
    assert requests.rows(span, form, "granted", "total").count() == 3
    # The counter that shares nothing with ours says the same, in all cells (decision 0009).
    whole, independent = complete(form, counted), by_itself(office.body.pk, 2025).cells
    assert {cell: n for cell, n in independent.items() if whole[cell] != n} == {}
    assert independent[key("handled", "total")] == 3


@pytest.mark.parametrize(
    "row",
    [
        Asked(None),
        Asked(date(2025, 3, 1), reopened=True),
        Asked(date(2025, 3, 1), rectification=True),
    ],
)
def test_what_is_no_application_is_not_counted(office: Office, row: Asked) -> None:
    put(office.body, [Asked(date(2025, 2, 1)), row])
    counted = requests.count(Span(office.body, 2025), form_for(2025))
    assert counted == {key("new", "natural"): 1, key("carried_over", "natural"): 1}


def test_what_is_left_out_is_told(office: Office) -> None:
    put(
        office.body,
        [
            Asked(None),
            Asked(date(2025, 1, 1)),
            *(Asked(date(2025, 1, 1), joined=n) for n in range(1, 6)),
        ],
    )
    told = requests.undecided(Span(office.body, 2025))
    assert [each[:12] for each in told] == ["表三：1件本年到达的申请", "表三：1件申请合并超过4"]


def test_another_body_counts_for_itself(office: Office) -> None:
    other = factories.office(name="云岭区教育局")
    put(other.body, [Asked(date(2025, 2, 1))])
    assert requests.count(Span(office.body, 2025), form_for(2025)) == {}
