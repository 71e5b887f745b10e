"""A request's clock as a value: what runs, what stands still, who owes what by which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.clock_events import ClockEvent, EventRule, Kind, event_rules
from gongkai.law.deadlines import reply_due, term_due
from gongkai.law.due import Due, Pause
from gongkai.law.model import Law
from gongkai.law.workdays import Calendar


class State(StrEnum):
    """Whether the answer clock runs."""

    RUNNING = "running"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    CONSULTING = "consulting"
    AWAITING_FEE = "awaiting_fee"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {
            "running": "计时中",
            "awaiting_supplement": "等待补正，停止计时",
            "consulting": "征求意见，停止计时",
            "awaiting_fee": "等待缴费，停止计时",
            "ended": "已答复",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something somebody must do by a day; `if_missed` says what the law makes of silence."""

    kind: str
    label: str
    actor: str
    on: date
    due: Due | None
    basis: str
    if_missed: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock after its events.

    `due` is the last day to reply, `None` while no day can be named (the clock is suspended);
    `assumed` is true while a consultation is open and its whole term was left out.
    """

    law: Law
    calendar: Calendar
    started_on: date
    extended_by: int = 0
    extended: bool = False
    supplement_asked: ClockEvent | None = None
    supplement_open: bool = False
    fee_noticed: ClockEvent | None = None
    pauses: tuple[Pause, ...] = ()
    consulting: Mapping[str, ClockEvent] = field(default_factory=lambda: MappingProxyType({}))
    ended_on: date | None = None
    delayed_until: date | None = None
    warnings: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """What the clock is doing."""
        if self.ended_on is not None:
            return State.ENDED
        if self.supplement_open:
            return State.AWAITING_SUPPLEMENT
        if self.fee_noticed is not None:
            return State.AWAITING_FEE
        return State.CONSULTING if self.consulting else State.RUNNING

    @property
    def assumed(self) -> bool:
        """True while the due date leaves out a consultation that has not come back."""
        return bool(self.consulting)

    @property
    def due(self) -> Due | None:
        """The last day to reply, or `None` while nothing can be said."""
        if self.supplement_open or self.fee_noticed is not None:
            return None
        pauses = list(self.pauses)
        for event in self.consulting.values():
            end = self.opinion_due(event)
            if end is None:
                return None
            pauses.append(pause_of(event, end.on, self.rules[event.kind]))
        return reply_due(
            self.started_on,
            law=self.law,
            calendar=self.calendar,
            paused=pauses,
            extended_by=self.extended_by,
        )

    @property
    def rules(self) -> Mapping[Kind, EventRule]:
        """The rows of the table that this request follows."""
        return event_rules(self.law)

    def opinion_due(self, event: ClockEvent) -> Due | None:
        """When the consulted side has to answer; `None` where the law set no time."""
        opens = self.rules[event.kind].opens
        if not opens:
            return None
        start = event.delivered_on or event.on
        return term_due(opens, start, law=self.law, calendar=self.calendar)

    def on_time(self) -> bool | None:
        """Whether the reply came in time; `None` before there is one."""
        if self.ended_on is None:
            return None
        due = self.due
        last = max(d for d in (due.on if due else None, self.delayed_until, date.min) if d)
        return due is None or self.ended_on <= last

    def duties(self) -> tuple[Duty, ...]:
        """The duties open now, the nearest first."""
        if self.state is State.ENDED:
            return ()
        found = [*self._own_duties(), *self._others_duties()]
        return tuple(sorted(found, key=lambda duty: duty.on))

    def _own_duties(self) -> Iterable[Duty]:
        due = self.due
        if due is not None:
            yield Duty("reply", "答复", "公开工作机构", due.on, due, due.basis)
        if self.supplement_asked is None and self.law.has("supplement_notice"):
            notice = term_due(
                "supplement_notice", self.started_on, law=self.law, calendar=self.calendar
            )
            missed = "逾期不得再以补正为由重新计算期限"
            yield Duty(
                "supplement_notice",
                "如需补正，一次性告知",
                "公开工作机构",
                notice.on,
                notice,
                notice.basis,
                missed,
            )
        if self.delayed_until is not None:
            rule = self.rules[Kind.DELAYED]
            yield Duty(
                "delayed_reply",
                "在告知的延迟期限内答复",
                rule.actor,
                self.delayed_until,
                None,
                str(rule.cite),
            )

    def _others_duties(self) -> Iterable[Duty]:
        asked = self.supplement_asked
        if self.supplement_open and asked is not None and asked.due_on is not None:
            rule = self.rules[Kind.SUPPLEMENT_ASKED]
            yield Duty(
                "supplement",
                "补正",
                rule.actor,
                asked.due_on,
                None,
                str(rule.cite),
                rule.if_missed,
            )
        for event in self.consulting.values():
            end, rule = self.opinion_due(event), self.rules[event.kind]
            if end is not None:
                kind = event.kind.value.removesuffix("_asked")
                yield Duty(kind, "提出意见", rule.actor, end.on, end, end.basis, rule.if_missed)
        if self.fee_noticed is not None:
            rule = self.rules[Kind.FEE_NOTICED]
            pay = self.fee_due()
            yield Duty("fee_payment", "缴费", rule.actor, pay.on, pay, pay.basis, rule.if_missed)

    def fee_due(self) -> Due:
        """The last day to pay, counted from the day after the notice came in."""
        if self.fee_noticed is None:
            raise ValueError("no fee notice is open")
        start = self.fee_noticed.delivered_on or self.fee_noticed.on
        return term_due("fee_payment", start, law=self.law, calendar=self.calendar)


def pause_of(event: ClockEvent, through: date, rule: EventRule) -> Pause:
    """The days of a consultation: after it was sent, up to the day it came back."""
    return Pause(event.on, max(event.on, through), f"{event.kind.label}期间不计", str(rule.cite))
