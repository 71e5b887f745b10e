"""What reports do when their record is published or withdrawn, in the same transaction."""

from __future__ import annotations

from gongkai.catalog.models import CatalogEntry
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry as Line
from gongkai.kit.refusal import Refusal
from gongkai.records.models import VersionFile
from gongkai.reporting.figures import approval_of
from gongkai.reporting.flow import REPORT_FLOW
from gongkai.reporting.models import AnnualReport, ReportState
from gongkai.reporting.paper import paper_of, text
from gongkai.reporting.writing import locked, write_down


def connect() -> None:
    """Begin to listen; called once from `apps.ready()`."""
    subscribe_within("record.published", follow_publication)


def follow_publication(line: Line) -> None:
    """The report is published when its record is, and only as it was approved."""
    uuid = line.subject_uuid
    found = AnnualReport.objects.filter(record__uuid=uuid).first() if uuid else None
    if found is None:
        return
    report = locked(found)
    _refuse_another_text(report)
    if report.state != ReportState.APPROVED:
        return
    step = REPORT_FLOW.step(report.state, "publish")
    before, report.state = report.state, step.target
    report.published_at = line.at
    report.save(update_fields=["state", "published_at"])
    write_down("report.published", report=report, by=None, states=(before, report.state))


def _refuse_another_text(report: AnnualReport) -> None:
    """Words and files of the published version are those that were made of the approval."""
    approval = approval_of(report)
    entry = CatalogEntry.objects.select_related("version__body_text").get(record=report.record_id)
    files = set(
        VersionFile.objects.filter(version=entry.version_id).values_list("file__sha256", flat=True)
    )
    if (
        approval is None
        or approval.digest != report.record_digest
        or entry.version.body_text.text != text(paper_of(report))
        or not set(report.record_files) <= files
    ):
        raise Refusal(
            "report.not_as_approved",
            "这份年度报告的正文或附件与批准的不一致，不能发布。"
            "请在“年度报告”中更正并重新批准，再转为政府信息。",
            "《条例》第四十九条",
        )
