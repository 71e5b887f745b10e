"""Reconsiderations and lawsuits against a reply, with what the yearly report counts of them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.closing import ENDED_STATES
from gongkai.disclosure.casework import locked, refuse_future, write_down
from gongkai.disclosure.models import (
    DisclosureRequest,
    RemedyCase,
    RemedyKind,
    RemedyOutcome,
)
from gongkai.disclosure.values import RemedyText
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

BASIS = "《条例》第五十一条"


@transaction.atomic
def open_remedy(
    *, request: DisclosureRequest, remedy: RemedyText, by: Person | None, now: datetime
) -> RemedyCase:
    """Register a reconsideration or lawsuit. A suit after reconsideration needs one that ended."""
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(BASIS)
    refuse_future(remedy.filed_on, today, "filed_on")
    if kept.state not in ENDED_STATES and kept.due_on is not None and kept.due_on >= today:
        raise Refusal(
            "remedy.too_early", "申请还在办理期限内，没有可以申请复议或者起诉的答复。", BASIS
        )
    if remedy.filed_on < kept.arrived_on:
        sentence = f"受理日期早于申请到达日期{kept.arrived_on.isoformat()}，请核对。"
        raise Refusal("remedy.before_request", sentence, BASIS, {"filed_on": sentence})
    decided = kept.remedies.filter(kind=RemedyKind.RECONSIDERATION).exclude(
        outcome=RemedyOutcome.PENDING
    )
    if remedy.kind == RemedyKind.SUIT_AFTER and not decided.exists():
        sentence = "没有审结的行政复议，不能登记“复议后起诉”。请先登记复议结果，或改选直接起诉。"
        raise Refusal("remedy.no_reconsideration", sentence, BASIS, {"kind": sentence})
    row = RemedyCase(
        request=kept,
        kind=remedy.kind,
        authority=remedy.authority.strip(),
        case_number=remedy.case_number.strip(),
        filed_on=remedy.filed_on,
        note=remedy.note.strip(),
    )
    save_checked(row, code="remedy.not_valid")
    _note("request.remedy_opened", row, by, {"filed_on": row.filed_on})
    return row


@transaction.atomic
def end_remedy(
    *, remedy: RemedyCase, outcome: str, on: date, by: Person | None, now: datetime
) -> RemedyCase:
    """Register how it ended: upheld, corrected or otherwise. Once."""
    kept = locked(remedy.request)
    policies.may_lead(by, kept, civil_day(now)).require(BASIS)
    refuse_future(on, civil_day(now))
    row = RemedyCase.objects.select_for_update(of=("self",), no_key=True).get(pk=remedy.pk)
    if row.outcome != RemedyOutcome.PENDING:
        raise Refusal("remedy.ended_already", "这件复议诉讼已经登记过结果，不能更改。", BASIS)
    if outcome == RemedyOutcome.PENDING:
        sentence = "请选择审结结果：维持、纠正或者其他。"
        raise Refusal("remedy.no_outcome", sentence, BASIS, {"outcome": sentence})
    row.outcome, row.ended_on = outcome, on
    save_checked(row, code="remedy.not_valid", only=("outcome", "ended_on"))
    data: dict[str, object] = {"outcome": RemedyOutcome(outcome).label, "on": on}
    _note("request.remedy_ended", row, by, data)
    return row


def _note(event: str, row: RemedyCase, by: Person | None, data: dict[str, object]) -> None:
    kind = {"kind": RemedyKind(row.kind).label, "remedy": row.pk}
    write_down(event, request=row.request, by=by, change=Change(basis=BASIS, data={**kind, **data}))
