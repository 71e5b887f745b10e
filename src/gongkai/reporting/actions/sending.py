"""The published report goes to the body above, which notes that it has it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person, Role
from gongkai.reporting import documents, policies
from gongkai.reporting.flow import ARTICLE, REPORT_FLOW
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.writing import locked, write_down


@transaction.atomic
def send(*, report: AnnualReport, by: Person | None, now: datetime) -> documents.Made:
    """Make the package for the body above and note its digest; the file to hand over."""
    kept = locked(report)
    policies.may_prepare(by, kept.body, civil_day(now)).require(ARTICLE)
    step = REPORT_FLOW.step(kept.state, "send")
    if kept.body.parent_id is None:
        raise Refusal("report.nobody_above", f"{kept.body.name}没有登记上级机关，不需要报送。")
    package = documents.made(kept, "zip")
    before, kept.state = kept.state, step.target
    kept.sent_at, kept.package_digest = now, hashlib.sha256(package.content).hexdigest()
    kept.save(update_fields=["state", "sent_at", "package_digest"])
    write_down(
        "report.sent",
        report=kept,
        by=by,
        states=(before, kept.state),
        digest=kept.package_digest,
        to=kept.body.parent_id,
    )
    return package


@transaction.atomic
def take_receipt(
    *, report: AnnualReport, note: str = "", by: Person | None, now: datetime
) -> AnnualReport:
    """The body above has the report."""
    kept = locked(report)
    policies.may_take_receipt(by, kept.body, civil_day(now)).require(ARTICLE)
    step = REPORT_FLOW.step(kept.state, "take_receipt")
    before, kept.state = kept.state, step.target
    kept.receipted_at, kept.receipted_by, kept.receipt_note = now, by, note.strip()[:300]
    kept.save(update_fields=["state", "receipted_at", "receipted_by", "receipt_note"])
    write_down(
        "report.receipted",
        report=kept,
        by=by,
        role=Role.SUPERVISOR.value,
        states=(before, kept.state),
    )
    return kept
