"""The frozen result of a round as a record, to travel through review and be published."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from gongkai.assessment import policies
from gongkai.assessment.flow import BASIS
from gongkai.assessment.models import AssessmentRound
from gongkai.assessment.summary import summary_of
from gongkai.assessment.writing import locked, told, write_down
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.records import actions as records
from gongkai.records.models import Record


@transaction.atomic
def record_result(*, round_: AssessmentRound, by: Person | None, now: datetime) -> Record:
    """Draft a record of the result: totals, grades and places; reasons and names stay inside."""
    kept = locked(round_)
    policies.may_assess(by, kept.body, kept.audience, civil_day(now)).require(BASIS)
    if kept.state != "closed" or kept.closed_at is None:
        raise Refusal("assessment.not_closed", "考核结果审定以后，才能录为政府信息。")
    if kept.record_id is not None:
        raise Refusal("assessment.recorded", "这次考核的结果已经录为政府信息，不必重复录入。")
    last = kept.period_until - timedelta(days=1)
    fields = {
        "title": f"{kept.title}结果",
        "abstract": f"{kept.period_from.isoformat()}至{last.isoformat()}"
        f"政府信息公开工作考核的得分、等次和名次。",
        "created_on": civil_day(kept.closed_at),
        "made_by": kept.body.name,
        "text": summary_of(kept),
        "source": {"assessment_round": str(kept.uuid), "digest": kept.digest},
    }
    record = records.draft(body=kept.body, fields=fields, by=by, now=now)
    kept.record = record
    kept.save(update_fields=["record"])
    change = Change(basis=BASIS, data=told(kept, digest=kept.digest))
    write_down("assessment.recorded", round_=kept, by=by, change=change)
    return record
