"""Points by hand and events entered by hand: within bounds, with a reason, one event once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gongkai.assessment import policies
from gongkai.assessment.flow import BASIS, ROUND_FLOW
from gongkai.assessment.models import HandMark, ScoreSheet
from gongkai.assessment.sheets import BY_HAND, scheme_of
from gongkai.assessment.values import Marking
from gongkai.assessment.writing import (
    locked,
    need_reason,
    rescore,
    sheet_in,
    told,
    write_down,
)
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.assessment.model import EventRule, Indicator
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

CENT = Decimal("0.01")


@transaction.atomic
def give_points(
    *, sheet: ScoreSheet, marking: Marking, by: Person | None, now: datetime
) -> HandMark:
    """Give an indicator its points; a later giving stands above an earlier, which is kept."""
    round_ = locked(sheet.round)
    kept = sheet_in(round_, sheet)
    policies.may_give(by, kept, civil_day(now)).require(BASIS)
    step = ROUND_FLOW.step(round_.state, "give")
    indicator = scheme_of(round_).indicator(marking.key)
    if indicator is None or not indicator.by_hand:
        raise Refusal(
            "assessment.not_by_hand",
            "这一项按系统记录计算，不由人评分。对结果有异议的，请在公布初评后申诉。",
        )
    points = _bounded(marking.points, indicator)
    mark = HandMark(
        sheet=kept, key=indicator.key, points=points, reason=need_reason(marking.reason),
        by=by, at=now,
    )  # fmt: skip
    save_checked(mark, code="assessment.not_valid")
    rescore(round_)
    data = told(round_, target=kept.name, indicator=indicator.words, points=points)
    change = Change(round_.state, step.target, indicator.basis, mark.reason, data)
    write_down("assessment.mark_given", round_=round_, by=by, change=change)
    return mark


def _bounded(points: Decimal | None, indicator: Indicator) -> Decimal:
    sentence = f"“{indicator.words}”请给0到{indicator.weight}分，最多两位小数。"
    if points is None or not points.is_finite() or not 0 <= points <= indicator.weight:
        raise Refusal("assessment.points", sentence, indicator.basis, fields={"points": sentence})
    if points != points.quantize(CENT):
        raise Refusal("assessment.points", sentence, indicator.basis, fields={"points": sentence})
    return points.quantize(CENT)


@transaction.atomic
def enter_event(
    *, sheet: ScoreSheet, marking: Marking, by: Person | None, now: datetime
) -> HandMark:
    """Enter a bonus or a deduction the data do not show, tied to the event it is for."""
    round_ = locked(sheet.round)
    kept = sheet_in(round_, sheet)
    policies.may_give(by, kept, civil_day(now)).require(BASIS)
    step = ROUND_FLOW.step(round_.state, "give")
    rule = _rule(scheme_of(round_).event(marking.key))
    what = " ".join(marking.ref.split())
    if not what or len(what) > 100:
        sentence = "请写明是哪一件事（文号、日期或名称，100字以内），同一件事只计一次。"
        raise Refusal("assessment.no_event", sentence, fields={"ref": sentence})
    mark = HandMark(
        sheet=kept, key=rule.key, points=rule.points, ref=f"{BY_HAND}{what}",
        reason=need_reason(marking.reason), by=by, at=now,
    )  # fmt: skip
    save_checked(mark, code="assessment.not_valid")
    rescore(round_)
    data = told(round_, target=kept.name, indicator=rule.words, ref=what, points=rule.points)
    change = Change(round_.state, step.target, rule.basis, mark.reason, data)
    write_down("assessment.event_entered", round_=round_, by=by, change=change)
    return mark


def _rule(rule: EventRule | None) -> EventRule:
    if rule is None or rule.source:
        raise Refusal(
            "assessment.not_by_hand",
            "这类加减分由系统记录认定，不由人登记。请选择办法里由人登记的一类。",
        )
    return rule
