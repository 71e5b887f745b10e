"""Step 1: the section proposes an attribute for a frozen version. Also the periodic re-review."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.flow import Transition
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.orgs.models import Person, Role
from gongkai.records.actions import freeze
from gongkai.records.choices import Attribute
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record
from gongkai.records.numbering import Grammar, allot
from gongkai.records.writing import SECTION_CAPACITIES, capacity, locked, write_down
from gongkai.review import policies, queries
from gongkai.review.actions.noting import rescan
from gongkai.review.checklist import KEYS, QUESTIONS
from gongkai.review.grounds import check_ground
from gongkai.review.models import ReviewSheet
from gongkai.review.values import Proposal

SHEET_NUMBER = Grammar("审〔{year}〕{serial}号", restarts_yearly=True)


def propose(*, record: Record, proposal: Proposal, by: Person, now: datetime) -> ReviewSheet:
    """Freeze the draft and hand its review sheet to the review group.

    Refused while a finding waits for its answer, and while the draft lacks what the catalog needs.
    """
    today = civil_day(now)
    policies.may_propose(by, record, today).require(policies.THREE_STEPS)
    if RECORD_FLOW.can(record.state, "propose"):
        # Committed on its own: what is found now must stay to be answered when we refuse.
        rescan(record=record, now=now)
    with transaction.atomic():
        kept = locked(record)
        policies.may_propose(by, kept, today).require(policies.THREE_STEPS)
        step = RECORD_FLOW.step(kept.state, "propose")
        refuse_open_findings(kept)
        _refuse_incomplete(kept, proposal)
        law = in_force(today, region=kept.body.region)
        check_ground(proposal.attribute, proposal.ground, proposal.reason, law)
        _check_answers(proposal)
        sheet = _begin(kept, proposal, by, now)
        kept.state = step.target
        kept.save(update_fields=["state"])
        _write(kept, sheet, step, by)
    return sheet


def _begin(kept: Record, proposal: Proposal, by: Person, now: datetime) -> ReviewSheet:
    today = civil_day(now)
    version = freeze(record=kept, reason=proposal.reason, by=by, now=now)
    return ReviewSheet.objects.create(
        body=kept.body,
        record=kept,
        version=version,
        number=allot(
            SHEET_NUMBER,
            body=kept.body,
            kind="review_sheet",
            year=today.year,
            subject=("record", kept.pk),
            now=now,
        ),
        is_rereview=kept.sheets.filter(state="decided", decided_attribute="withheld").exists(),
        proposed_attribute=proposal.attribute,
        proposed_ground=proposal.ground,
        proposed_reason=proposal.reason.strip(),
        checklist={key: bool(proposal.checklist.get(key, False)) for key in KEYS},
        proposed_by=by,
        proposed_at=now,
    )


def _write(kept: Record, sheet: ReviewSheet, step: Transition, by: Person) -> None:
    data = {
        "sheet": sheet.number,
        "attribute": Attribute(sheet.proposed_attribute).label,
        "version": sheet.version.number,
        "digest": sheet.version.digest,
    }
    write_down(
        "record.proposed",
        record=kept,
        by=by,
        role=capacity(by, kept, civil_day(sheet.proposed_at), SECTION_CAPACITIES),
        change=Change("draft", step.target, step.basis, sheet.proposed_reason[:300], data),
    )


def refuse_open_findings(record: Record) -> None:
    """No step of the review while a finding waits for a person's answer."""
    waiting = queries.open_findings(record).count()
    if waiting:
        raise Refusal(
            "review.open_findings",
            f"还有{waiting}处发现没有答复。请逐处选择“采用建议”“改为”或“保留原文”，再提出审查。",
            "先审查后公开",
        )


def _refuse_incomplete(record: Record, proposal: Proposal) -> None:
    fields: dict[str, str] = {}
    if not record.created_on:
        fields["created_on"] = "请填写生成日期：公开期限从这一天起算。"
    if record.section is None:
        fields["section"] = "请选择责任科室：谁公开谁审查。"
    if proposal.attribute == Attribute.PROACTIVE:
        if not record.abstract.strip():
            fields["abstract"] = (
                "请填写内容概述：目录须有索引、名称、内容概述、生成日期（第十二条）。"
            )
        if record.catalog_class is None and record.column == "catalog":
            fields["catalog_class"] = "请选择信息分类。"
    if fields:
        raise Refusal("review.incomplete", " ".join(fields.values()), "《条例》第十二条", fields)


def _check_answers(proposal: Proposal) -> None:
    """A "yes" on the sheet and 主动公开 contradict each other, unless it is a warning only."""
    if proposal.attribute != Attribute.PROACTIVE:
        return
    said_yes = [q for key, q, ground in QUESTIONS if ground and proposal.checklist.get(key)]
    if said_yes:
        sentence = f"审查单上“{said_yes[0]}”答了“是”，不能提出主动公开。请改正其中一处。"
        raise Refusal("review.contradiction", sentence, "《条例》第十四条至第十六条")


@transaction.atomic
def begin_rereview(*, record: Record, by: Person, now: datetime) -> Record:
    """Take a decided record up again; it becomes a draft and walks all three steps anew.

    What is withheld comes back for its periodic re-assessment (Art. 18); what was decided to be
    proactive but is not yet published, when a fault shows at the last moment.
    """
    kept, today = locked(record), civil_day(now)
    policies.may_propose(by, kept, today).require(policies.THREE_STEPS)
    step = RECORD_FLOW.step(kept.state, "rereview")
    kept.state = step.target
    kept.save(update_fields=["state"])
    role = capacity(by, kept, today, (*SECTION_CAPACITIES, Role.REVIEW_GROUP))
    write_down(
        "record.rereview_begun",
        record=kept,
        by=by,
        role=role,
        change=Change("decided", step.target, step.basis),
    )
    return kept
