"""Revision: the working copy becomes a draft again while the public goes on reading the old."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.catalog import policies
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person, Role
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record
from gongkai.records.writing import locked, write_down


@transaction.atomic
def revise(*, record: Record, reason: str, by: Person, now: datetime) -> Record:
    """Open a published or withdrawn record for a new version, which is reviewed like the first.

    The change restarts the 20 working days: set `changed_on` in the editor (Art. 26).
    """
    kept = locked(record)
    policies.may_publish(by, kept.body, civil_day(now)).require("《条例》第二十六条")
    step = RECORD_FLOW.step(kept.state, "revise")
    if not reason.strip():
        sentence = "请写明为什么修订，如“附件有误，更换”。"
        raise Refusal("revise.no_reason", sentence, fields={"reason": sentence})
    before, kept.state = kept.state, step.target
    kept.edit_count += 1
    kept.save(update_fields=["state", "edit_count"])
    write_down(
        "record.revised",
        record=kept,
        by=by,
        role=Role.DISCLOSURE_OFFICE,
        change=Change(before, step.target, step.basis, reason.strip()[:300]),
    )
    return kept
