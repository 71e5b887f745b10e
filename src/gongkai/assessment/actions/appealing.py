"""申诉: filed with a reason until a set day, decided by another person; both are kept."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.assessment import policies
from gongkai.assessment.flow import BASIS, ROUND_FLOW
from gongkai.assessment.models import Appeal, AppealOutcome, AssessmentRound, ScoreSheet
from gongkai.assessment.sheets import scheme_of, scored
from gongkai.assessment.values import Ruling
from gongkai.assessment.writing import (
    locked,
    move,
    need_reason,
    rescore,
    sheet_in,
    told,
    write_down,
)
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

MOST = 2000


@transaction.atomic
def file_appeal(
    *, sheet: ScoreSheet, key: str, reason: str, by: Person | None, now: datetime, ref: str = ""
) -> Appeal:
    """Appeal against an indicator's points, or with `ref` against one event that was counted."""
    round_ = locked(sheet.round)
    kept, today = sheet_in(round_, sheet), civil_day(now)
    policies.may_appeal(by, kept, today).require(BASIS)
    step = ROUND_FLOW.step(round_.state, "appeal")
    if round_.appeal_until is None or today >= round_.appeal_until:
        raise Refusal(
            "assessment.appeal_late",
            f"申诉的期限已过（{round_.appeal_until}前），不能再申诉。",
            step.basis,
        )
    words = _words(round_, kept, key, ref)
    appeal = Appeal(
        sheet=kept, key=key, ref=ref, reason=need_reason(reason, most=MOST), filed_by=by,
        filed_at=now,
    )  # fmt: skip
    save_checked(appeal, code="assessment.not_valid")
    before = move(round_, step.target)
    data = told(round_, target=kept.name, indicator=words)
    change = Change(before, step.target, step.basis, appeal.reason[:MOST], data)
    write_down("assessment.appealed", round_=round_, by=by, change=change, role="section_head")
    return appeal


def _words(round_: AssessmentRound, sheet: ScoreSheet, key: str, ref: str) -> str:
    """The words of the line; refused where the sheet has no such line or event."""
    score = scored(sheet, scheme_of(round_))
    if ref:
        line = next((e for e in score.events if e.rule.key == key and ref in e.refs), None)
        if line is not None and not line.rule.is_bonus:
            return line.rule.words
    else:
        found = next((x for x in score.lines if x.indicator.key == key), None)
        if found is not None and found.points is not None:
            return found.indicator.words
    raise Refusal(
        "assessment.no_line",
        "得分表上没有这一项得分或扣分，请从得分表上选择要申诉的一项。",
    )


@transaction.atomic
def decide_appeal(*, appeal: Appeal, ruling: Ruling, by: Person | None, now: datetime) -> Appeal:
    """Grant an appeal (with the new points, or the event struck) or reject it, with reasons."""
    round_ = locked(appeal.sheet.round)
    sheet = sheet_in(round_, appeal.sheet)
    rows = Appeal.objects.select_for_update(no_key=True)
    kept = rows.get(pk=appeal.pk)
    kept.sheet = sheet
    policies.may_decide(by, kept, civil_day(now)).require(BASIS)
    ROUND_FLOW.step(round_.state, "decide")
    if kept.outcome != AppealOutcome.PENDING:
        raise Refusal("assessment.appeal_decided", "这件申诉已经决定过，不再改变。")
    kept.outcome = AppealOutcome.GRANTED if ruling.granted else AppealOutcome.REJECTED
    kept.decision = need_reason(ruling.reason, most=MOST)
    kept.points = _points(round_, kept, ruling)
    kept.decided_by, kept.decided_at = by, now
    save_checked(kept, code="assessment.not_valid")
    rescore(round_)
    before, target = round_.state, round_.state
    pending = Appeal.objects.filter(sheet__round=round_, outcome=AppealOutcome.PENDING)
    if not pending.exists():
        target = ROUND_FLOW.step(round_.state, "settle").target
        move(round_, target)
    data = told(
        round_, target=sheet.name, indicator=_label(round_, kept), points=kept.points,
        outcome=AppealOutcome(kept.outcome).label,
    )  # fmt: skip
    change = Change(before, target, BASIS, kept.decision, data)
    role = "responsible_leader"
    write_down("assessment.appeal_decided", round_=round_, by=by, change=change, role=role)
    return kept


def _label(round_: AssessmentRound, appeal: Appeal) -> str:
    scheme = scheme_of(round_)
    found = scheme.indicator(appeal.key) or scheme.event(appeal.key)
    return found.words if found else appeal.key


def _points(round_: AssessmentRound, appeal: Appeal, ruling: Ruling) -> Decimal | None:
    """The new points of an indicator whose appeal is granted; none for an event."""
    if not ruling.granted or appeal.ref:
        return None
    indicator = scheme_of(round_).indicator(appeal.key)
    weight = indicator.weight if indicator else 0
    points = ruling.points
    if points is None or not points.is_finite() or not 0 <= points <= weight:
        sentence = f"申诉成立的，请写明改为多少分（0到{weight}分，按指标原分值）。"
        raise Refusal("assessment.points", sentence, fields={"points": sentence})
    return points.quantize(Decimal("0.01"))
