"""The question of a whole case: how it came in, what happened when, and what is due now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.clock import Clock, ClockEvent, Kind, run
from gongkai.law.ics import Entry
from gongkai.law.model import Law
from gongkai.law.questions.dates import CHANNELS
from gongkai.law.questions.model import (
    Field,
    Given,
    Question,
    Told,
    read_day,
    require_near,
)
from gongkai.law.receipt import Arrival, Channel, Receipt, receipt
from gongkai.law.workdays import Calendar

KINDS = tuple((kind.value, kind.label) for kind in Kind)
MOST_EVENTS = 20
_SHAPE = "第三方意见写作 third_party_asked@2026-04-13，收到意见写作 opinion_received@2026-04-27"
_REPLY = "政府信息公开申请答复"


def _event(text: str, key: str) -> ClockEvent:
    """`kind#ref@day:detail`; `ref` and detail may be missing.

    `ref` tells several consultations apart; detail is a number of days (extension), the day until
    which (supplement, delay) or the day of delivery (all others).
    """
    head, at, rest = text.partition("@")
    name, _, ref = head.partition("#")
    when, _, detail = (part.strip() for part in rest.partition(":"))
    if not at or name.strip() not in dict(KINDS):
        words = "、".join(f"{value}（{label}）" for value, label in KINDS)
        raise Refusal(
            "question.event",
            f"“{text}”不是办理环节。请写成“环节@日期”，{_SHAPE}。可选环节：{words}。",
            fields={key: "请写成“环节@日期”，多个用逗号分开。"},
        )
    kind, on = Kind(name.strip()), read_day(when, key)
    if not detail:
        return ClockEvent(kind, on, ref=ref.strip())
    if kind is Kind.EXTENDED:
        plain = detail.isascii() and detail.isdigit() and len(detail) < 5
        return ClockEvent(kind, on, days=int(detail) if plain else 0)
    day = read_day(detail, key)
    if kind in (Kind.SUPPLEMENT_ASKED, Kind.DELAYED):
        return ClockEvent(kind, on, due_on=day)
    return ClockEvent(kind, on, delivered_on=day, ref=ref.strip())


def _events(given: Given, received: date) -> list[ClockEvent]:
    """The events told; what is wrong with the third is said beside `events.3`."""
    texts = given.text("events").replace("，", ",").replace("；", ",").split(",")
    texts = [text.strip() for text in texts if text.strip()]
    if len(texts) > MOST_EVENTS:
        raise Refusal(
            "question.too_many",
            f"办理环节最多{MOST_EVENTS}个，现有{len(texts)}个，请减少后再算。",
            fields={"events": f"最多{MOST_EVENTS}个。"},
        )
    events = []
    for number, text in enumerate(texts, 1):
        event = _event(text, f"events.{number}")
        for day in (event.on, event.due_on, event.delivered_on):
            require_near(received, day or received, f"events.{number}")
        events.append(event)
    return events


@dataclass(frozen=True, slots=True)
class _Case:
    """What the clock is run with."""

    received: date
    events: Sequence[ClockEvent]
    law: Law
    calendar: Calendar

    def clock(self, count: int) -> Clock:
        """The clock after the first events."""
        return run(self.received, self.events[:count], law=self.law, calendar=self.calendar)


def _run(case: _Case) -> Clock:
    """The clock; a refusal is put beside the first event that brings it about."""
    try:
        return case.clock(len(case.events))
    except Refusal as refusal:
        for count in range(1, len(case.events)):
            try:
                case.clock(count)
            except Refusal as first:
                first.fields = {f"events.{count}": first.sentence}
                raise first from None
        refusal.fields = {f"events.{len(case.events)}": refusal.sentence}
        raise


def _received(given: Given) -> Receipt:
    """The day of receipt: as told, or from the channel and the day of arrival."""
    if not given.text("channel"):
        day = given.needed_day("received", "收到申请之日（或者提交渠道和到达日期）")
        return Receipt(day, "", "")
    channel = Channel(given.choice("channel", CHANNELS))
    arrived = given.needed_day("arrived", "到达（提交、签收）日期")
    arrival = Arrival(channel, arrived, given.day("confirmed"), given.day("promised"))
    return receipt(arrival, law=in_force(given.day("law_of") or arrived))


def _answer(given: Given) -> Told:
    found = _received(given)
    told = [found.sentence, *found.warnings, f"依据：{found.basis}。"] if found.sentence else []
    if found.on is None:
        return Told(_data(found, None), tuple(told))
    law = in_force(given.day("law_of") or found.on)
    clock = _run(_Case(found.on, _events(given, found.on), law, given.calendar()))
    return Told(_data(found, clock), (*told, *_lines(clock)), _entries(clock))


def _data(found: Receipt, clock: Clock | None) -> dict[str, object]:
    due = clock.due if clock else None
    return {
        "received": found.on.isoformat() if found.on else None,
        "receipt": found.as_dict() if found.sentence else None,
        "state": clock.state.value if clock else "awaiting_confirmation",
        "label": clock.state.label if clock else "等待双方确认，还没有开始计时",
        "started": clock.started_on.isoformat() if clock else None,
        "due": due.as_dict() if due else None,
        "assumed": clock.assumed if clock else False,
        "on_time": clock.on_time() if clock else None,
        "duties": [
            {
                "kind": duty.kind,
                "label": duty.label,
                "actor": duty.actor,
                "on": duty.on.isoformat(),
                "basis": duty.basis,
                "provisional": duty.due is not None and duty.due.provisional,
                "if_missed": duty.if_missed,
            }
            for duty in (clock.duties() if clock else ())
        ],
        "warnings": [*found.warnings, *(clock.warnings if clock else ())],
    }


def _lines(clock: Clock) -> tuple[str, ...]:
    due = clock.due
    lines = [f"{clock.state.label}。", *([due.sentence()] if due else [])]
    if clock.assumed:
        lines.append("上面的日期假定被征求意见者用满期限；收到意见后重新计算。")
    if clock.on_time() is not None:
        lines.append("答复没有超过期限。" if clock.on_time() else "答复超过了期限。")
    for duty in clock.duties():
        missed = f"；{duty.if_missed}" if duty.if_missed else ""
        lines.append(f"{duty.on.isoformat()} {duty.actor}{duty.label}（{duty.basis}{missed}）")
    return (*lines, *clock.warnings)


def _entries(clock: Clock) -> tuple[Entry, ...]:
    """One per open duty, the reply first; after the reply its last day alone."""
    due = clock.due
    found = [Entry("reply", _REPLY, due.on, due.sentence(), due)] if due else []
    for duty in clock.duties():
        if duty.kind != "reply":
            missed = f"{duty.if_missed}。" if duty.if_missed else ""
            words = f"{duty.due.sentence() if duty.due else ''}{missed}依据：{duty.basis}。"
            summary = f"{duty.actor}：{duty.label}"
            found.append(Entry(duty.kind, summary, duty.on, words, duty.due))
    return tuple(found)


PROGRESS = Question(
    "progress",
    "算一件申请：收到之后发生了什么，现在谁该在哪天前做什么",
    (
        Field("received", "收到申请之日", "date", hint="或者填下面的渠道和日期"),
        Field("channel", "提交渠道", "choice", choices=CHANNELS),
        Field("arrived", "提交、签收或到达日期", "date"),
        Field("confirmed", "双方确认日期", "date"),
        Field("promised", "渠道规则所定日期", "date", hint="仅用于2019年5月15日前"),
        Field(
            "events",
            "办理环节",
            hint=f"多个用逗号分开；{_SHAPE}，延期写作 extended@日期:天数",
            most=2000,
        ),
        Field("law_of", "适用哪一天的法", "date", hint="不填则按收到之日"),
    ),
    _answer,
)
