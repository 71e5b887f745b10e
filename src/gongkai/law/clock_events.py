"""The events of a request's clock as a table (one row per event and decree)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.cite import Cite
from gongkai.law.deadlines import Effect
from gongkai.law.model import Law


class Kind(StrEnum):
    """What happened to a request after its receipt."""

    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENTED = "supplemented"
    THIRD_PARTY_ASKED = "third_party_asked"
    JOINT_BODY_ASKED = "joint_body_asked"
    OPINION_RECEIVED = "opinion_received"
    EXTENDED = "extended"
    FEE_NOTICED = "fee_noticed"
    FEE_PAID = "fee_paid"
    REASONS_ASKED = "reasons_asked"
    DELAYED = "delayed"
    REPLIED = "replied"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.SUPPLEMENT_ASKED: "补正告知",
    Kind.SUPPLEMENTED: "收到补正",
    Kind.THIRD_PARTY_ASKED: "征求第三方意见",
    Kind.JOINT_BODY_ASKED: "征求共同制作机关意见",
    Kind.OPINION_RECEIVED: "收到意见",
    Kind.EXTENDED: "批准延期",
    Kind.FEE_NOTICED: "收费通知送达",
    Kind.FEE_PAID: "缴费完成",
    Kind.REASONS_ASKED: "要求说明理由",
    Kind.DELAYED: "告知延迟答复期限",
    Kind.REPLIED: "答复送达",
}


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One event.

    `on` the day it happened (sent, received, approved, paid); `days` working days of an
    extension; `due_on` the time set by the body (supplement, delay); `delivered_on` when the
    consulted side got the letter; `ref` tells several consultations apart; `reason` excuses what
    came late.
    """

    kind: Kind
    on: date
    days: int = 0
    due_on: date | None = None
    delivered_on: date | None = None
    ref: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EventRule:
    """A row: effect on the answer clock, the term it opens, who must act, what if they do not."""

    effect: Effect
    cite: Cite
    opens: str = ""
    actor: str = ""
    if_missed: str = ""


def _new(article: str, note: str = "") -> Cite:
    return Cite("decree_711_2019", article, note)


def _old(article: str, note: str = "") -> Cite:
    return Cite("decree_492_2007", article, note)


_FEES = Cite("guobanhan_2020_109", "6", "memory")
_ABANDONED = "无正当理由逾期不补正，视为放弃申请，不再处理"
_SILENT_PARTY = "第三方逾期未提出意见，由行政机关依照规定决定是否公开（不是同意）"
_SILENT_BODY = "被征求意见机关逾期未提出意见，视为同意公开"
_UNPAID = "逾期未缴纳，视为放弃申请，不再处理"

_RULES: dict[str, dict[Kind, EventRule]] = {
    "decree_711_2019": {
        Kind.SUPPLEMENT_ASKED: EventRule(Effect.SUSPENDS, _new("30"), "", "申请人", _ABANDONED),
        Kind.SUPPLEMENTED: EventRule(Effect.RESTARTS, _new("30"), "reply", "公开工作机构"),
        Kind.THIRD_PARTY_ASKED: EventRule(
            Effect.PAUSES, _new("33.3"), "third_party", "第三方", _SILENT_PARTY
        ),
        Kind.JOINT_BODY_ASKED: EventRule(
            Effect.PAUSES, _new("33.3"), "joint_body", "共同制作机关", _SILENT_BODY
        ),
        Kind.OPINION_RECEIVED: EventRule(Effect.PAUSES, _new("33.3")),
        Kind.EXTENDED: EventRule(Effect.NONE, _new("33.2"), "extension", "公开工作机构"),
        Kind.FEE_NOTICED: EventRule(Effect.SUSPENDS, _FEES, "fee_payment", "申请人", _UNPAID),
        Kind.FEE_PAID: EventRule(Effect.RESTARTS, _FEES, "reply", "公开工作机构"),
        # No statutory pause was found for asking reasons (inference): the clock runs on.
        Kind.REASONS_ASKED: EventRule(
            Effect.NONE, _new("35", "inference"), "", "申请人", "理由不合理的，告知不予处理"
        ),
        Kind.DELAYED: EventRule(Effect.NONE, _new("35"), "", "公开工作机构"),
        Kind.REPLIED: EventRule(Effect.NONE, _new("33")),
    },
    "decree_492_2007": {
        # No period and no restart in the text; local forms left the time out (SH08).
        Kind.SUPPLEMENT_ASKED: EventRule(Effect.PAUSES, _old("21.1(4)"), "", "申请人"),
        Kind.SUPPLEMENTED: EventRule(Effect.PAUSES, Cite("local_practice"), "", "公开工作机构"),
        Kind.THIRD_PARTY_ASKED: EventRule(
            Effect.PAUSES, _old("24.3"), "", "第三方", "由行政机关决定"
        ),
        Kind.OPINION_RECEIVED: EventRule(Effect.PAUSES, _old("24.3")),
        Kind.EXTENDED: EventRule(Effect.NONE, _old("24.2"), "extension", "公开工作机构"),
        Kind.REPLIED: EventRule(Effect.NONE, _old("24")),
    },
}


def event_rules(law: Law) -> dict[Kind, EventRule]:
    """The events this law knows, each with its rule."""
    return _RULES[law.key]
