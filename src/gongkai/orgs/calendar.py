"""The working calendar of the product: package years, amended by the notices that were loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from importlib.metadata import version

from django.db.models import Count, Max

from gongkai.law.workdays import Calendar, YearNotice
from gongkai.orgs.models import HolidayNotice, Person

# Called when the calendar has changed: (years touched, who, when) -> how many dates moved.
Recompute = Callable[[frozenset[int], "Person | None", datetime], int]
_listeners: list[Recompute] = []


def when_changed(listener: Recompute) -> None:
    """Register what must be counted anew when a notice is loaded (open publishing deadlines)."""
    if listener not in _listeners:
        _listeners.append(listener)


def recompute(years: frozenset[int], by: Person | None, now: datetime) -> int:
    """Call every listener, inside the transaction of the notice; the number of dates moved."""
    return sum(listener(years, by, now) for listener in _listeners)


def calendar() -> Calendar:
    """The calendar of this moment. One small query; rebuilt only when a notice came or went."""
    key = HolidayNotice.objects.order_by().aggregate(n=Count("id"), last=Max("id"))
    return _built(key["n"], key["last"] or 0)


@lru_cache(maxsize=4)
def _built(count: int, last: int) -> Calendar:
    """Notices are only ever added, so their number and last id tell whether anything changed."""
    rows = HolidayNotice.objects.filter(id__lte=last) if count else HolidayNotice.objects.none()
    return Calendar.build([*package_years(), *(notice_of(row) for row in rows.order_by("id"))])


def forget() -> None:
    """Drop what was built (a test's rolled-back rows reuse ids)."""
    _built.cache_clear()


def notice_of(row: HolidayNotice) -> YearNotice:
    """The value the law counts with."""
    return YearNotice.of(
        row.year,
        source=row.document_number,
        off=_pairs(row.off_days),
        work=_pairs(row.makeup_days),
        issued_on=row.issued_on,
    )


def _pairs(days: Iterable[object]) -> list[tuple[date, str]]:
    pairs = []
    for day in days:
        if not isinstance(day, dict):
            raise TypeError(f"a notice's day is {{date, name}}, not {day!r}")
        pairs.append((date.fromisoformat(str(day["date"])), str(day.get("name", ""))))
    return pairs


_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@lru_cache(maxsize=1)
def package_years() -> tuple[YearNotice, ...]:
    """The years of the `chinesecalendar` package (2004–2026 in version 1.11), one notice each."""
    from chinese_calendar import constants

    package = f"chinesecalendar {version('chinesecalendar')}"
    off: dict[int, list[tuple[date, str]]] = defaultdict(list)
    work: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for table, named in ((off, constants.holidays), (work, constants.workdays)):
        for day, name in named.items():
            table[day.year].append((day, _NAMES.get(name, name)))
    return tuple(
        YearNotice.of(year, source=f"{year}年放假安排，据{package}", off=off[year], work=work[year])
        for year in sorted(off)
    )
