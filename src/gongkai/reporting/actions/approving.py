"""Handed in, sent back, approved under a digest, opened again for a correction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.annual_report.model import Break
from gongkai.orgs.models import Person, Role
from gongkai.reporting import narrative, policies
from gongkai.reporting.claims import refuse_contradictions
from gongkai.reporting.digest import digest_of
from gongkai.reporting.figures import Figures, carried_keys, unpacked
from gongkai.reporting.flow import ARTICLE, REPORT_FLOW
from gongkai.reporting.models import AnnualReport, Approval
from gongkai.reporting.writing import locked, recompute, write_down

LEADER = Role.RESPONSIBLE_LEADER.value
# Last year's report is closed: a difference can only be explained, not mended (inference I5).
EXPLAINED = "I5"


@transaction.atomic
def check(*, report: AnnualReport, by: Person | None, now: datetime) -> AnnualReport:
    """Hand the report in for approval: computed anew, everything adds up, nothing is missing."""
    kept, today = locked(report), civil_day(now)
    policies.may_prepare(by, kept.body, today).require(ARTICLE)
    step = REPORT_FLOW.step(kept.state, "check")
    if today.year <= kept.year:
        raise Refusal(
            "report.year_not_over",
            f"{kept.year}年还没有结束，统计期限到12月31日为止。请在{kept.year + 1}年提交批准。",
            ARTICLE,
        )
    figures, _ = recompute(kept, now)
    _require_whole(kept, figures)
    before, kept.state = kept.state, step.target
    kept.save(update_fields=["state"])
    write_down("report.checked", report=kept, by=by, states=(before, kept.state))
    return kept


def _require_whole(report: AnnualReport, figures: Figures) -> None:
    if figures.missing:
        labels = "、".join(figures.form.cells[key].label for key in figures.missing[:8])
        raise Refusal(
            "report.cells_missing",
            f"还有{len(figures.missing)}格没有填写：{labels}。没有发生的请填0。",
            ARTICLE,
        )
    broken = [b for b in figures.grave if b.code != EXPLAINED]
    if broken:
        raise Refusal("report.does_not_add_up", _sentences(broken), "勾稽关系")
    refuse_contradictions(narrative.current(report), unpacked(report.figures), report.year)


def _sentences(broken: list[Break]) -> str:
    told = "".join(b.sentence for b in broken[:5])
    return told if len(broken) <= 5 else f"{told}另有{len(broken) - 5}处。"


@transaction.atomic
def send_back(
    *, report: AnnualReport, reason: str, by: Person | None, now: datetime
) -> AnnualReport:
    """Give it back to the office, with the reason."""
    kept = locked(report)
    policies.may_approve(by, kept.body, civil_day(now)).require(ARTICLE)
    step = REPORT_FLOW.step(kept.state, "send_back")
    return _back(kept, "report.sent_back", step.target, _need(reason), by)


@transaction.atomic
def approve(
    *, report: AnnualReport, remark: str = "", by: Person | None, now: datetime
) -> Approval:
    """Freeze figures and words as they stand now. A carry-in that differs needs a remark."""
    kept = locked(report)
    policies.may_approve(by, kept.body, civil_day(now)).require(ARTICLE)
    step = REPORT_FLOW.step(kept.state, "approve")
    shown = dict(kept.figures)
    figures, _ = recompute(kept, now)
    if kept.figures != shown:
        raise Refusal(
            "report.changed_meanwhile",
            "提交批准以后数据有变化。请退回，由工作机构重新计算、核对后再提交。",
            ARTICLE,
        )
    _require_whole(kept, figures)
    carried = [b for b in figures.grave if b.code == EXPLAINED]
    if carried and not remark.strip():
        sentence = f"{_sentences(carried)}请写明与上年不一致的原因。"
        raise Refusal("report.carry_in_differs", sentence, "勾稽关系", {"remark": sentence})
    sections = narrative.current(kept)
    last = kept.approvals.aggregate(last=Max("number"))["last"] or 0
    row = Approval.objects.create(
        report=kept,
        number=last + 1,
        figures=kept.figures,
        sections=sections,
        carried=carried_keys(kept.body, kept.year),
        digest=digest_of(kept, kept.figures, sections),
        remark=remark.strip()[:500],
        approved_by=by,
        approved_at=now,
    )
    before, kept.state = kept.state, step.target
    kept.save(update_fields=["state"])
    states = (before, kept.state)
    write_down("report.approved", report=kept, by=by, role=LEADER, states=states, digest=row.digest)
    return row


@transaction.atomic
def reopen(*, report: AnnualReport, reason: str, by: Person | None, now: datetime) -> AnnualReport:
    """Correct an approved report: it is prepared and approved again; the old approval stays."""
    kept = locked(report)
    policies.may_reopen(by, kept.body, civil_day(now)).require(ARTICLE)
    step = REPORT_FLOW.step(kept.state, "reopen")
    return _back(kept, "report.reopened", step.target, _need(reason), by)


def _need(reason: str) -> str:
    text = reason.strip()
    if not text:
        sentence = "请写明理由。"
        raise Refusal("report.no_reason", sentence, ARTICLE, {"reason": sentence})
    return text[:300]


def _back(
    report: AnnualReport, event: str, target: str, reason: str, by: Person | None
) -> AnnualReport:
    before, report.state = report.state, target
    report.save(update_fields=["state"])
    role = LEADER if event == "report.sent_back" else ""
    write_down(event, report=report, by=by, role=role, states=(before, target), reason=reason)
    return report
