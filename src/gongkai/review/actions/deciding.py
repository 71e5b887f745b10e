"""Step 3: the responsible leader decides the attribute."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.orgs.models import Person, Role
from gongkai.records.choices import Attribute
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.numbering import give_index_number
from gongkai.records.writing import write_down
from gongkai.review import policies
from gongkai.review.actions.proposing import refuse_open_findings
from gongkai.review.actions.verifying import locked_sheet
from gongkai.review.flow import SHEET_FLOW
from gongkai.review.grounds import check_ground
from gongkai.review.models import ReviewSheet
from gongkai.review.values import Decision

# Art. 18 asks for periodic re-assessment without a number; a year is the default, five the most.
REREVIEW_AFTER = timedelta(days=365)
REREVIEW_AT_MOST = timedelta(days=5 * 366)


@transaction.atomic
def decide(*, sheet: ReviewSheet, decision: Decision, by: Person, now: datetime) -> ReviewSheet:
    """Fix the attribute. Withheld needs ground and reason and comes back for re-assessment.

    What may be had on request enters the catalog's count and gets its index number here; what is
    proactive gets it when it is published.
    """
    kept, today = locked_sheet(sheet), civil_day(now)
    policies.may_decide(by, kept, today).require(policies.THREE_STEPS)
    step = SHEET_FLOW.step(kept.state, "decide")
    record = kept.record
    target = RECORD_FLOW.step(record.state, "decide").target
    refuse_open_findings(record)
    law = in_force(today, region=kept.body.region)
    check_ground(decision.attribute, decision.ground, decision.reason, law)
    rereview_on = _rereview(decision, today)
    kept.state = step.target
    kept.decided_attribute = decision.attribute
    kept.decided_ground = decision.ground
    kept.decided_reason = decision.reason.strip()
    kept.rereview_on = rereview_on
    kept.decided_by, kept.decided_at = by, now
    kept.save()
    record.state = target
    record.attribute = decision.attribute
    record.ground = decision.ground
    record.ground_reason = kept.decided_reason
    record.rereview_on = rereview_on
    record.save(update_fields=["state", "attribute", "ground", "ground_reason", "rereview_on"])
    if decision.attribute == Attribute.ON_REQUEST:
        give_index_number(record, now=now)
    data = {"sheet": kept.number, "attribute": Attribute(decision.attribute).label}
    write_down(
        "record.decided",
        record=record,
        by=by,
        role=Role.RESPONSIBLE_LEADER,
        change=Change("verified", target, step.basis, kept.decided_reason[:300], data),
    )
    return kept


def _rereview(decision: Decision, today: date) -> date | None:
    if decision.attribute != Attribute.WITHHELD:
        return None
    day = decision.rereview_on or today + REREVIEW_AFTER
    if not today < day <= today + REREVIEW_AT_MOST:
        sentence = "下次评估日期须在明天以后、五年以内。"
        raise Refusal(
            "review.bad_rereview", sentence, "《条例》第十八条", {"rereview_on": sentence}
        )
    return day
