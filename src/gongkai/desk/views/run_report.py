"""The report of a run: a page to print, and the same as PDF, Excel and JSON."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from gongkai.desk.views.inventory import InventoryView
from gongkai.inventory.report import Report, made, page, pdf, plain, workbook

# What the page shows of each list; the files have more.
ON_SCREEN = 200


class RunReport(InventoryView):
    """The page; printed, it is the report."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Figures, then what was not taken in and what repeats."""
        report = self.report()
        self.title = report.title
        return self.show(
            "desk/run_report.html",
            run=self.run,
            report=report,
            lists=page.shown(report, ON_SCREEN),
        )

    def report(self) -> Report:
        """The report as of now, with the name of who looks."""
        return made(self.run, by=self.seat.person.name, now=self.seat.now)


class RunReportFile(RunReport):
    """The report as a file, made row by row while it is sent."""

    kind: ClassVar[str] = "pdf"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponseBase:  # type: ignore[override]
        """The file."""
        report = self.report()
        answer = self._answer(report)
        name = content_disposition_header(True, f"{report.file_name}.{self.kind}")
        answer.headers["Content-Disposition"] = name or "attachment"
        return answer

    def _answer(self, report: Report) -> HttpResponseBase:
        if self.kind == "pdf":
            return HttpResponse(pdf.drawn(report), content_type="application/pdf")
        if self.kind == "json":
            return StreamingHttpResponse(plain.drawn(report), content_type="application/json")
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return FileResponse(workbook.drawn(report), content_type=sheet)


class RunReportWorkbook(RunReportFile):
    """Every row."""

    kind = "xlsx"


class RunReportJson(RunReportFile):
    """Every row, for programs."""

    kind = "json"
