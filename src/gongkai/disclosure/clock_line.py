"""The clock of a case as a line of days: stretches of like days, and the turns with articles.

Everything here is read off the clock of `law`; no rule is applied a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.disclosure import casework
from gongkai.disclosure.models import DisclosureRequest
from gongkai.law.clock import Clock, ClockEvent, Kind
from gongkai.law.deadlines import Effect

ONE_DAY = timedelta(days=1)
# A line longer than this is drawn only at its end: nobody can read ten thousand days.
LONGEST = 400
WIDTH, TOP, HEIGHT = 1000.0, 34.0, 26.0
# What a phone shows without being pushed sideways.
NARROW = 360.0

LABELS = {
    "counted": "计入期限",
    "off": "休息日、节假日，不计",
    "paused": "征求意见，不计",
    "stopped": "等待补正或者缴费，停止计时",
    "before": "重新起算前已过的日子，不再计",
    "late": "超过期限",
}
_EFFECTS = {
    Effect.PAUSES: "停表：这段时间不计",
    Effect.SUSPENDS: "停止计时",
    Effect.RESTARTS: "重新起算",
    Effect.NONE: "计时照常",
}
RECEIVED, FROM_NEXT, TODAY = "收到申请", "次日起算", "今天"
DUE, PROVISIONAL = "答复期限", "答复期限（暂定）"
RESUMED, ENDED = "恢复计时", "计时结束"
_STOPS = {Kind.SUPPLEMENT_ASKED: Kind.SUPPLEMENTED, Kind.FEE_NOTICED: Kind.FEE_PAID}


def words() -> Iterator[str]:
    """Every fixed word of a line, for the catalog of another language."""
    yield from (*LABELS.values(), *_EFFECTS.values(), RECEIVED, FROM_NEXT, TODAY, DUE, PROVISIONAL)
    yield from (RESUMED, ENDED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one kind, both ends included; `x` and `width` on a line 1000 wide."""

    kind: str
    first: date
    last: date
    x: float
    width: float

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which something changed: what, what it does to the clock, on which article."""

    number: int
    on: date
    label: str
    effect: str
    basis: str
    tone: str = ""
    x: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark over the line: where, the numbers of its turns, and the gravest of their tones."""

    x: float
    words: str
    tone: str


def _marks(turns: tuple[Turn, ...], scale: float, gap: float) -> Iterator[Mark]:
    """Turns nearer to each other than `gap` share a mark, so that no number hides another."""
    held: list[Turn] = []
    for turn in sorted((t for t in turns if t.tone != "today"), key=lambda t: (t.x, t.number)):
        if held and (turn.x - held[0].x) * scale >= gap:
            yield _mark(held, scale)
            held = []
        held.append(turn)
    if held:
        yield _mark(held, scale)


def _mark(turns: list[Turn], scale: float) -> Mark:
    words = "·".join(str(turn.number) for turn in turns)
    tone = next((t.tone for t in reversed(turns) if t.tone), "")
    return Mark(round(turns[-1].x * scale, 2), words, tone)


@dataclass(frozen=True, slots=True)
class Line:
    """The whole line."""

    stretches: tuple[Stretch, ...]
    turns: tuple[Turn, ...]
    first: date
    last: date
    counted: int
    today_x: float | None
    cut: bool

    @property
    def marks(self) -> list[Mark]:
        """The turns over a line 1000 wide, today apart; close ones stand under one mark."""
        return list(_marks(self.turns, 1.0, 26.0))

    @property
    def narrow_marks(self) -> list[Mark]:
        """The same over a line `NARROW` wide, for a phone."""
        return list(_marks(self.turns, NARROW / WIDTH, 20.0))

    @property
    def narrow_today(self) -> float | None:
        """Where today stands on the narrow line."""
        return None if self.today_x is None else round(self.today_x * NARROW / WIDTH, 2)

    @property
    def key(self) -> list[tuple[str, str]]:
        """The kinds of days on this line with their words, in the order of the table."""
        there = {stretch.kind for stretch in self.stretches}
        return [(kind, label) for kind, label in LABELS.items() if kind in there]

    @property
    def summary(self) -> str:
        """One sentence that says what the drawing shows."""
        told = "；".join(f"{turn.on.isoformat()} {turn.label}" for turn in self.turns)
        return f"从{self.first.isoformat()}到{self.last.isoformat()}：{told}。"


def line_of(request: DisclosureRequest, clock: Clock, today: date) -> Line:
    """The line of a case whose day of receipt is fixed."""
    assert request.received_on is not None
    start = Turn(1, request.received_on, RECEIVED, FROM_NEXT, request.received_basis)
    return drawn(start, clock, casework.events_of(request), today)


def drawn(start: Turn, clock: Clock, events: list[ClockEvent], today: date) -> Line:
    """The line from the day of receipt through `events`, of which `clock` is the clock."""
    received = start.on
    last = _last_day(clock, events, today)
    first = max(received, last - LONGEST * ONE_DAY)
    place = _Place(first, last)
    kinds = _Days(clock, events, today)
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    stretches = tuple(_stretches(days, kinds, place))
    turns = tuple(_turns(start, clock, events, (today, place)))
    inside = first <= today <= last
    return Line(
        stretches,
        turns,
        first,
        last,
        sum(1 for day in days if kinds.kind(day) == "counted" and day <= kinds.until),
        place.middle(today) if inside else None,
        first > received,
    )


def _last_day(clock: Clock, events: list[ClockEvent], today: date) -> date:
    due = clock.due
    ends = [clock.started_on, *(e.on for e in events)]
    ends += [due.on] if due else []
    if clock.ended_on is None:
        ends += [today, *(duty.on for duty in clock.duties())]
    return max(ends)


class _Place:
    """Where a day stands on the line."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.step = WIDTH / ((last - first).days + 1)

    def left(self, day: date) -> float:
        return round((day - self.first).days * self.step, 2)

    def middle(self, day: date) -> float:
        return round(self.left(day) + self.step / 2, 2)


class _Days:
    """What each day is: read off the pauses, stops and the due date of the clock."""

    def __init__(self, clock: Clock, events: list[ClockEvent], today: date) -> None:
        self.clock, self.due = clock, clock.due
        self.until = clock.ended_on or today
        self.stops = list(_stops(events))
        restarts = [e.on for e in events if clock.rules[e.kind].effect is Effect.RESTARTS]
        self.restarted = max(restarts, default=None)
        # The pauses that count belong to the present term; those before a restart do not.
        self.pauses = self.due.pauses if self.due else clock.pauses

    def kind(self, day: date) -> str:
        for after, through in self.stops:
            if after < day and (through is None or day <= through):
                return "stopped"
        if self.restarted is not None and day <= self.restarted:
            return "before"
        if any(day in pause for pause in self.pauses):
            return "paused"
        if self.due is not None and day > self.due.on:
            return "late" if day <= self.until else "off"
        if day == self.clock.started_on or not self.clock.calendar.is_workday(day):
            return "off"
        return "counted"


def _stops(events: Iterable[ClockEvent]) -> Iterable[tuple[date, date | None]]:
    """(after, through) of every stop; `None` while it lasts."""
    listed = list(events)
    for n, event in enumerate(listed):
        if event.kind in _STOPS:
            ends = (e.on for e in listed[n + 1 :] if e.kind in (_STOPS[event.kind], Kind.REPLIED))
            yield event.on, next(ends, None)


def _stretches(days: list[date], kinds: _Days, place: _Place) -> Iterable[Stretch]:
    run: list[date] = []
    for day in days:
        if run and kinds.kind(run[0]) != kinds.kind(day):
            yield _stretch(run, kinds, place)
            run = []
        run.append(day)
    if run:
        yield _stretch(run, kinds, place)


def _stretch(run: list[date], kinds: _Days, place: _Place) -> Stretch:
    width = round(place.step * len(run), 2)
    return Stretch(kinds.kind(run[0]), run[0], run[-1], place.left(run[0]), width)


def _turns(
    start: Turn, clock: Clock, events: list[ClockEvent], at: tuple[date, _Place]
) -> Iterable[Turn]:
    today, place = at
    told = [(start.on, start.label, start.effect, start.basis, "")]
    for event in events:
        rule = clock.rules[event.kind]
        told.append((event.on, event.kind.label, _effect(event, rule.effect), str(rule.cite), ""))
    due = clock.due
    if due is not None:
        missed = (clock.ended_on or today) > due.on
        label = PROVISIONAL if due.provisional or clock.assumed else DUE
        told.append((due.on, label, due.sentence(), due.basis, "overdue" if missed else "due"))
    if clock.ended_on is None:
        told.append((today, TODAY, clock.state.label, "", "today"))
    told.sort(key=lambda each: each[0])
    for number, (on, label, effect, basis, tone) in enumerate(told, 1):
        yield Turn(number, on, label, effect, basis, tone, place.middle(max(on, place.first)))


def _effect(event: ClockEvent, effect: Effect) -> str:
    if event.kind is Kind.EXTENDED:
        return f"延长{event.days}个工作日"
    if event.kind is Kind.OPINION_RECEIVED:
        return RESUMED
    if event.kind is Kind.REPLIED:
        return ENDED
    if event.kind is Kind.DELAYED and event.due_on is not None:
        return f"延迟至{event.due_on.isoformat()}前答复"
    return _EFFECTS[effect]
