"""From measures to points: a pure function, with the arithmetic of every line in words.

Fair to small numbers: an indicator without a case is 不适用, never zero and never full, and its
weight goes where the scheme says. Exact fractions inside; points are rounded half up to 0.01.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gongkai.law.assessment.model import (
    Count,
    EventRule,
    Grade,
    Hand,
    Indicator,
    Scheme,
    Share,
    Spread,
)
from gongkai.law.assessment.sources import FIGURES, STANDING

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Measure:
    """`good` of `cases`. For a count, `cases` repeats `good`."""

    good: int
    cases: int

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.cases:
            raise ValueError(f"{self.good} of {self.cases}")


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator scored. `points` is None where it does not apply or is not given yet."""

    indicator: Indicator
    measure: Measure | None
    weight: Decimal
    points: Decimal | None
    sentence: str
    waiting: bool = False

    @property
    def applies(self) -> bool:
        """Whether the indicator counts for this sheet."""
        return self.points is not None or self.waiting


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event rule applied: the events counted and the points, below zero for deductions."""

    rule: EventRule
    refs: tuple[str, ...]
    points: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Given:
    """What people decided: points by indicator, events by rule, events waived on appeal."""

    points: Mapping[str, Decimal] = field(default_factory=dict)
    events: Mapping[str, Sequence[str]] = field(default_factory=dict)
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """A score sheet computed."""

    lines: tuple[Line, ...]
    events: tuple[EventLine, ...]
    base: Decimal
    bonus: Decimal
    deducted: Decimal
    total: Decimal
    grade: Grade
    cases: int
    comparable: bool
    sentence: str

    @property
    def waiting(self) -> tuple[Line, ...]:
        """Lines whose points nobody has given yet."""
        return tuple(line for line in self.lines if line.waiting)


def score(
    scheme: Scheme,
    measures: Mapping[str, Measure],
    events: Mapping[str, Sequence[str]],
    given: Given | None = None,
) -> Score:
    """The sheet of one section or body.

    `measures` by source; a source that is missing does not apply. `events` by source, each a list
    of references; one reference is counted once, by the first rule of the scheme that names it.
    """
    by_hand = given or Given()
    ratios = {i.key: _ratio(i, measures.get(i.source), by_hand) for i in scheme.indicators}
    weights = _weights(scheme, {key for key, ratio in ratios.items() if ratio is not None})
    lines = tuple(
        _line(i, measures.get(i.source), ratios[i.key], weights[i.key], by_hand)
        for i in scheme.indicators
    )
    event_lines = _events(scheme, events, by_hand)
    base = _cents(sum((weights[k] * r for k, r in ratios.items() if r is not None), Fraction(0)))
    bonus = sum((e.points for e in event_lines if e.points > 0), Decimal(0))
    deducted = -sum((e.points for e in event_lines if e.points < 0), Decimal(0))
    total = max(Decimal(0), min(base + bonus - deducted, Decimal(scheme.full))).quantize(CENT)
    counted = {i.source: m.cases for i in scheme.indicators if (m := measures.get(i.source))}
    cases = sum(number for source, number in counted.items() if source not in STANDING)
    words = f"{base}分 ＋ 加分{bonus} － 扣分{deducted} ＝ {base + bonus - deducted}分"
    if total != base + bonus - deducted:
        words += f"，计为{total}分（不低于0、不高于{scheme.full}）"
    return Score(
        lines,
        event_lines,
        base,
        bonus,
        deducted,
        total,
        scheme.grade(total),
        cases,
        cases >= scheme.least_cases,
        words,
    )


def _ratio(indicator: Indicator, measure: Measure | None, given: Given) -> Fraction | None:
    """The part of the weight that is earned; None where the indicator does not apply."""
    if indicator.key in given.points:
        part = Fraction(given.points[indicator.key]) / indicator.weight
        if not 0 <= part <= 1:
            raise ValueError(f"{indicator.key}: points outside 0 to {indicator.weight}")
        return part
    match indicator.rule:
        case Hand():
            return Fraction(0)
        case Count(full):
            return None if measure is None else Fraction(min(measure.good, full), full)
        case Share(zero, full):
            if measure is None or not measure.cases:
                return None
            percent = Fraction(100 * measure.good, measure.cases)
            return max(Fraction(0), min((percent - zero) / (full - zero), Fraction(1)))


def _weights(scheme: Scheme, applying: set[str]) -> dict[str, Fraction]:
    """What each indicator weighs here: together always the full score, as long as one applies."""
    found = {i.key: Fraction(0) for i in scheme.indicators}
    if scheme.spread is Spread.HEAD:
        for head in scheme.heads:
            own = [i for i in scheme.indicators if i.head == head.key]
            there = [i for i in own if i.key in applying]
            weight = sum(i.weight for i in own)
            for i in there:
                found[i.key] = Fraction(weight * i.weight, sum(t.weight for t in there))
    else:
        found |= {i.key: Fraction(i.weight) for i in scheme.indicators if i.key in applying}
    together = sum(found.values())
    if not together:
        return found
    return {key: weight * scheme.full / together for key, weight in found.items()}


def _line(
    indicator: Indicator,
    measure: Measure | None,
    ratio: Fraction | None,
    weight: Fraction,
    given: Given,
) -> Line:
    """One line with its arithmetic as a sentence."""
    if ratio is None:
        return Line(indicator, measure, Decimal(0), None, _no_case(indicator))
    points, heavy = _cents(weight * ratio), _cents(weight)
    spread = "" if heavy == indicator.weight else f"，分值折算为{heavy}"
    if indicator.key in given.points:
        said = f"给{given.points[indicator.key]}分，满分{indicator.weight}分{spread}"
        return Line(indicator, measure, heavy, points, f"{said}，得{points}分")
    if indicator.by_hand:
        said = f"由考核人评分，满分{indicator.weight}分{spread}，尚未评分"
        return Line(indicator, measure, heavy, None, said, waiting=True)
    said = _arithmetic(indicator, measure or Measure(0, 0))
    return Line(indicator, measure, heavy, points, f"{said}{spread}，得{points}分")


def _no_case(indicator: Indicator) -> str:
    if indicator.body_only:
        return "不适用：没有这一项的数据，或者这一项只对机关计算"
    what = FIGURES[indicator.source][0] if indicator.source else indicator.words
    return f"不适用：本期没有{what.removeprefix('本期')}"


def _arithmetic(indicator: Indicator, measure: Measure) -> str:
    what, good = FIGURES[indicator.source]
    match indicator.rule:
        case Count(full):
            return f"{good}{measure.good}次，满{full}次得满分"
        case Share(zero, full):
            percent = Decimal(100 * measure.good) / Decimal(measure.cases or 1)
            said = (
                f"{what}{measure.cases}，{good}{measure.good}，占{_plain(percent.quantize(CENT))}%"
            )
            if (zero, full) != (0, 100):
                said += f"（{zero}%以下不得分，{full}%以上得满分）"
            return said
        case Hand():
            return indicator.words


def _events(
    scheme: Scheme, events: Mapping[str, Sequence[str]], given: Given
) -> tuple[EventLine, ...]:
    """Each event once, by the first rule that names it; waived ones by none."""
    seen: set[str] = set(given.waived)
    lines = []
    for rule in scheme.events:
        named = [*events.get(rule.source, ()), *given.events.get(rule.key, ())]
        refs = tuple(dict.fromkeys(ref for ref in named if ref not in seen))
        seen.update(refs)
        raw = rule.points * len(refs)
        bound = rule.most
        points = raw if bound is None else max(-bound, min(raw, bound))
        lines.append(EventLine(rule, refs, points, _event_words(rule, len(refs), points)))
    return tuple(lines)


def _event_words(rule: EventRule, count: int, points: Decimal) -> str:
    verb = "加" if rule.is_bonus else "扣"
    said = f"{count}次，每次{verb}{abs(rule.points)}分"
    if rule.most is not None:
        said += f"，最多{verb}{rule.most}分"
    return f"{said}，共{verb}{abs(points)}分" if count else f"没有；每次{verb}{abs(rule.points)}分"


def _plain(value: Decimal) -> str:
    """85.71, 100: no zeros behind the point."""
    return f"{value.normalize():f}"


def _cents(value: Fraction | int) -> Decimal:
    exact = Fraction(value)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        CENT, rounding=ROUND_HALF_UP
    )
