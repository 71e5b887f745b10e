"""Every break-down adds up to its total, and every figure is as long as the list behind it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.office import bench_office, fill, reviewed
from bench.requests import fill_requests
from gongkai.kit.dates import CHINA
from gongkai.orgs import actions as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Person, Role
from gongkai.orgs.values import RoleAward
from gongkai.reporting.statistics import counting
from gongkai.reporting.statistics.counting import Question
from gongkai.reporting.statistics.measures import MEASURES
from gongkai.reporting.statistics.period import Period
from gongkai.reporting.statistics.scope import Scope, bodies_of, scope_of

NOW = datetime.now(CHINA)
TODAY = NOW.date()
DAYS = st.dates(date(2008, 5, 1), TODAY + timedelta(days=60))


@pytest.fixture
def leader(db: None) -> Person:
    """The leader of a bureau with a hundred records and as many requests, some of them open."""
    at = bench_office()
    fill(at, 60)
    reviewed(at, range(60, 80), random.Random(7))
    fill_requests(at, 80, TODAY)
    person = at.people[2]
    since = date(2008, 1, 1)
    award = RoleAward(Role.RESPONSIBLE_LEADER, at.body, None, since)
    orgs.grant(person=person, award=award, by=None, now=NOW)
    return person


def scope(person: Person) -> Scope:
    bodies = bodies_of(person, TODAY)
    return scope_of(person, TODAY, bodies, bodies[0])


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(measure=st.sampled_from(MEASURES), days=st.tuples(DAYS, DAYS), pick=st.integers(0, 10**6))
def test_sums_and_lists(
    leader: Person, measure: object, days: tuple[date, date], pick: int
) -> None:
    question = Question(measure, Period(min(days), max(days)), scope(leader), TODAY)  # type: ignore[arg-type]
    answer = counting.count(question, calendar())
    check(question, answer)
    cells = [(b.key, c) for b in answer.breakdowns for c in b.cells]
    if cells:
        key, cell = cells[pick % len(cells)]
        narrower = Question(
            question.measure, question.period, question.scope, TODAY, ((key, cell.value),)
        )
        within = counting.count(narrower, calendar())
        assert within.total == cell.count
        check(narrower, within)


def check(question: Question, answer: counting.Counted) -> None:
    assert answer.total == question.rows().count() == counting.total(question)
    for breakdown in answer.breakdowns:
        assert sum(cell.count for cell in breakdown.cells) == answer.total, breakdown.key
        assert len({cell.value for cell in breakdown.cells}) == len(breakdown.cells)
        for cell in breakdown.cells:
            dimension = question.measure.dimension(breakdown.key)
            assert dimension is not None
            assert dimension.narrow(question.rows(), cell.value).count() == cell.count
    assert sum(span.count for span in answer.spans) == answer.total
    for span in answer.spans:
        assert replace(question, period=span.period).rows().count() == span.count
    if answer.spread is not None:
        assert 0 < answer.spread.count <= answer.total
        if question.measure.key == "published":
            met = next(b for b in answer.breakdowns if b.key == "met")
            judged = sum(cell.count for cell in met.cells if cell.value in ("met", "late"))
            assert answer.spread.count == judged


def test_the_whole_is_there(leader: Person) -> None:
    """The figures are of something: everything of the bureau is found in the long period."""
    ever = Period(date(2000, 1, 1), date(2100, 1, 1))
    totals = {m.key: counting.total(Question(m, ever, scope(leader), TODAY)) for m in MEASURES}
    assert totals["published"] == 60
    assert totals["formed"] == 80
    assert totals["received"] == 80
    assert totals["answered"] == 78
    assert set(totals) == {m.key for m in MEASURES}
    assert (
        len(counting.count(Question(MEASURES[0], ever, scope(leader), TODAY), calendar()).spans)
        < 30
    )
