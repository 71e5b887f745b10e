"""The approved report becomes a record: reviewed and published like any other information."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.catalog import actions as catalog
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person, Section
from gongkai.records import actions as records
from gongkai.records.choices import Column, RecordState
from gongkai.records.models import Record
from gongkai.records.values import NewFile
from gongkai.reporting import documents, policies
from gongkai.reporting.figures import approval_of
from gongkai.reporting.flow import ARTICLE, REPORT_FLOW
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.paper import paper_of, text
from gongkai.reporting.writing import locked, write_down

KINDS = ("pdf", "docx", "xlsx")


@transaction.atomic
def make_record(
    *, report: AnnualReport, section: Section | None, by: Person, now: datetime
) -> Record:
    """A draft record of what was approved, with the report as files; after a correction, the
    revision of the record there is. `section` answers for it. Review and publication go their
    usual way.
    """
    kept = locked(report)
    policies.may_prepare(by, kept.body, civil_day(now)).require(ARTICLE)
    REPORT_FLOW.step(kept.state, "publish")
    approval = approval_of(kept)
    assert approval is not None
    if kept.record is not None and kept.record_digest == approval.digest:
        raise Refusal("report.recorded_already", "已经转为政府信息，请到该条信息继续办理。")
    if kept.record is None:
        fields = {**_fields(kept, now), "section": section}
        record = records.draft(body=kept.body, fields=fields, by=by, now=now)
    else:
        record = _revise(kept, by, now)
    kept.record_files = _attach(kept, record, by, now)
    kept.record, kept.record_digest = record, approval.digest
    kept.save(update_fields=["record", "record_digest", "record_files"])
    write_down("report.recorded", report=kept, by=by, record=str(record.uuid))
    return record


def _fields(report: AnnualReport, now: datetime) -> dict[str, object]:
    paper = paper_of(report)
    edition = "2019-20-15" if report.year >= 2019 else "2007-09-04"
    return {
        "title": paper.title,
        "abstract": f"报告{report.year}年主动公开政府信息、收到和处理政府信息公开申请、"
        "行政复议和行政诉讼等情况。",
        "text": text(paper),
        "created_on": civil_day(now),
        "column": Column.ANNUAL_REPORT,
        "genre": "report",
        "legal_item": edition,
        "responsible_unit": report.body.name,
    }


def _revise(report: AnnualReport, by: Person, now: datetime) -> Record:
    record = report.record
    assert record is not None
    if record.state in (RecordState.PUBLISHED, RecordState.WITHDRAWN):
        catalog.revise(record=record, reason="年度报告更正", by=by, now=now)
    record = records.edit(record=record, fields=_fields(report, now), by=by, now=now)
    for file in record.files.filter(file__sha256__in=report.record_files):
        records.detach(file=file, by=by, now=now)
    return record


def _attach(report: AnnualReport, record: Record, by: Person, now: datetime) -> list[str]:
    """The files of the report on the record; their digests."""
    digests = []
    for kind in KINDS:
        made = documents.made(report, kind)
        file = NewFile(name=made.name, content=made.content, media_type=made.media_type)
        row = records.attach(record=record, file=file, by=by, now=now)
        digests.append(row.file.sha256)
    return digests
