"""What a register row tells of the way to the reply: steps in order, the party, fee, remedies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from gongkai.disclosure.casework import add_step, law_of
from gongkai.disclosure.models import (
    Consultation,
    DisclosureRequest,
    Fee,
    RemedyCase,
    RemedyKind,
    RemedyOutcome,
)
from gongkai.disclosure.register_columns import BY_KEY
from gongkai.law.clock import ClockEvent, Kind
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

Row = Mapping[str, str]
REF = "征询1"
NOT_TOLD = "原台账未载"


def enter(request: DisclosureRequest, row: Row, *, by: Person | None, now: datetime) -> None:
    """Every step in the order of its day; the clock of the row's law allows it or refuses."""
    _require_pairs(row)
    _party(request, row)
    _fee(request, row)
    for event in sorted(_events(request, row), key=lambda event: event.on):
        add_step(request, event, by=by, now=now)


def _require_pairs(row: Row) -> None:
    """A second half without its first, or a number without its day."""
    pairs = (
        ("supplemented_on", "supplement_asked_on"),
        ("supplement_due_on", "supplement_asked_on"),
        ("third_party_opinion_on", "third_party_asked_on"),
        ("third_party_opinion", "third_party_opinion_on"),
        ("third_party_opinion_on", "third_party_opinion"),
        ("extended_days", "extended_on"),
        ("extended_on", "extended_days"),
        ("fee_paid_on", "fee_noticed_on"),
        ("fee_noticed_on", "fee_yuan"),
        *_remedy_pairs(),
    )
    for given, needed in pairs:
        if row[given] and not row[needed]:
            raise BY_KEY[needed].refuse(f"填写了{BY_KEY[given].label}的，这一栏也要填写。")


def _remedy_pairs() -> Iterator[tuple[str, str]]:
    for kind in RemedyKind.values:
        for part in ("authority", "outcome", "ended_on"):
            yield f"{kind}_{part}", f"{kind}_filed_on"
        yield f"{kind}_ended_on", f"{kind}_outcome"


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _events(request: DisclosureRequest, row: Row) -> Iterator[ClockEvent]:
    """In the order in which they follow each other on one day."""
    if asked := _date(row["supplement_asked_on"]):
        yield ClockEvent(Kind.SUPPLEMENT_ASKED, asked, due_on=_date(row["supplement_due_on"]))
    if taken := _date(row["supplemented_on"]):
        # The register tells that it was accepted, not why: late ones had their reason.
        yield ClockEvent(Kind.SUPPLEMENTED, taken, reason=NOT_TOLD)
    if sent := _date(row["third_party_asked_on"]):
        yield ClockEvent(Kind.THIRD_PARTY_ASKED, sent, delivered_on=sent, ref=REF)
    if heard := _date(row["third_party_opinion_on"]):
        yield ClockEvent(Kind.OPINION_RECEIVED, heard, ref=REF)
    if extended := _date(row["extended_on"]):
        yield ClockEvent(Kind.EXTENDED, extended, int(row["extended_days"]))
    # Before 2021 fees did not touch the clock (复制、邮寄费).
    if law_of(request).has("fee_payment"):
        if noticed := _date(row["fee_noticed_on"]):
            yield ClockEvent(Kind.FEE_NOTICED, noticed, delivered_on=noticed)
        if paid := _date(row["fee_paid_on"]):
            yield ClockEvent(Kind.FEE_PAID, paid, reason=NOT_TOLD)


def _party(request: DisclosureRequest, row: Row) -> None:
    if not row["third_party_asked_on"]:
        return
    day = _date(row["third_party_asked_on"])
    party = Consultation(
        request=request,
        ref=REF,
        kind="third_party",
        party=NOT_TOLD,
        information=NOT_TOLD,
        asked_on=day,
        delivered_on=day,
        opinion=row["third_party_opinion"],
        opinion_on=_date(row["third_party_opinion_on"]),
    )
    save_checked(party, code="consult.not_valid")


def _fee(request: DisclosureRequest, row: Row) -> None:
    if not row["fee_yuan"]:
        return
    fee = Fee(
        request=request,
        way=row["fee_way"] or "items",
        amount_yuan=int(row["fee_yuan"]),
        tariff=NOT_TOLD,
        noticed_on=_date(row["fee_noticed_on"]),
        paid_on=_date(row["fee_paid_on"]),
    )
    save_checked(fee, code="fee.not_valid")


def remedies(request: DisclosureRequest, row: Row) -> None:
    """Reconsideration and lawsuits, each as the register tells it."""
    for kind in RemedyKind.values:
        filed = _date(row[f"{kind}_filed_on"])
        if filed is None:
            continue
        _require_order(request, row, kind, filed)
        case = RemedyCase(
            request=request,
            kind=kind,
            authority=row[f"{kind}_authority"] or NOT_TOLD,
            filed_on=filed,
            outcome=row[f"{kind}_outcome"] or RemedyOutcome.PENDING,
            ended_on=_date(row[f"{kind}_ended_on"]),
        )
        save_checked(case, code="remedy.not_valid")


def _require_order(request: DisclosureRequest, row: Row, kind: str, filed: date) -> None:
    """Nobody complains before he has asked; a suit after reconsideration comes after it."""
    column = BY_KEY[f"{kind}_filed_on"]
    if filed < request.arrived_on:
        raise column.refuse(f"早于申请到达日期{request.arrived_on.isoformat()}，请核对。")
    if kind != RemedyKind.SUIT_AFTER:
        return
    ended, label = row["reconsideration_ended_on"], BY_KEY["reconsideration_ended_on"].label
    if not ended:
        raise column.refuse(f"复议后起诉须有审结的行政复议，请填写{label}，或者改为直接起诉。")
    if filed.isoformat() < ended:
        raise column.refuse(f"早于{label}{ended}，请核对两个日期。")
