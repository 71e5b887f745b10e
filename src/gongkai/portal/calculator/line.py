"""A term drawn as a line of days, folded week by week, with the same facts in words beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongkai.law.due import Due, Unit

WEEK = "一二三四五六日"
WIDTH, HEIGHT, LEFT, TOP, GAP = 44, 42, 38, 22, 3
# Longer terms are told in words only: half a year would be a picture nobody reads.
MOST_WEEKS = 27
ONE_DAY = timedelta(days=1)
Events = Mapping[date, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `kind` names its look, `sign` stands in its box, `words` say the same in full."""

    day: date
    kind: str
    sign: str
    words: str
    events: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """What stands above the sign: the month only where it begins."""
        return f"{self.day.month}/{self.day.day}" if self.day.day == 1 else str(self.day.day)

    @property
    def weekday(self) -> str:
        return f"星期{WEEK[self.day.weekday()]}"


@dataclass(frozen=True, slots=True)
class Box:
    """A day at its place in the picture."""

    day: Day
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Left:
    """Days left out for one reason: how many, and when."""

    reason: str
    count: int
    when: str


@dataclass(frozen=True, slots=True)
class Line:
    """The whole line: `boxes` is empty when it is too long to draw."""

    days: tuple[Day, ...]
    boxes: tuple[Box, ...]
    months: tuple[tuple[str, int], ...]
    left: tuple[Left, ...]
    makeup: tuple[Left, ...]
    counted: int
    height: int
    kinds: tuple[str, ...]
    width: int = LEFT + 7 * WIDTH
    box_width: int = WIDTH - GAP
    box_height: int = HEIGHT - GAP
    heads: tuple[tuple[str, int], ...] = tuple(
        (name, LEFT + place * WIDTH + (WIDTH - GAP) // 2) for place, name in enumerate(WEEK)
    )


def line_of(due: Due, *, since: date | None = None, events: Events | None = None) -> Line:
    """The days of a term, from `since` (an earlier start that no longer counts) to its last day."""
    days = _days(due, since or due.start, events or {})
    first_week = days[0].day - ONE_DAY * days[0].day.weekday()
    weeks = (days[-1].day - first_week).days // 7 + 1
    drawn = days if weeks <= MOST_WEEKS else ()
    boxes = tuple(_box(day, first_week) for day in drawn)
    left = _left([(n.day, _reason(due, n.day, n.reason)) for n in due.skipped])
    return Line(
        days,
        boxes,
        tuple(_months(boxes)),
        (*_before(due, since), *left),
        _left([(n.day, n.reason) for n in due.makeup]),
        len(due.counted),
        TOP + weeks * HEIGHT,
        tuple(dict.fromkeys(day.kind for day in days)),
    )


def _days(due: Due, since: date, events: Events) -> tuple[Day, ...]:
    reasons = {note.day: note.reason for note in due.skipped}
    makeup = {note.day: note.reason for note in due.makeup}
    found, number, day = [], 0, min(since, due.start)
    while day <= due.on:
        happened = tuple(events.get(day, ()))
        if day < due.start:
            found.append(Day(day, "void", "—", _("重新起算之前，不再计算"), happened))
        elif day == due.start:
            found.append(Day(day, "start", "起", _("起算之日，不计入"), happened))
        elif day in reasons:
            kind, sign = _look(due, day, reasons[day])
            last = day == due.on
            found.append(Day(day, "due" if last else kind, "止" if last else sign,
                             _reason(due, day, reasons[day]), happened))  # fmt: skip
        else:
            number += 1
            found.append(_counted(due, day, number, makeup.get(day, ""), happened))
        day += ONE_DAY
    return tuple(found)


def _counted(due: Due, day: date, number: int, makeup: str, happened: tuple[str, ...]) -> Day:
    words = _("第%(number)s日") % {"number": number} + (f"，{makeup}" if makeup else "")
    if day == due.on:
        return Day(day, "due", f"{number}止", words + "，" + _("截止之日"), happened)
    return Day(day, "makeup" if makeup else "counted", f"{number}{'班' if makeup else ''}",
               words, happened)  # fmt: skip


def _look(due: Due, day: date, reason: str) -> tuple[str, str]:
    if any(day in pause for pause in due.pauses):
        return "pause", "停"
    if due.unit is not Unit.WORKDAYS:
        return "moved", "延"
    return ("weekend", "休") if reason.startswith("星期") else ("holiday", "假")


def _reason(due: Due, day: date, reason: str) -> str:
    """The reason with its article; Saturdays and Sundays are one reason."""
    for pause in due.pauses:
        if day in pause:
            return f"{pause.reason}（{pause.basis}）" if pause.basis else pause.reason
    weekend = due.unit is Unit.WORKDAYS and reason.startswith("星期")
    return _("双休日") if weekend else reason


def _before(due: Due, since: date | None) -> tuple[Left, ...]:
    if since is None or since >= due.start:
        return ()
    days = [since + ONE_DAY * n for n in range((due.start - since).days)]
    return (Left(_("补正或者缴费之前的日子，重新起算后不再计算"), len(days), runs(days)),)


def _left(pairs: Sequence[tuple[date, str]]) -> tuple[Left, ...]:
    by_reason: dict[str, list[date]] = {}
    for day, reason in pairs:
        by_reason.setdefault(reason, []).append(day)
    return tuple(Left(reason, len(days), runs(days)) for reason, days in by_reason.items())


def runs(days: Sequence[date]) -> str:
    """Days as people write them: 2026年2月15日至23日、3月1日."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == ONE_DAY:
            spans[-1] = [spans[-1][0], day]
        else:
            spans.append([day])
    parts, before = [], None
    for span in spans:
        text = _day_text(span[0], before)
        if len(span) > 1:
            text += f"至{_day_text(span[-1], span[0])}"
        parts.append(text)
        before = span[-1]
    return "、".join(parts)


def _day_text(day: date, before: date | None) -> str:
    if before is None or before.year != day.year:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day}日" if before.month == day.month else f"{day.month}月{day.day}日"


def _box(day: Day, first: date) -> Box:
    week, place = divmod((day.day - first).days, 7)
    return Box(day, LEFT + place * WIDTH, TOP + week * HEIGHT)


def _months(boxes: Sequence[Box]) -> list[tuple[str, int]]:
    """The month beside each week in which it begins, and beside the first one."""
    found: dict[int, str] = {}
    for box in boxes:
        if not found or box.day.day.day == 1:
            found[box.y] = f"{box.day.day.month}月"
    return [(name, y + HEIGHT // 2) for y, name in found.items()]
