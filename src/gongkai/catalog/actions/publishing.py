"""Publication: a reviewed version comes before the public. Never without a finished review."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.catalog import policies
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.catalog import check_entry
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person, Role
from gongkai.records.choices import Attribute
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import HEADER_FIELDS, Record
from gongkai.records.numbering import give_index_number
from gongkai.records.writing import locked, write_down
from gongkai.review import queries as review
from gongkai.review.actions.proposing import refuse_open_findings
from gongkai.review.models import ReviewSheet

BASIS = "先审查后公开；《条例》第十七条"


@transaction.atomic
def publish(*, record: Record, by: Person, now: datetime) -> CatalogEntry:
    """Publish the version that the finished review judged, at the true moment `now`.

    Gives the index number if there is none. What the old platform published before keeps its
    date and names that platform; nothing else can be dated back.
    """
    kept, today = locked(record), civil_day(now)
    policies.may_publish(by, kept.body, today).require(BASIS)
    sheet = finished_review(kept)
    step = RECORD_FLOW.step(kept.state, "publish")
    refuse_open_findings(kept)
    _refuse_incomplete(sheet, today)
    number = give_index_number(kept, now=now)
    entry = CatalogEntry.objects.select_for_update(no_key=True).filter(record=kept).first()
    again = entry is not None and entry.state == EntryState.PUBLISHED
    entry = entry or CatalogEntry(record=kept, uuid=kept.uuid, body=kept.body)
    fill(entry, kept, sheet)
    entry.index_number = number
    entry.updated_at = now
    if not again:
        _date(entry, kept, now)
    save_checked(entry, code="publish.not_valid")
    kept.state = step.target
    kept.save(update_fields=["state"])
    data = {
        "index_number": number,
        "sheet": sheet.number,
        "version": sheet.version.number,
        "digest": sheet.version.digest,
        "published_on": entry.published_on.isoformat(),
        "due_on": kept.publish_due_on.isoformat() if kept.publish_due_on else None,
    }
    write_down(
        "record.published",
        record=kept,
        by=by,
        role=Role.DISCLOSURE_OFFICE,
        change=Change("decided", step.target, step.basis, data=data),
    )
    return entry


def finished_review(record: Record) -> ReviewSheet:
    """The finished sheet that decided the newest version to be proactive; refused without one."""
    sheet = review.deciding_sheet(record)
    if sheet is None:
        raise Refusal(
            "publish.no_review",
            "这条信息还没有完成保密审查，不能发布。"
            "请先由科室提出、审查小组核实、主管领导确定（先审查后公开）。",
            BASIS,
        )
    if sheet.decided_attribute != Attribute.PROACTIVE:
        label = Attribute(sheet.decided_attribute).label
        raise Refusal(
            "publish.not_proactive",
            f"审查单{sheet.number}确定的属性是“{label}”，不能发布。情况变化的，请按定期评估重新审查。",
            BASIS,
        )
    return sheet


def _refuse_incomplete(sheet: ReviewSheet, today: date) -> None:
    version = sheet.version
    entry = {name: getattr(version, name) for name in HEADER_FIELDS}
    # The number is given in this same act, so it is never missing.
    entry["index_number"] = "…"
    law = in_force(today, region=sheet.body.region)
    gaps = [gap for gap in check_entry(entry, law=law) if gap.blocking]
    if gaps:
        fields = {gap.key: gap.sentence for gap in gaps}
        raise Refusal("publish.incomplete", " ".join(fields.values()), gaps[0].basis, fields)


def fill(entry: CatalogEntry, record: Record, sheet: ReviewSheet) -> None:
    """Copy the reviewed version's header into the entry."""
    version = sheet.version
    for name in HEADER_FIELDS:
        setattr(entry, name, getattr(version, name))
    # Validity is a fact of its own day: the record's present one, not the version's.
    for name in ("validity", "validity_cause", "repealed_on", "expires_on"):
        setattr(entry, name, getattr(record, name))
    entry.version, entry.sheet = version, sheet
    entry.state = EntryState.PUBLISHED
    entry.section = record.section
    entry.catalog_class = version.catalog_class
    entry.top_class = version.catalog_class and (
        version.catalog_class.parent or version.catalog_class
    )
    entry.column = version.column
    entry.withdrawn_at, entry.withdrawal_code, entry.withdrawal_note = None, "", ""


def _date(entry: CatalogEntry, record: Record, now: datetime) -> None:
    entry.published_at, entry.released_on = now, civil_day(now)
    entry.published_on = record.first_published_on or entry.released_on
    entry.carried_from = record.carried_from if record.first_published_on else ""
    entry.year = entry.published_on.year
