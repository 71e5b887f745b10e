"""The question of a whole case: what happened when, and what is due now."""

from __future__ import annotations

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.clock import ClockEvent, Kind, run
from gongkai.law.questions.model import Field, Given, Question, Told, read_day

_KINDS = tuple((kind.value, kind.label) for kind in Kind)
_SHAPE = "第三方意见写作 third_party_asked@2026-04-13，收到意见写作 opinion_received@2026-04-27"


def _event(text: str) -> ClockEvent:
    """`kind@day[:detail]`: detail is a number of days, or the day until which, or delivery."""
    name, at, rest = text.partition("@")
    when, _, detail = rest.partition(":")
    if not at or name.strip() not in dict(_KINDS):
        words = "、".join(f"{value}（{label}）" for value, label in _KINDS)
        raise Refusal(
            "question.event",
            f"“{text}”不是办理环节。请写成“环节@日期”，{_SHAPE}。可选环节：{words}。",
            fields={"events": "请写成“环节@日期”，多个用逗号分开。"},
        )
    kind, on = Kind(name.strip()), read_day(when.strip(), "events")
    if not detail.strip():
        return ClockEvent(kind, on)
    if kind is Kind.EXTENDED:
        return ClockEvent(kind, on, days=int(detail) if detail.strip().isdigit() else 0)
    day = read_day(detail.strip(), "events")
    if kind in (Kind.SUPPLEMENT_ASKED, Kind.DELAYED):
        return ClockEvent(kind, on, due_on=day)
    return ClockEvent(kind, on, delivered_on=day)


def _answer(given: Given) -> Told:
    received = given.needed_day("received", "收到申请之日")
    law = in_force(given.day("law_of") or received)
    parts = given.text("events").replace("，", ",").replace("；", ",").split(",")
    events = [_event(part.strip()) for part in parts if part.strip()]
    clock = run(received, events, law=law, calendar=given.calendar())
    due = clock.due
    data: dict[str, object] = {
        "state": clock.state.value,
        "label": clock.state.label,
        "due": due.as_dict() if due else None,
        "assumed": clock.assumed,
        "on_time": clock.on_time(),
        "duties": [
            {
                "kind": duty.kind,
                "label": duty.label,
                "actor": duty.actor,
                "on": duty.on.isoformat(),
                "basis": duty.basis,
                "if_missed": duty.if_missed,
            }
            for duty in clock.duties()
        ],
        "warnings": list(clock.warnings),
    }
    lines = [f"{clock.state.label}。", *([due.sentence()] if due else [])]
    if clock.assumed:
        lines.append("上面的日期假定被征求意见者用满期限；收到意见后重新计算。")
    for duty in clock.duties():
        missed = f"；{duty.if_missed}" if duty.if_missed else ""
        lines.append(f"{duty.on.isoformat()} {duty.actor}{duty.label}（{duty.basis}{missed}）")
    entry = ("政府信息公开申请答复", due.on) if due else None
    return Told(data, (*lines, *clock.warnings), entry)


PROGRESS = Question(
    "progress",
    "算一件申请：收到之后发生了什么，现在谁该在哪天前做什么",
    (
        Field("received", "收到申请之日", "date", required=True),
        Field("events", "办理环节", hint=f"多个用逗号分开；{_SHAPE}，延期写作 extended@日期:天数"),
        Field("law_of", "适用哪一天的法", "date", hint="不填则按收到之日"),
    ),
    _answer,
)
