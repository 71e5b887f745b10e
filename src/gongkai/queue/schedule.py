"""When a periodic job is due: a tiny syntax, over plain values.

`every 30s`, `every 5m`, `every 2h`, `every 1d`, or the five fields of cron (minute hour
day-of-month month day-of-week, 0 or 7 = Sunday) with `*`, `a,b`, `a-b`, `*/n`, `a-b/n`, in the time
zone of the moment given. As in cron, when both day fields are set a day needs to match only one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_EVERY = re.compile(r"every (\d{1,6})([smhd])\Z")
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_HORIZON = timedelta(days=366 * 8)  # 29 February may be eight years away


@dataclass(frozen=True, slots=True)
class Every:
    """A fixed interval."""

    step: timedelta

    def after(self, moment: datetime) -> datetime:
        """The next due moment after `moment`."""
        return moment + self.step


@dataclass(frozen=True, slots=True)
class Cron:
    """Five sets of numbers; `any_day`/`any_weekday` tell which day field was `*`."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool

    def after(self, moment: datetime) -> datetime:
        """The next due minute strictly after `moment`; `ValueError` when there is none (30 Feb)."""
        at = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
        limit = moment + _HORIZON
        while at < limit:
            if at.month not in self.months or not self._day(at):
                at = at.replace(hour=0, minute=0) + timedelta(days=1)
            elif at.hour not in self.hours:
                at = at.replace(minute=0) + timedelta(hours=1)
            elif at.minute not in self.minutes:
                at += timedelta(minutes=1)
            else:
                return at
        raise ValueError("this schedule is never due")

    def _day(self, at: datetime) -> bool:
        by_day = at.day in self.days
        by_weekday = at.isoweekday() % 7 in self.weekdays
        if self.any_day or self.any_weekday:
            return by_day and by_weekday
        return by_day or by_weekday


Schedule = Every | Cron


def parse(text: str) -> Schedule:
    """Read a schedule; `ValueError` names what is wrong with it."""
    every = _EVERY.match(text)
    if every:
        seconds = int(every[1]) * _UNITS[every[2]]
        if seconds < 1:
            raise ValueError(f"{text!r}: the interval must be at least one second")
        return Every(timedelta(seconds=seconds))
    parts = text.split()
    if len(parts) != len(_RANGES):
        raise ValueError(f"{text!r} is neither 'every 5m' nor five cron fields")
    sets = [_numbers(part, low, high) for part, (low, high) in zip(parts, _RANGES, strict=True)]
    return Cron(
        minutes=sets[0],
        hours=sets[1],
        days=sets[2],
        months=sets[3],
        weekdays=frozenset(day % 7 for day in sets[4]),
        any_day=parts[2] == "*",
        any_weekday=parts[4] == "*",
    )


def _numbers(field: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?", part)
        if not match:
            raise ValueError(f"{field!r} is not a cron field")
        first = int(match[1]) if match[1] else low
        # `5/10` means from 5 on, as in cron.
        last = int(match[2]) if match[2] else (high if not match[1] or match[3] else first)
        step = int(match[3]) if match[3] else 1
        if not (low <= first <= last <= high) or step < 1:
            raise ValueError(f"{field!r} must lie within {low}-{high}")
        found.update(range(first, last + 1, step))
    return frozenset(found)
