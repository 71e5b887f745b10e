"""The 506 records of the clean-up of 2008, made from the series of `data/history.toml`. Pure.

Deterministic: the same content gives the same records on every machine. Numbers in the texts are
drawn from the digest of series and period, dates fall on working days.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from gongkai.law.workdays import Calendar
from gongkai.project.demo.content import fill

FOUNDED = date(2004, 3, 1)
CUT = date(2008, 2, 28)
LAST = date(2008, 11, 28)
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_HALVES = ("上半年", "下半年")
_HOLIDAYS = (("五一", 4, 20), ("中秋、国庆", 9, 5), ("元旦、春节", 12, 20))


@dataclass(frozen=True, slots=True)
class PastItem:
    """One record as the clean-up found it; `published_on` is empty for what was withheld."""

    title: str
    abstract: str
    text: str
    sub: str
    section: str
    created_on: date
    published_on: date | None
    attribute: str
    ground: str
    reason: str
    genre: str
    legal_item: str
    validity: str
    numbered: bool
    document_number: str = ""

    @property
    def early(self) -> bool:
        """Made before the first count was closed (2008-02-28)."""
        return self.created_on <= CUT


@dataclass(frozen=True, slots=True)
class _Turn:
    """One item of a series to be: its day and its slots."""

    on: date
    slots: dict[str, object]


def past_items(content: Mapping[str, Any], calendar: Calendar) -> list[PastItem]:
    """Every record of the clean-up, oldest first; the early ones come before the late ones."""
    items = [
        _item(series, turn, number, content, calendar)
        for number, series in enumerate(content["series"])
        for turn in _turns(series, calendar)
    ]
    items.sort(key=lambda item: (item.created_on, item.title))
    return list(_numbered(items))


def _numbered(items: Sequence[PastItem]) -> Iterator[PastItem]:
    """Document numbers in the order of the days, odd ones: the even ones went to other papers."""
    counts: dict[int, int] = {}
    for item in items:
        if not item.numbered:
            yield item
            continue
        year = item.created_on.year
        counts[year] = counts.get(year, -1) + 2
        yield replace(item, document_number=f"云商字〔{year}〕{counts[year]}号")


def draw(key: str, low: float, high: float, places: int) -> str:
    """A number between the bounds, the same for the same key, with this many decimals."""
    steps = round((high - low) * 10**places) + 1
    chosen = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) % steps
    return f"{low + chosen / 10**places:.{places}f}"


def _item(
    series: Mapping[str, Any],
    turn: _Turn,
    number: int,
    content: Mapping[str, Any],
    calendar: Calendar,
) -> PastItem:
    key = f"{number}:{turn.on}:{turn.slots.get('v', '')}"
    places = content["places"]
    slots = turn.slots | {"place": places[int(draw(key, 0, len(places) - 1, 0))]}
    slots |= {name: draw(f"{key}:{name}", *span) for name, span in series.get("n", {}).items()}
    attribute = series.get("attribute", "proactive")
    return PastItem(
        title=fill(series["title"], slots),
        abstract=fill(series["abstract"], slots),
        text=fill(series["text"], slots),
        sub=series["sub"],
        section=series["section"],
        created_on=turn.on,
        published_on=None
        if attribute == "withheld"
        else _published(turn.on, key, content["opened_on"], calendar),
        attribute=attribute,
        ground=series.get("ground", ""),
        reason=series.get("reason", ""),
        genre=series["genre"],
        legal_item=series.get("legal_item", ""),
        validity=series.get("validity", "unknown"),
        numbered=series.get("numbered", False),
    )


def _published(created: date, key: str, opened_on: Sequence[str], calendar: Calendar) -> date:
    """The old platform took in the early records in its first days, later ones as they came."""
    opening = [date.fromisoformat(day) for day in opened_on]
    if created <= CUT:
        return opening[int(draw(key, 0, len(opening) - 1, 0))]
    wait = int(draw(f"{key}:wait", 3, 16, 0))
    return max(calendar.add_workdays(created, wait).on, opening[-1])


def _turns(series: Mapping[str, Any], calendar: Calendar) -> list[_Turn]:
    before, after = series["before"], series["after"]
    if "values" in series:
        return _listed(series["values"], before, after, calendar)
    every = [
        _Turn(calendar.next_workday(turn.on), turn.slots)
        for turn in _PERIODS[series["every"]](series)
    ]
    early = [t for t in every if FOUNDED <= t.on <= CUT]
    late = [t for t in every if CUT < t.on <= LAST and t.on >= date(2008, 3, 1)]
    if len(early) < before or len(late) < after:
        raise ValueError(f"{series['title']}: {len(early)} and {len(late)} periods are too few")
    return [*early[len(early) - before :], *_spread(late, after)]


def _listed(values: Sequence[str], before: int, after: int, calendar: Calendar) -> list[_Turn]:
    if len(values) != before + after:
        raise ValueError(f"{len(values)} values for {before} + {after} items: {values[0]}")
    days = [
        *_days(FOUNDED + timedelta(days=30), CUT, before),
        *_days(date(2008, 3, 5), LAST, after),
    ]
    turns = []
    for value, day in zip(values, days, strict=True):
        shifted = day - timedelta(days=int(draw(value, 0, 9, 0))) if day.day > 14 else day
        on = calendar.next_workday(shifted)
        slots: dict[str, object] = {"v": value, "y": on.year, "m": on.month, "d": on.day}
        turns.append(_Turn(on, slots))
    return turns


def _days(first: date, last: date, count: int) -> list[date]:
    """`count` days spread evenly, never the last one itself (it may be moved on to a workday)."""
    span = (last - first).days - 4
    return [first + timedelta(days=span * (2 * n + 1) // (2 * count)) for n in range(count)]


def _spread(turns: Sequence[_Turn], count: int) -> list[_Turn]:
    if count < 2:
        return list(turns[:count])
    return [turns[n * (len(turns) - 1) // (count - 1)] for n in range(count)]


def _months(_series: Mapping[str, Any]) -> Iterator[_Turn]:
    for n in range(12 * 5):
        year, month = 2004 + n // 12, n % 12 + 1
        yield _Turn(_after(year, month, 4), {"y": year, "m": month})


def _quarters(_series: Mapping[str, Any]) -> Iterator[_Turn]:
    for year in range(2004, 2009):
        for n, label in enumerate(_QUARTERS, 1):
            yield _Turn(_after(year, 3 * n, 9), {"y": year, "q": label})


def _halves(series: Mapping[str, Any]) -> Iterator[_Turn]:
    for year in range(2004, 2009):
        for n, label in enumerate(_HALVES, 1):
            if series.get("only_h", n) != n:
                continue
            ahead = series.get("ahead", False)
            on = date(year, 6 * n - 5, 6) if ahead else _after(year, 6 * n, 12)
            yield _Turn(on, {"y": year, "h": label})


def _years(series: Mapping[str, Any]) -> Iterator[_Turn]:
    for year in range(2004, 2009):
        if "month" in series:
            on = date(year, series["month"], 3)
        elif series.get("ahead", False):
            on = max(date(year, 1, 12), FOUNDED + timedelta(days=14))
        else:
            on = _after(year, 12, 15)
        yield _Turn(on, {"y": year})


def _holidays(_series: Mapping[str, Any]) -> Iterator[_Turn]:
    for year in range(2004, 2009):
        for label, month, day in _HOLIDAYS:
            shown = year + 1 if month == 12 else year
            yield _Turn(date(year, month, day), {"y": shown, "f": label})


def _after(year: int, month: int, day: int) -> date:
    """A day of the month after."""
    return date(year + month // 12, month % 12 + 1, day)


_PERIODS = {
    "month": _months,
    "quarter": _quarters,
    "half": _halves,
    "year": _years,
    "holiday": _holidays,
}
