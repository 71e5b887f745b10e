"""Working days as a value: built from yearly notices, asked for days, never guessing silently.

A year is *certified* when its holiday notice (or a complete package year) was put in. A year
without one is answered from `law.statutory` and every due date that touches it is provisional;
a year with neither is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import INSTRUMENTS
from gongkai.law.due import ONE_DAY, Due, Pause, Unit
from gongkai.law.statutory import SATURDAY, YEARS, statutory_days

_WEEKDAYS = "一二三四五六日"
NOTICE_BASIS = INSTRUMENTS["holidays"]


class DayKind(StrEnum):
    """What a notice makes of a day: off, worked although a weekend, or plain (a mark revoked)."""

    OFF = "off"
    WORK = "work"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day that a notice changes, with the holiday it belongs to."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """A holiday notice for `year`; its days may lie in the neighbouring years.

    `source` is the notice's number (国办发明电〔2025〕7号) or the package the days came from;
    `issued_on` orders several notices of one year: the later one wins day by day.
    """

    year: int
    source: str
    marks: tuple[DayMark, ...]
    issued_on: date | None = None

    @classmethod
    def of(
        cls,
        year: int,
        *,
        source: str,
        off: Iterable[tuple[date, str]] = (),
        work: Iterable[tuple[date, str]] = (),
        issued_on: date | None = None,
    ) -> YearNotice:
        """Build a notice from (day, holiday name) pairs for days off and weekends worked."""
        marks = [DayMark(day, DayKind.OFF, name) for day, name in off]
        marks += [DayMark(day, DayKind.WORK, name) for day, name in work]
        return cls(year, source, tuple(sorted(marks, key=lambda m: (m.day, m.kind))), issued_on)


@dataclass(frozen=True, slots=True)
class _Index:
    """Every working day of the years known, and how many lie up to each day."""

    first: int
    days: tuple[int, ...]
    rank: tuple[int, ...]


@dataclass(frozen=True)
class Calendar:
    """A frozen working calendar; equal notices make equal calendars. Build it with `build`."""

    notices: tuple[YearNotice, ...] = ()

    @classmethod
    def build(cls, notices: Iterable[YearNotice]) -> Calendar:
        """Order the notices so that later ones amend earlier ones, and refuse contradictions."""
        ordered = sorted(notices, key=lambda n: (n.year, n.issued_on or date.min))
        for notice in ordered:
            seen: dict[date, DayKind] = {}
            for mark in notice.marks:
                if abs(mark.day.year - notice.year) > 1:
                    raise Refusal(
                        "calendar.foreign_day",
                        f"{notice.year}年的放假通知里出现了{mark.day.isoformat()}，请核对日期。",
                        NOTICE_BASIS,
                    )
                if seen.setdefault(mark.day, mark.kind) is not mark.kind:
                    raise Refusal(
                        "calendar.contradiction",
                        f"{notice.source}把{mark.day.isoformat()}既写成放假又写成上班，请改正后再导入。",
                        NOTICE_BASIS,
                    )
        return cls(tuple(ordered))

    def adding(self, notice: YearNotice) -> Calendar:
        """The calendar with one more notice."""
        return Calendar.build((*self.notices, notice))

    @cached_property
    def certified_years(self) -> frozenset[int]:
        """Years whose notice is in."""
        return frozenset(notice.year for notice in self.notices)

    @cached_property
    def years(self) -> frozenset[int]:
        """Years that can be answered at all, certified or by statute."""
        return self.certified_years | YEARS

    @cached_property
    def _marks(self) -> dict[date, tuple[DayMark, str]]:
        marks: dict[date, tuple[DayMark, str]] = {}
        for year in sorted(YEARS - self.certified_years):
            for day, name in statutory_days(year).items():
                marks[day] = (DayMark(day, DayKind.OFF, name), f"{NOTICE_BASIS}，暂定")
        for notice in self.notices:
            for mark in notice.marks:
                marks[mark.day] = (mark, notice.source)
        return marks

    @cached_property
    def _index(self) -> _Index:
        first, last = min(self.years), max(self.years)
        day, days, rank = date(first, 1, 1), [], []
        while day.year <= last:
            if self._works(day):
                days.append(day.toordinal())
            rank.append(len(days))
            day += ONE_DAY
        return _Index(date(first, 1, 1).toordinal(), tuple(days), tuple(rank))

    def _works(self, day: date) -> bool:
        found = self._marks.get(day)
        if found is not None and found[0].kind is not DayKind.PLAIN:
            return found[0].kind is DayKind.WORK
        return day.weekday() < SATURDAY

    def _know(self, first: date, last: date) -> None:
        for year in range(first.year, last.year + 1):
            if year not in self.years:
                raise Refusal(
                    "calendar.unknown_year",
                    f"没有{year}年的放假安排，算不出工作日。请先导入该年度的放假通知。",
                    NOTICE_BASIS,
                )

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is worked; refuse a year of which nothing is known."""
        self._know(day, day)
        return self._works(day)

    def is_certified(self, first: date, last: date) -> bool:
        """Tell whether every year between the two days has its notice."""
        return all(year in self.certified_years for year in range(first.year, last.year + 1))

    def reason(self, day: date) -> str:
        """Why `day` is not a working day, with the notice that made it so; empty when it is one."""
        if self.is_workday(day):
            return ""
        found = self._marks.get(day)
        if found is not None and found[0].kind is DayKind.OFF:
            return f"{found[0].name or '放假'}（{found[1]}）"
        return f"星期{_WEEKDAYS[day.weekday()]}"

    def worked_because(self, day: date) -> str:
        """Why a weekend is worked (调休上班, with the notice); empty for any other day."""
        found = self._marks.get(day)
        if found is None or found[0].kind is not DayKind.WORK:
            return ""
        return f"{found[0].name}调休上班（{found[1]}）"

    def add_workdays(self, day: date, count: int, *, basis: str = "") -> Due:
        """The `count`-th working day after `day` (day 0, worked or not); `count` ≥ 0."""
        return self.count_from(day, count, basis=basis)

    def count_from(
        self, day: date, count: int, *, basis: str = "", pauses: tuple[Pause, ...] = ()
    ) -> Due:
        """Like `add_workdays`, with days in `pauses` left out.

        A pause lengthens the term by the working days it covers, as long as it begins before the
        term would have ended.
        """
        if count < 0:
            raise ValueError(f"a term cannot be negative: {count}")
        on = self._nth(day, count)
        if pauses:
            on = self._stretch(day, count, pauses)
        begin = min(day + ONE_DAY, on)
        self._know(begin, on)
        provisional = not self.is_certified(begin, on)
        return Due(on, basis, day, count, Unit.WORKDAYS, provisional, pauses, None, self)

    def _nth(self, day: date, count: int) -> date:
        if count == 0:
            return day
        self._know(day + ONE_DAY, day + ONE_DAY)
        index = self._index
        position = self._rank(day) + count - 1
        if position >= len(index.days):
            self._know(date(max(self.years) + 1, 1, 1), date(max(self.years) + 1, 1, 1))
        return date.fromordinal(index.days[position])

    def _rank(self, day: date) -> int:
        offset = day.toordinal() - self._index.first
        return self._index.rank[offset] if offset >= 0 else 0

    def _stretch(self, day: date, count: int, pauses: tuple[Pause, ...]) -> date:
        on, lost = self._nth(day, count), 0
        while True:
            covered = self._paused_workdays(day, on, pauses)
            if covered == lost:
                return on
            lost = covered
            on = self._nth(day, count + lost)

    def _paused_workdays(self, after: date, through: date, pauses: tuple[Pause, ...]) -> int:
        """Working days in (after, through] that any pause covers; overlapping pauses count once."""
        total, reached = 0, after
        for pause in sorted(pauses, key=lambda p: p.after):
            begin, end = max(pause.after, reached), min(pause.through, through)
            if begin < end:
                total += self.workdays_between(begin, end)
                reached = end
        return total

    def workdays_between(self, after: date, through: date) -> int:
        """How many working days lie in (after, through]; 0 when `through` is not later."""
        if through <= after:
            return 0
        self._know(after + ONE_DAY, through)
        return self._rank(through) - self._rank(after)

    def next_workday(self, day: date) -> date:
        """`day` itself when worked, else the first working day after it."""
        return day if self.is_workday(day) else self._nth(day, 1)

    def workdays_in(self, year: int, month: int | None = None) -> int:
        """Working days of a month, or of the year."""
        first = date(year, month or 1, 1)
        later = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
        return self.workdays_between(first - timedelta(days=1), later - ONE_DAY)
