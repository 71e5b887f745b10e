"""Assessment: schemes that add up, points within bounds, fair to small numbers, one event once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.law.assessment import SCHEMES, in_force, scheme
from gongkai.law.assessment.adjusting import Adjustment, adjusted
from gongkai.law.assessment.model import Scheme, Share, Spread
from gongkai.law.assessment.ranking import places
from gongkai.law.assessment.scoring import Given, Line, Measure, Score, score
from gongkai.law.assessment.sources import EVENTS, FIGURES

TODAY = scheme("decree_711_2019")


@st.composite
def measures(draw: st.DrawFn) -> dict[str, Measure]:
    found = {}
    for source in draw(st.sets(st.sampled_from(sorted(FIGURES)))):
        cases = draw(st.integers(0, 40))
        found[source] = Measure(draw(st.integers(0, cases)), cases)
    return found


events = st.dictionaries(
    st.sampled_from(sorted(EVENTS)),
    st.lists(st.sampled_from([f"request:{n}" for n in range(6)]), max_size=9),
)
schemes = st.sampled_from(SCHEMES)
spreads = st.sampled_from(list(Spread))


def test_beijing_has_what_the_paper_names_and_says_what_it_does_not() -> None:
    """京政办发〔2008〕34号 Art. 5: three heads are known, every weight is our own reading."""
    found = in_force(date(2008, 12, 24), region="110109")
    assert found.number == "京政办发〔2008〕34号"
    assert [h.label for h in found.heads][:3] == ["组织领导", "机制建设", "主动公开"]
    assert all(i.own_reading for i in found.indicators)


def test_the_scheme_follows_the_day_and_the_region() -> None:
    assert in_force(date(2026, 1, 1), region="110109") is TODAY
    assert in_force(date(2019, 5, 14), region="110109").key == "beijing_34_2008"
    with pytest.raises(Refusal, match="没有适用的考核办法"):
        in_force(date(2010, 1, 1), region="31")


def test_the_model_for_sections_has_the_heads_of_the_published_measure() -> None:
    """科室考核办法 Art. 5, 9: 10, 20, 30, 25, 15 points; 90, 75, 60."""
    model = scheme("sections_model")
    sums = [sum(i.weight for i in model.indicators if i.head == h.key) for h in model.heads]
    assert sums == [10, 20, 30, 25, 15]
    assert [g.least for g in model.grades] == [90, 75, 60, 0]
    assert model.grade(Decimal("89.99")).label == "良好"


@given(schemes, spreads, measures(), events)
def test_points_stay_within_bounds_and_weights_add_up(
    base: Scheme, spread: Spread, found: dict[str, Measure], happened: dict[str, list[str]]
) -> None:
    result = score(_spread(base, spread), found, happened)
    assert 0 <= result.total <= base.full
    given_points = [(x.points, x.weight) for x in result.lines if x.points is not None]
    for points, weight in given_points:
        assert Decimal(0) <= points <= weight
    weights = sum((line.weight for line in result.lines), Decimal(0))
    whole = base.full if any(line.applies for line in result.lines) else 0
    assert abs(weights - whole) <= Decimal("0.1")  # each is rounded by itself
    for line in result.events:
        assert line.rule.most is None or abs(line.points) <= line.rule.most


@given(schemes, spreads, measures(), st.data())
def test_a_better_measure_never_scores_lower(
    base: Scheme, spread: Spread, found: dict[str, Measure], data: st.DataObject
) -> None:
    movable = [k for k, m in found.items() if m.good < m.cases]
    if not movable:
        return
    key = data.draw(st.sampled_from(sorted(movable)))
    better = {**found, key: Measure(found[key].good + 1, found[key].cases)}
    used = _spread(base, spread)
    assert score(used, better, {}).total >= score(used, found, {}).total


@given(schemes, measures(), events, st.sampled_from(sorted(EVENTS)))
def test_one_event_more_never_raises_the_total(
    base: Scheme, found: dict[str, Measure], happened: dict[str, list[str]], kind: str
) -> None:
    more = {**happened, kind: [*happened.get(kind, []), "request:new"]}
    assert score(base, found, more).total <= score(base, found, happened).total


@given(measures(), events)
def test_the_same_figures_give_the_same_sheet(
    found: dict[str, Measure], happened: dict[str, list[str]]
) -> None:
    assert score(TODAY, found, happened) == score(TODAY, dict(reversed(found.items())), happened)


def test_no_request_is_not_applicable_and_its_weight_goes_to_the_others() -> None:
    some = {"published_in_time": Measure(4, 4), "replied_in_time": Measure(0, 0)}
    result = score(TODAY, some, {})
    line = _line(result, "replies")
    assert line.points is None
    assert line.sentence == "不适用：本期没有到期应当答复的申请"
    assert _line(result, "in_time").weight > 20


def test_every_line_says_its_arithmetic() -> None:
    line = _line(score(TODAY, {"replied_in_time": Measure(3, 4)}, {}), "replies")
    assert "到期应当答复的申请4，按期答复3，占75%" in line.sentence
    assert f"得{line.points}分" in line.sentence


def test_one_event_deducts_once_and_not_after_it_was_waived() -> None:
    """A lost case and the new reply it orders are one event: the first rule takes it."""
    happened = {"lost_case": ["request:7"], "reopened_request": ["request:7", "request:7"]}
    result = score(TODAY, {"activities": Measure(4, 4)}, happened)
    assert [e.refs for e in result.events if e.refs] == [("request:7",)]
    assert result.deducted == 5
    waived = score(TODAY, {}, happened, Given(waived=frozenset({"request:7"})))
    assert waived.deducted == 0


def test_a_deduction_stops_at_its_bound() -> None:
    late = {"late_publication": [f"record:{n}" for n in range(30)]}
    assert score(TODAY, {}, late).deducted == 10


def test_points_by_hand_wait_until_they_are_given_and_stay_within_the_weight() -> None:
    assert [line.indicator.key for line in score(TODAY, {}, {}).waiting] == ["clarified"]
    found = score(TODAY, {}, {}, Given(points={"clarified": Decimal("1.5")}))
    assert not found.waiting
    with pytest.raises(ValueError, match="clarified"):
        score(TODAY, {}, {}, Given(points={"clarified": Decimal("3.5")}))


def test_a_sheet_with_hardly_a_case_is_not_compared() -> None:
    """Posts and duties say nothing about how much there was to do."""
    posts = {"people_named": Measure(2, 2), "duties_named": Measure(1, 1)}
    few = {**posts, "published_in_time": Measure(4, 4)}
    assert not score(TODAY, few, {}).comparable
    assert score(TODAY, {**few, "replied_in_time": Measure(1, 1)}, {}).comparable


def test_places_are_shared_and_too_few_has_none() -> None:
    totals = {1: Decimal(90), 2: Decimal(80), 3: Decimal(80), 4: Decimal(70), 5: None}
    assert places(totals) == {1: 1, 2: 2, 3: 2, 4: 4, 5: None}


def test_an_adjusted_scheme_adds_up_and_leaves_the_old_one_alone() -> None:
    change = Adjustment({"in_time": 25, "replies": 10}, {"late": Decimal(-2)})
    found = adjusted(TODAY, change)
    assert sum(i.weight for i in found.indicators) == 100
    assert "二十个工作日内公开由20分改为25分" in found.changes
    assert TODAY.indicator("in_time").weight == 20  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Adjustment({"in_time": 25}), "合计是105分，应当正好100分，请减少5分"),
        (Adjustment({"nothing": 5}), "没有这些指标：nothing"),
        (Adjustment({"in_time": 0}), "应在1到100之间"),
        (Adjustment(points={"late": Decimal(1)}), "扣分应当小于0"),
    ],
)
def test_an_adjustment_that_does_not_fit_says_what_to_do(change: Adjustment, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        adjusted(TODAY, change)


@pytest.mark.parametrize("wrong", [(50, 50), (-1, 50), (0, 101)])
def test_a_share_runs_upwards(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="share"):
        Share(*wrong)


def _spread(base: Scheme, spread: Spread) -> Scheme:
    return replace(base, spread=spread)


def _line(result: Score, key: str) -> Line:
    return next(line for line in result.lines if line.indicator.key == key)
