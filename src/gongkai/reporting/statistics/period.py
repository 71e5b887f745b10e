"""Periods of figures: two days, both included, with the presets people ask for."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included; `first` is not later than `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it starts ({self.first})")

    @property
    def label(self) -> str:
        """2026年1月1日至3月31日; the year is repeated only where it changes."""
        first = f"{self.first.year}年{self.first.month}月{self.first.day}日"
        if self.first == self.last:
            return first
        year = "" if self.first.year == self.last.year else f"{self.last.year}年"
        return f"{first}至{year}{self.last.month}月{self.last.day}日"

    @property
    def query(self) -> dict[str, str]:
        """As parameters of an address."""
        return {"from": self.first.isoformat(), "until": self.last.isoformat()}

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def month(year: int, number: int) -> Period:
    """A calendar month."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> Period:
    """So many months of a year from the `first`."""
    return Period(date(year, first, 1), month(year, first + count - 1).last)


def quarter(year: int, number: int) -> Period:
    """A quarter 1–4."""
    return months(year, 3 * number - 2, 3)


def half(year: int, number: int) -> Period:
    """A half year 1–2."""
    return months(year, 6 * number - 5, 6)


def whole_year(year: int) -> Period:
    """A calendar year."""
    return months(year, 1, 12)


def presets(today: date) -> list[tuple[str, Period]]:
    """The periods people ask for, by the names they use."""
    this, before = today.year, today.replace(day=1) - ONE_DAY
    number = (today.month + 2) // 3
    last_quarter = quarter(this, number - 1) if number > 1 else quarter(this - 1, 4)
    this_half = 1 if today.month <= 6 else 2
    last_half = half(this, 1) if this_half == 2 else half(this - 1, 2)
    return [
        ("本月", month(this, today.month)),
        ("上月", month(before.year, before.month)),
        ("本季度", quarter(this, number)),
        ("上季度", last_quarter),
        ("本半年", half(this, this_half)),
        ("上一个半年", last_half),
        ("今年", whole_year(this)),
        ("去年", whole_year(this - 1)),
    ]
