"""Counting a question in three queries: all dimensions at once, by day, by pairs of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from gongkai.law.workdays import Calendar
from gongkai.reporting.statistics.dimensions import NONE, Dimension
from gongkai.reporting.statistics.measures import Measure, Rows
from gongkai.reporting.statistics.period import Period, month
from gongkai.reporting.statistics.scope import Scope
from gongkai.reporting.statistics.spread import Spread, spread_of

# A chart of more months than this could not be read: then years.
MOST_MONTHS = 24
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Question:
    """A measure, a period, and what it is narrowed to: pairs of dimension and value."""

    measure: Measure
    period: Period
    scope: Scope
    today: date
    narrow: tuple[tuple[str, str], ...] = ()

    def rows(self) -> Rows:
        """The rows asked for; the list behind the figure."""
        day = self.measure.day
        rows = self.measure.rows(self.scope, self.today).filter(
            **{f"{day}__gte": self.period.first, f"{day}__lte": self.period.last}
        )
        for key, value in self.narrow:
            dimension = self.measure.dimension(key)
            if dimension is not None:
                rows = dimension.narrow(rows, value)
        return rows

    def key(self) -> str:
        """The question as a text: the same text, the same answer (while nothing changes)."""
        parts = [self.scope.key, self.measure.key, *self.period.query.values()]
        return ":".join([*parts, self.today.isoformat(), repr(self.narrow)])


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a dimension with its word and its figure."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A dimension's values, together `Counted.total`."""

    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a year of the period with its figure."""

    label: str
    period: Period
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """The answer."""

    total: int
    breakdowns: tuple[Breakdown, ...]
    spans: tuple[Span, ...]
    spread: Spread | None


def count(question: Question, calendar: Calendar) -> Counted:
    """Everything about a question; nothing is loaded row by row."""
    rows = question.rows()
    dimensions = question.measure.dimensions
    found = _grouped(rows, dimensions)
    breakdowns = tuple(_breakdown(d, found[d.key]) for d in dimensions)
    days = _by_day(rows, question.measure.day)
    total = sum(days.values())
    return Counted(
        total, breakdowns, _spans(question.period, days), _spread(question, rows, calendar)
    )


def total(question: Question) -> int:
    """Only the figure."""
    return question.rows().order_by().count()


def _grouped(rows: Rows, dimensions: tuple[Dimension, ...]) -> Mapping[str, Counter[str]]:
    """One pass of the database: every combination of values with its count, folded here."""
    names = [f"g_{dimension.key}" for dimension in dimensions]
    expressions = {n: d.expression for n, d in zip(names, dimensions, strict=True)}
    combined = rows.order_by().annotate(**expressions).values_list(*names).annotate(n=Count("pk"))
    found: dict[str, Counter[str]] = {dimension.key: Counter() for dimension in dimensions}
    for *values, n in combined.iterator(chunk_size=_CHUNK):
        for dimension, value in zip(dimensions, values, strict=True):
            found[dimension.key][NONE if value in (None, "") else str(value)] += n
    return found


def _breakdown(dimension: Dimension, counts: Counter[str]) -> Breakdown:
    words = dimension.names([value for value in counts if value != NONE])
    place = {value: number for number, value in enumerate(dimension.order)}

    def order(item: tuple[str, int]) -> tuple[bool, int, int, str]:
        value, n = item
        return value == NONE, place.get(value, len(place)), -n, value

    cells = tuple(
        Cell(value, dimension.missing if value == NONE else words.get(value, value), n)
        for value, n in sorted(counts.items(), key=order)
    )
    return Breakdown(dimension.key, dimension.label, cells)


def _by_day(rows: Rows, day: str) -> dict[date, int]:
    return dict(rows.order_by().values_list(day).annotate(n=Count("pk")))


def _spans(period: Period, days: Mapping[date, int]) -> tuple[Span, ...]:
    """Months of the period, or years when it is long; those at its ends are cut to it."""
    first, last = period.first, period.last
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    yearly = count > MOST_MONTHS
    sums: Counter[tuple[int, int]] = Counter()
    for day, n in days.items():
        sums[(day.year, 0 if yearly else day.month)] += n
    if yearly:
        # Only years in which something was: a period of two centuries is asked for in one word.
        return tuple(
            Span(f"{year}", _cut(Period(date(year, 1, 1), date(year, 12, 31)), period), n)
            for (year, _), n in sorted(sums.items())
        )
    keys = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    several = first.year != last.year
    return tuple(_month(year, number + 1, period, several, sums) for year, number in keys)


def _month(
    year: int, number: int, period: Period, several: bool, sums: Mapping[tuple[int, int], int]
) -> Span:
    label = f"{year % 100:02d}-{number:02d}" if several else f"{number}月"
    return Span(label, _cut(month(year, number), period), sums.get((year, number), 0))


def _cut(span: Period, period: Period) -> Period:
    return Period(max(span.first, period.first), min(span.last, period.last))


def _spread(question: Question, rows: Rows, calendar: Calendar) -> Spread | None:
    gap = question.measure.gap
    if gap is None:
        return None
    if gap.of is not None:
        dimension, values = gap.of
        rows = rows.alias(g_of=dimension.expression).filter(g_of__in=values)
    pairs: Any = rows.order_by().annotate(g_start=gap.start)
    names = ["g_start"]
    if gap.end is not None:
        pairs, names = pairs.annotate(g_end=gap.end), ["g_start", "g_end"]
    histogram: Counter[int] = Counter()
    grouped = pairs.values_list(*names).annotate(n=Count("pk"))
    known = calendar.years
    for start, *rest, n in grouped.iterator(chunk_size=_CHUNK):
        end = rest[0] if rest else question.today
        # A year without any calendar (before 2004) cannot be counted in working days.
        if start is None or start > end or start.year not in known or end.year not in known:
            continue
        histogram[calendar.workdays_between(start, end)] += n
    return spread_of(histogram)
