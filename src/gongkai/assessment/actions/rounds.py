"""A round planned, measured, told to the sections, sent back, closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.assessment import frozen, measures, policies, queries
from gongkai.assessment.flow import BASIS, ROUND_FLOW
from gongkai.assessment.models import Appeal, AppealOutcome, AssessmentRound, Audience, ScoreSheet
from gongkai.assessment.sheets import scheme_of, scope_of, sources_of
from gongkai.assessment.values import RoundPlan
from gongkai.assessment.writing import locked, move, need_reason, rescore, told, write_down
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.assessment import in_force
from gongkai.law.assessment import scheme as named_scheme
from gongkai.orgs.calendar import calendar
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person, Section

LONGEST = 800
MOST_TARGETS = 2000


@transaction.atomic
def plan_round(*, body: Body, plan: RoundPlan, by: Person | None, now: datetime) -> AssessmentRound:
    """Open a round with the scheme of its last day, as adjusted for the body by then."""
    policies.may_assess(by, body, plan.audience, civil_day(now)).require(BASIS)
    _refuse_odd(plan)
    last = plan.until - timedelta(days=1)
    scheme = named_scheme(plan.scheme) if plan.scheme else in_force(last, region=body.region)
    version = queries.standing_version(body, scheme.key, last)
    round_ = AssessmentRound(
        body=body,
        title=plan.title.strip() or f"{plan.start.isoformat()}至{last.isoformat()}考核",
        audience=plan.audience,
        scheme=scheme.key,
        scheme_version=version,
        period_from=plan.start,
        period_until=plan.until,
        opened_at=now,
        opened_by=by,
    )
    save_checked(round_, code="assessment.not_valid")
    data = told(round_, scheme=scheme.title, version=version.number if version else 0)
    change = Change(to_state=round_.state, basis=scheme.basis, data=data)
    write_down("assessment.planned", round_=round_, by=by, change=change)
    return round_


def _refuse_odd(plan: RoundPlan) -> None:
    fields = {}
    if plan.until <= plan.start:
        fields["until"] = "考核期间的最后一天不能早于第一天，请改正日期。"
    elif (plan.until - plan.start).days > LONGEST:
        fields["until"] = f"考核期间最长{LONGEST}天，请按年或季度考核。"
    if plan.audience not in Audience.values:
        fields["audience"] = "请选择考核对象：本机关各科室，或者下级机关。"
    if fields:
        raise Refusal("assessment.odd_plan", " ".join(fields.values()), fields=fields)


@transaction.atomic
def measure(*, round_: AssessmentRound, by: Person | None, now: datetime) -> AssessmentRound:
    """Take the figures from the data and score every section or body; may be repeated."""
    kept, today = locked(round_), civil_day(now)
    policies.may_assess(by, kept.body, kept.audience, today).require(BASIS)
    step = ROUND_FLOW.step(kept.state, "measure")
    if kept.period_from > today:
        raise Refusal(
            "assessment.too_early",
            f"考核期间从{kept.period_from.isoformat()}开始，还没有到，不能测算。",
        )
    scheme, scope = scheme_of(kept), scope_of(kept, today=today)
    if not scope.targets or len(scope.targets) > MOST_TARGETS:
        what = "在用的科室" if scope.of_sections else "在用的下级机关"
        raise Refusal(
            "assessment.no_targets",
            f"{kept.body.name}没有{what}，无从考核。请先登记，或者改选考核对象。"
            if not scope.targets
            else f"考核对象超过{MOST_TARGETS}个，请分级考核。",
        )
    found = measures.gather(scope, sources_of(scheme))
    _put_sheets(kept, {target: figures.plain() for target, figures in found.items()})
    kept.measured_at = now
    before = move(kept, step.target, "measured_at")
    rescore(kept)
    change = Change(before, step.target, scheme.basis, data=told(kept, sheets=len(found)))
    write_down("assessment.measured", round_=kept, by=by, change=change)
    return kept


def _put_sheets(round_: AssessmentRound, figures: dict[int, dict[str, object]]) -> None:
    """A sheet for each target; those of sections meanwhile closed keep their last figures."""
    by_section = round_.audience == Audience.SECTIONS
    there = {(s.section_id if by_section else s.body_id): s for s in round_.sheets.all()}
    bodies = dict(Section.objects.filter(pk__in=figures).values_list("pk", "body_id"))
    new = []
    for target, plain in figures.items():
        sheet = there.get(target)
        if sheet is not None:
            sheet.figures = plain
            continue
        where = (
            {"section_id": target, "body_id": bodies[target]} if by_section else {"body_id": target}
        )
        new.append(ScoreSheet(round=round_, figures=plain, **where))
    ScoreSheet.objects.bulk_update(
        [s for t, s in there.items() if t in figures], ["figures"], batch_size=200
    )
    ScoreSheet.objects.bulk_create(new, batch_size=200)


def appeals_end(round_: AssessmentRound, today: date) -> date:
    """The first day on which no appeal is taken any more: the scheme's working days from today."""
    days, day = calendar(), today
    left = scheme_of(round_).appeal_days
    while left:
        day += timedelta(days=1)
        left -= days.is_workday(day)
    return day + timedelta(days=1)


@transaction.atomic
def draft_scores(
    *,
    round_: AssessmentRound,
    by: Person | None,
    now: datetime,
    appeal_until: date | None = None,
) -> AssessmentRound:
    """Tell the sections their scores; from now until `appeal_until` (exclusive) they may appeal."""
    kept, today = locked(round_), civil_day(now)
    policies.may_assess(by, kept.body, kept.audience, today).require(BASIS)
    step = ROUND_FLOW.step(kept.state, "draft")
    _refuse_waiting(kept)
    kept.appeal_until = appeal_until or appeals_end(kept, today)
    if not today < kept.appeal_until <= today + timedelta(days=90):
        sentence = "申诉的最后一天要在今天或以后、90天以内，请改正日期。"
        raise Refusal("assessment.appeal_day", sentence, fields={"appeal_until": sentence})
    kept.drafted_at = now
    before = move(kept, step.target, "appeal_until", "drafted_at")
    data = told(kept, appeal_until=kept.appeal_until)
    change = Change(before, step.target, step.basis, data=data)
    write_down("assessment.drafted", round_=kept, by=by, change=change)
    return kept


def _refuse_waiting(round_: AssessmentRound) -> None:
    waiting = [
        f"{sheet.name}的“{line.indicator.words}”"
        for sheet, score in queries.scores_of(round_, scheme_of(round_))
        for line in score.waiting
    ]
    if waiting:
        more = f"等{len(waiting)}项" if len(waiting) > 3 else ""
        raise Refusal(
            "assessment.points_missing",
            f"还有人工评分没有给：{'、'.join(waiting[:3])}{more}。请先评分；没有这类工作的，给0分"
            "或满分并写明理由。",
        )


@transaction.atomic
def send_back(
    *, round_: AssessmentRound, reason: str, by: Person | None, now: datetime
) -> AssessmentRound:
    """Back to measuring, with a reason; what was given and decided is kept."""
    kept, today = locked(round_), civil_day(now)
    policies.may_assess(by, kept.body, kept.audience, today).require(BASIS)
    step = ROUND_FLOW.step(kept.state, "return")
    why = need_reason(reason)
    kept.appeal_until = None
    before = move(kept, step.target, "appeal_until")
    change = Change(before, step.target, step.basis, why, data=told(kept))
    write_down("assessment.returned", round_=kept, by=by, change=change)
    return kept


@transaction.atomic
def close_round(*, round_: AssessmentRound, by: Person | None, now: datetime) -> AssessmentRound:
    """Decide the result and freeze it with its digest; nothing in it changes afterwards."""
    kept, today = locked(round_), civil_day(now)
    policies.may_close(by, kept, today).require(BASIS)
    step = ROUND_FLOW.step(kept.state, "close")
    _refuse_waiting(kept)
    if kept.appeal_until is None or today < kept.appeal_until:
        last = kept.appeal_until - timedelta(days=1) if kept.appeal_until else "未定"
        raise Refusal(
            "assessment.appeals_open",
            f"申诉到{last}截止，还没有过，不能审定。请在期满后审定。",
        )
    if Appeal.objects.filter(sheet__round=kept, outcome=AppealOutcome.PENDING).exists():
        raise Refusal("assessment.appeals_pending", "还有申诉没有决定，请先决定申诉。")
    scheme = scheme_of(kept)
    kept.result = frozen.result_of(kept, scheme, queries.scores_of(kept, scheme))
    kept.digest = frozen.digest_of(kept.result)
    kept.closed_at, kept.closed_by = now, by
    before = move(kept, step.target, "result", "digest", "closed_at", "closed_by")
    change = Change(before, step.target, step.basis, data=told(kept, digest=kept.digest))
    role = str(policies.CLOSER[Audience(kept.audience)])
    write_down("assessment.closed", round_=kept, by=by, change=change, role=role)
    return kept
