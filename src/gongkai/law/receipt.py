"""The day a request counts as received (收到申请之日), fixed per channel: a table per decree.

2019 Art. 31; under the decree of 2007 the practice of 国办公开办函〔2015〕207号. The day decides
the clock, so a web form or fax has none until both sides have confirmed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.model import Law


class Channel(StrEnum):
    """How a request reached the body."""

    COUNTER = "counter"
    SIGNED_POST = "signed_post"
    ORDINARY_POST = "ordinary_post"
    MISDIRECTED = "misdirected"
    WEB = "web"
    EMAIL = "email"
    FAX = "fax"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def always_open(self) -> bool:
        """True for the channels no body may close: in person and by post (〔2017〕19号)."""
        return self in _ALWAYS_OPEN


_LABELS = {
    Channel.COUNTER: "当面提交",
    Channel.SIGNED_POST: "邮寄（需签收）",
    Channel.ORDINARY_POST: "平常信函（无需签收）",
    Channel.MISDIRECTED: "寄到本机关其他部门的信函",
    Channel.WEB: "互联网渠道",
    Channel.EMAIL: "电子邮件",
    Channel.FAX: "传真",
    Channel.OTHER: "指南公布的其他渠道",
}
_ALWAYS_OPEN = frozenset(
    {Channel.COUNTER, Channel.SIGNED_POST, Channel.ORDINARY_POST, Channel.MISDIRECTED}
)


class DayOf(StrEnum):
    """Which of the days counts."""

    ARRIVED = "arrived"
    CONFIRMED = "confirmed"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class ReceiptRule:
    """One row: the day that counts, how people call it, the article."""

    day: DayOf
    called: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of an arrival.

    `arrived_on` is the day handed in, signed for, put into the letter box, sent or taken in by
    the system; `confirmed_on` the day both sides confirmed; `promised_on` the day the body's own
    announced rule for that channel gives (2007 law only).
    """

    channel: Channel
    arrived_on: date
    confirmed_on: date | None = None
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, or `None` while it is still to be confirmed, with basis and sentence."""

    on: date | None
    basis: str
    sentence: str
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "basis": self.basis,
            "sentence": self.sentence,
            "warnings": list(self.warnings),
        }


def _new(item: int, note: str = "") -> Cite:
    return Cite("decree_711_2019", f"31({item})", note)


_OLD = Cite("reply_2015_207")
_RULES: dict[str, dict[Channel, ReceiptRule]] = {
    "decree_711_2019": {
        Channel.COUNTER: ReceiptRule(DayOf.ARRIVED, "提交之日", _new(1)),
        Channel.SIGNED_POST: ReceiptRule(DayOf.ARRIVED, "签收之日", _new(2)),
        Channel.ORDINARY_POST: ReceiptRule(DayOf.CONFIRMED, "与申请人确认之日", _new(2)),
        Channel.MISDIRECTED: ReceiptRule(DayOf.CONFIRMED, "与申请人确认之日", _new(2, "inference")),
        Channel.WEB: ReceiptRule(DayOf.CONFIRMED, "双方确认之日", _new(3)),
        # E-mail and other ways over the net fall under the same item (inference).
        Channel.EMAIL: ReceiptRule(DayOf.CONFIRMED, "双方确认之日", _new(3, "inference")),
        Channel.FAX: ReceiptRule(DayOf.CONFIRMED, "双方确认之日", _new(3)),
        Channel.OTHER: ReceiptRule(DayOf.CONFIRMED, "双方确认之日", _new(3, "inference")),
    },
    "decree_492_2007": {
        Channel.COUNTER: ReceiptRule(DayOf.ARRIVED, "提交之日", _OLD),
        Channel.SIGNED_POST: ReceiptRule(DayOf.ARRIVED, "签收之日", _OLD),
        Channel.ORDINARY_POST: ReceiptRule(DayOf.CONFIRMED, "电话确认之日", _OLD),
        Channel.MISDIRECTED: ReceiptRule(DayOf.CONFIRMED, "电话确认之日", _OLD),
        Channel.WEB: ReceiptRule(DayOf.PROMISED, "公布的规定时间", _OLD),
        Channel.EMAIL: ReceiptRule(DayOf.ARRIVED, "系统接收之日", _OLD),
        Channel.FAX: ReceiptRule(DayOf.CONFIRMED, "收到并双方确认之日", _OLD),
        Channel.OTHER: ReceiptRule(DayOf.PROMISED, "公布的规定时间", _OLD),
    },
}


def rule_for(channel: Channel, law: Law) -> ReceiptRule:
    """The row of the table for a channel under a law."""
    return _RULES[law.key][channel]


def receipt(arrival: Arrival, *, law: Law) -> Receipt:
    """Fix the day of receipt; `law` is that of the day of arrival.

    Refuses a confirmation before the arrival. While the confirmation is missing the day is `None`
    and the sentence says what to do.
    """
    rule = rule_for(arrival.channel, law)
    confirmed = arrival.confirmed_on
    if confirmed is not None and confirmed < arrival.arrived_on:
        raise Refusal(
            "receipt.confirmed_too_early",
            f"确认日期{confirmed.isoformat()}早于到达日期{arrival.arrived_on.isoformat()}，请核对。",
            str(rule.cite),
            {"confirmed_on": "确认日期不能早于到达日期。"},
        )
    on, called = _day(arrival, rule)
    if on is None:
        return Receipt(
            None,
            str(rule.cite),
            f"{arrival.channel.label}的申请以{rule.called}为收到之日。"
            "现在还没有确认，请当日与申请人联系确认；联系不上的，登记联系情况，联系上之日起算。",
        )
    sentence = f"收到申请之日为{on.isoformat()}（{arrival.channel.label}，{called}）。"
    return Receipt(on, str(rule.cite), sentence, _late_confirmation(arrival, rule))


def _day(arrival: Arrival, rule: ReceiptRule) -> tuple[date | None, str]:
    if rule.day is DayOf.ARRIVED:
        return arrival.arrived_on, rule.called
    if rule.day is DayOf.PROMISED and arrival.promised_on is not None:
        return arrival.promised_on, rule.called
    called = "双方确认之日" if rule.day is DayOf.PROMISED else rule.called
    return arrival.confirmed_on, called


def _late_confirmation(arrival: Arrival, rule: ReceiptRule) -> tuple[str, ...]:
    """The office has to confirm on the very day an ordinary letter comes in (Art. 31(2))."""
    if rule.day is not DayOf.CONFIRMED or arrival.confirmed_on == arrival.arrived_on:
        return ()
    if arrival.channel not in (Channel.ORDINARY_POST, Channel.MISDIRECTED):
        return ()
    return ("平常信函应在收到当日与申请人确认；请在登记中写明未能当日确认的原因。",)


def require_open(channel: Channel, announced: Collection[Channel]) -> None:
    """Refuse a channel the guide does not announce; post and counter are always open."""
    if channel.always_open or channel in announced:
        return
    raise Refusal(
        "receipt.channel_closed",
        f"本机关的指南没有开通{channel.label}接收申请，请申请人当面提交或者邮寄。",
        str(Cite("channels_2017_19")),
    )
