"""The clock of a request: its events in, dated duties out, with reasons for every day.

`run` goes through the events in order. Nothing is stored and no day is asked for: the same events
give the same dates for ever (2019 Art. 30–35, 2007 Art. 23–24, 国办函〔2020〕109号). A supplement
or a fee paid starts a new full term; an extension already approved goes on with it (inference).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from gongkai.kit.refusal import Refusal
from gongkai.law.clock_events import ClockEvent, EventRule, Kind
from gongkai.law.clock_state import Clock, Duty, State, pause_of
from gongkai.law.deadlines import Effect, term_due
from gongkai.law.due import Pause
from gongkai.law.model import Law
from gongkai.law.workdays import Calendar

__all__ = ["Clock", "ClockEvent", "Duty", "Kind", "State", "run", "step"]


def run(received_on: date, events: Iterable[ClockEvent], *, law: Law, calendar: Calendar) -> Clock:
    """The clock of a request received on a day, after `events` (in order of their days).

    Raises `Refusal` for an event the law of the request does not know or does not allow now.
    """
    clock, last = Clock(law, calendar, received_on), received_on
    for event in events:
        if event.on < last:
            raise Refusal(
                "clock.order",
                f"{event.kind.label}的日期{event.on.isoformat()}早于前一步的{last.isoformat()}，请核对。",
                str(law.term("reply").cite),
            )
        clock, last = step(clock, event), event.on
    return clock


def step(clock: Clock, event: ClockEvent) -> Clock:
    """The clock after one more event; the events before it are already in."""
    rule = clock.rules.get(event.kind)
    if rule is None:
        raise Refusal(
            "clock.unknown_event",
            f"{clock.law.base.title}没有“{event.kind.label}”这一环节，不能登记。",
            clock.law.base.title,
        )
    if clock.state is State.ENDED:
        raise Refusal(
            "clock.ended", f"申请已经答复，不能再登记{event.kind.label}。", str(rule.cite)
        )
    return _STEPS[event.kind](clock, event, rule)


def _refuse(code: str, sentence: str, rule: EventRule) -> Refusal:
    return Refusal(f"clock.{code}", sentence, str(rule.cite))


def _ask_supplement(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    if clock.supplement_asked is not None:
        raise _refuse("second_supplement", "补正只能一次性告知，不能第二次要求补正。", rule)
    if event.due_on is not None and event.due_on <= event.on:
        raise _refuse("supplement_too_short", "补正期限须晚于告知之日，请给出合理期限。", rule)
    warnings = clock.warnings
    if clock.law.has("supplement_notice"):
        last = term_due(
            "supplement_notice", clock.started_on, law=clock.law, calendar=clock.calendar
        )
        if event.on > last.on:
            warnings += (
                f"补正告知应在{last.on.isoformat()}前发出，现已逾期；是否重新计算期限可能有争议。",
            )
    return replace(clock, supplement_asked=event, supplement_open=True, warnings=warnings)


def _take_supplement(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    asked = clock.supplement_asked
    if asked is None or not clock.supplement_open:
        raise _refuse("no_supplement_asked", "没有发出过补正告知，不能登记补正。", rule)
    if asked.due_on is not None and event.on > asked.due_on and not event.reason:
        raise _refuse(
            "supplement_late",
            f"补正期限到{asked.due_on.isoformat()}为止，已经逾期。有正当理由的请写明理由；"
            "没有的，按视为放弃办理。",
            rule,
        )
    if rule.effect is Effect.RESTARTS:
        return replace(clock, supplement_open=False, started_on=event.on, pauses=())
    pause = Pause(asked.on, event.on, "补正期间不计", str(rule.cite))
    return replace(clock, supplement_open=False, pauses=(*clock.pauses, pause))


def _consult(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    if event.ref in clock.consulting:
        raise _refuse("consulting_already", "这一征求意见尚未收回，不能重复发出。", rule)
    if event.delivered_on is not None and event.delivered_on < event.on:
        raise _refuse("delivered_too_early", "送达日期不能早于发出日期，请核对。", rule)
    return replace(clock, consulting=MappingProxyType({**clock.consulting, event.ref: event}))


def _take_opinion(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    asked = clock.consulting.get(event.ref)
    if asked is None:
        raise _refuse("no_consultation", "没有对应的征求意见记录，不能登记意见。", rule)
    end, warnings = clock.opinion_due(asked), clock.warnings
    through = event.on
    if end is not None and event.on > end.on:
        through = end.on
        warnings += (f"意见在{end.on.isoformat()}之后才收到；逾期期间仍计入办理期限。",)
    rest = {ref: e for ref, e in clock.consulting.items() if ref != event.ref}
    pauses = (*clock.pauses, pause_of(asked, through, clock.rules[asked.kind]))
    return replace(clock, pauses=pauses, consulting=MappingProxyType(rest), warnings=warnings)


def _extend(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    if clock.extended:
        raise _refuse("second_extension", "延期答复只能一次，不能再次延期。", rule)
    due = clock.due
    if due is None:
        raise _refuse("extension_while_stopped", "现在停止计时，恢复计时后再办理延期。", rule)
    if event.on > due.on:
        raise _refuse(
            "extension_too_late",
            f"答复期限{due.on.isoformat()}已过，不能再延期。请尽快答复。",
            rule,
        )
    most = clock.law.term("extension").length
    if not 0 < event.days <= most:
        raise _refuse(
            "extension_length",
            f"延长答复须在1至{most}个工作日之间，不能是{event.days}个工作日。",
            rule,
        )
    return replace(clock, extended=True, extended_by=event.days)


def _notice_fee(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    if not clock.law.has("fee_payment"):
        raise _refuse("no_fee", "收到申请时还没有信息处理费的规定，不能收费。", rule)
    due = clock.due
    if due is not None and event.on > due.on:
        raise _refuse("fee_too_late", "收费通知须在办理期限内发出，现已逾期，不能收费。", rule)
    if clock.supplement_open or clock.fee_noticed is not None:
        raise _refuse("fee_now", "正在等待补正或者缴费，不能发出收费通知。", rule)
    return replace(clock, fee_noticed=event)


def _pay_fee(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    if clock.fee_noticed is None:
        raise _refuse("no_fee_noticed", "没有发出过收费通知，不能登记缴费。", rule)
    last = clock.fee_due()
    if event.on > last.on and not event.reason:
        raise _refuse(
            "fee_late",
            f"缴费期限到{last.on.isoformat()}为止，逾期视为放弃申请。确需恢复办理的请写明理由。",
            rule,
        )
    return replace(clock, fee_noticed=None, started_on=event.on, pauses=())


def _ask_reasons(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    return replace(
        clock, warnings=(*clock.warnings, f"{event.kind.label}不停止计时（{rule.cite}）。")
    )


def _delay(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    if event.due_on is None or event.due_on <= event.on:
        raise _refuse("delay_without_day", "请写明晚于今天的延迟答复期限。", rule)
    return replace(clock, delayed_until=event.due_on)


def _reply(clock: Clock, event: ClockEvent, rule: EventRule) -> Clock:
    return replace(clock, ended_on=event.on)


_STEPS: dict[Kind, Callable[[Clock, ClockEvent, EventRule], Clock]] = {
    Kind.SUPPLEMENT_ASKED: _ask_supplement,
    Kind.SUPPLEMENTED: _take_supplement,
    Kind.THIRD_PARTY_ASKED: _consult,
    Kind.JOINT_BODY_ASKED: _consult,
    Kind.OPINION_RECEIVED: _take_opinion,
    Kind.EXTENDED: _extend,
    Kind.FEE_NOTICED: _notice_fee,
    Kind.FEE_PAID: _pay_fee,
    Kind.REASONS_ASKED: _ask_reasons,
    Kind.DELAYED: _delay,
    Kind.REPLIED: _reply,
}
