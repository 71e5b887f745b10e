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
    subscribe_within("record.withdrawn", follow_withdrawal)


def follow_publication(line: Line) -> None:
    """The report is published when its record is, and only as it was approved."""
    report = _of(line)
    if report is None:
        return
    _refuse_another_text(report)
    if report.state != ReportState.APPROVED:
        return
    step = REPORT_FLOW.step(report.state, "publish")
    before, report.state = report.state, step.target
    report.published_at = line.at
    report.save(update_fields=["state", "published_at"])
    write_down("report.published", report=report, by=None, states=(before, report.state))


def follow_withdrawal(line: Line) -> None:
    """A report the public can no longer see waits for publication again, as it was approved.

    That it was sent and signed for above stays written: the package is there.
    """
    report = _of(line)
    if report is None or not REPORT_FLOW.can(report.state, "withdraw"):
        return
    step = REPORT_FLOW.step(report.state, "withdraw")
    before, report.state = report.state, step.target
    report.published_at = None
    report.save(update_fields=["state", "published_at"])
    write_down("report.withdrawn", report=report, by=None, states=(before, report.state))


def _of(line: Line) -> AnnualReport | None:
    """The report whose record the line speaks of, locked."""
    uuid = line.subject_uuid
    found = AnnualReport.objects.filter(record__uuid=uuid).first() if uuid else None
    return locked(found) if found else None


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
