"""The report as a file: DOCX, PDF, XLSX, JSON, and the package that goes upward."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime

from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Body
from gongkai.reporting import report_docx, report_json, report_pdf, report_xlsx
from gongkai.reporting.figures import approval_of
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.paper import Paper, paper_of, paper_of_total
from gongkai.reporting.sums import Total

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
}
TOTAL_KINDS = ("xlsx", "docx")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Made:
    """A file made of a report."""

    name: str
    content: bytes
    media_type: str


def made(report: AnnualReport, kind: str) -> Made:
    """The report as one kind of file (a key of `MEDIA_TYPES`); refuse any other."""
    if kind not in MEDIA_TYPES:
        raise Refusal("report.kind", f"没有“{kind}”这种文件，可用的有{'、'.join(MEDIA_TYPES)}。")
    paper = paper_of(report)
    if kind == "zip":
        content = _package(report, paper)
    elif kind == "json":
        content = _json(report, paper)
    elif kind == "pdf":
        content = report_pdf.draw(paper, made_at=_moment(report))
    else:
        content = (report_docx if kind == "docx" else report_xlsx).draw(paper)
    return Made(f"{paper.title}.{kind}", content, MEDIA_TYPES[kind])


def made_of_total(body: Body, found: Total, kind: str) -> Made:
    """The summed form as a file: docx or xlsx."""
    if kind not in TOTAL_KINDS:
        sentence = f"没有“{kind}”这种文件，可用的有{'、'.join(TOTAL_KINDS)}。"
        raise Refusal("report.kind", sentence)
    paper = paper_of_total(body, found)
    content = (report_docx if kind == "docx" else report_xlsx).draw(paper)
    return Made(f"{paper.title}.{kind}", content, MEDIA_TYPES[kind])


def _moment(report: AnnualReport) -> datetime:
    approval = approval_of(report)
    return approval.approved_at if approval else report.computed_at


def _json(report: AnnualReport, paper: Paper) -> bytes:
    whole = report_json.of_report(report, paper)
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _package(report: AnnualReport, paper: Paper) -> bytes:
    """JSON and DOCX in one file; the same report gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (
            (f"{paper.code}-{paper.year}.json", _json(report, paper)),
            (f"{paper.code}-{paper.year}.docx", report_docx.draw(paper)),
        ):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
