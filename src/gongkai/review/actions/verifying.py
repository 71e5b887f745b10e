"""Step 2: the review group verifies with its opinion; steps 2 and 3 can send back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person, Role
from gongkai.records.choices import Attribute
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.writing import capacity, locked, write_down
from gongkai.review import policies
from gongkai.review.actions.proposing import refuse_open_findings
from gongkai.review.flow import SHEET_FLOW
from gongkai.review.models import ReviewSheet
from gongkai.review.values import Opinion


def locked_sheet(sheet: ReviewSheet) -> ReviewSheet:
    """The record first, then its sheet: everybody locks in this order."""
    locked(sheet.record)
    return (
        ReviewSheet.objects.select_for_update(of=("self",), no_key=True)
        .select_related("body", "record", "version")
        .get(pk=sheet.pk)
    )


@transaction.atomic
def verify(*, sheet: ReviewSheet, opinion: Opinion, by: Person, now: datetime) -> ReviewSheet:
    """The review group's opinion on a proposed sheet."""
    kept, today = locked_sheet(sheet), civil_day(now)
    policies.may_verify(by, kept, today).require(policies.THREE_STEPS)
    step = SHEET_FLOW.step(kept.state, "verify")
    target = RECORD_FLOW.step(kept.record.state, "verify").target
    refuse_open_findings(kept.record)
    if opinion.attribute not in Attribute.values:
        sentence = "请选择审查小组认为应当的公开属性。"
        raise Refusal("review.no_attribute", sentence, fields={"attribute": sentence})
    if not opinion.text.strip():
        sentence = "请写审查小组意见，如“经核实，不涉密，同意主动公开”。"
        raise Refusal("review.no_opinion", sentence, fields={"text": sentence})
    kept.state = step.target
    kept.verified_opinion = opinion.text.strip()
    kept.verified_attribute = opinion.attribute
    kept.verified_by, kept.verified_at = by, now
    kept.save()
    kept.record.state = target
    kept.record.save(update_fields=["state"])
    data = {"sheet": kept.number, "attribute": Attribute(opinion.attribute).label}
    write_down(
        "record.verified",
        record=kept.record,
        by=by,
        role=Role.REVIEW_GROUP,
        change=Change("proposed", target, step.basis, kept.verified_opinion[:300], data),
    )
    return kept


@transaction.atomic
def return_sheet(*, sheet: ReviewSheet, reason: str, by: Person, now: datetime) -> ReviewSheet:
    """Send the sheet back to the section with reasons; the record becomes a draft again."""
    kept, today = locked_sheet(sheet), civil_day(now)
    step = SHEET_FLOW.step(kept.state, "return")
    policies.may_return(by, kept, today).require(policies.THREE_STEPS)
    target = RECORD_FLOW.step(kept.record.state, "return").target
    if not reason.strip():
        sentence = "退回要写明理由，让科室知道改哪里。"
        raise Refusal("review.no_reason", sentence, fields={"reason": sentence})
    before = kept.state
    kept.state = step.target
    kept.returned_reason = reason.strip()
    kept.returned_by, kept.returned_at = by, now
    kept.save()
    kept.record.state = target
    kept.record.save(update_fields=["state"])
    role = capacity(by, kept.record, today, (Role.REVIEW_GROUP, Role.RESPONSIBLE_LEADER))
    write_down(
        "record.returned",
        record=kept.record,
        by=by,
        role=role,
        change=Change(before, target, step.basis, reason.strip()[:300], {"sheet": kept.number}),
    )
    return kept
