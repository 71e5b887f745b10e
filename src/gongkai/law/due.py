"""A due date that explains itself: the day, the article, the days counted and the days not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a term is counted in."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def label(self) -> str:
        return {"workdays": "个工作日", "days": "日", "months": "个月", "years": "年"}[self.value]


class Days(Protocol):
    """What a due date asks of a calendar in order to explain itself."""

    def is_workday(self, day: date) -> bool: ...

    def reason(self, day: date) -> str: ...

    def worked_because(self, day: date) -> str: ...


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: those after `after` up to and including `through`.

    The convention of Art. 33 ¶3 (inference): the day the letter went out is already behind us,
    the day the opinion came in does not count any more.
    """

    after: date
    through: date
    reason: str
    basis: str = ""

    def __post_init__(self) -> None:
        if self.through < self.after:
            raise ValueError(f"a pause cannot end ({self.through}) before it starts ({self.after})")

    def __contains__(self, day: date) -> bool:
        return self.after < day <= self.through


@dataclass(frozen=True, slots=True)
class DayNote:
    """A day, and why it was not counted (or why it was, although a weekend)."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for an act.

    `start` is day 0, `length` and `unit` the term, `natural` the last day before it was moved off
    a holiday (calendar terms only). `provisional` is true when a day in between belongs to a year
    whose holiday notice is not out yet: show it as 暂定 and compute again when it is.
    """

    on: date
    basis: str
    start: date
    length: int
    unit: Unit = Unit.WORKDAYS
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()
    natural: date | None = None
    calendar: Days | None = field(default=None, repr=False, compare=False)

    @property
    def counted(self) -> tuple[date, ...]:
        """The days that count, in order; for working-day terms there are `length` of them."""
        return tuple(day for day in self._days() if not self._why_not(day))

    @property
    def skipped(self) -> tuple[DayNote, ...]:
        """The days between start and due date that do not count, each with its reason."""
        found = ((day, self._why_not(day)) for day in self._days())
        return tuple(DayNote(day, why) for day, why in found if why)

    @property
    def makeup(self) -> tuple[DayNote, ...]:
        """The weekend days that count because a notice made them working days."""
        if self.calendar is None or self.unit is not Unit.WORKDAYS:
            return ()
        found = ((day, self.calendar.worked_because(day)) for day in self.counted)
        return tuple(DayNote(day, why) for day, why in found if why)

    def sentence(self) -> str:
        """One sentence in Chinese that tells the day, the term and the basis."""
        shown = f"{self.on.year}年{self.on.month}月{self.on.day}日"
        words = "暂定" if self.provisional else ""
        start = f"{self.start.year}年{self.start.month}月{self.start.day}日"
        text = f"{words}截止于{shown}"
        if self.length:
            text = f"自{start}的次日起算{self.length}{self.unit.label}，{text}"
        if self.natural is not None and self.natural != self.on:
            text += f"（期间最后一日{self.natural.isoformat()}不是工作日，顺延）"
        if self.provisional:
            text += "（期间所在年度的放假安排尚未公布，公布后重新计算）"
        return text + (f"。依据：{self.basis}。" if self.basis else "。")

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON: dates as ISO strings, skipped days with reasons."""
        return {
            "on": self.on.isoformat(),
            "basis": self.basis,
            "provisional": self.provisional,
            "from": self.start.isoformat(),
            "length": self.length,
            "unit": self.unit.value,
            "counted": [day.isoformat() for day in self.counted],
            "skipped": [{"day": s.day.isoformat(), "reason": s.reason} for s in self.skipped],
            "makeup": [{"day": m.day.isoformat(), "reason": m.reason} for m in self.makeup],
            "sentence": self.sentence(),
        }

    def _days(self) -> list[date]:
        return [self.start + ONE_DAY * n for n in range(1, (self.on - self.start).days + 1)]

    def _why_not(self, day: date) -> str:
        for pause in self.pauses:
            if day in pause:
                return pause.reason
        if self.unit is not Unit.WORKDAYS:
            moved = self.natural is not None and day > self.natural
            return "期间最后一日不是工作日，顺延" if moved else ""
        return self.calendar.reason(day) if self.calendar is not None else ""
