"""年报核对 at the desk: one's own report before it goes out, those of supervised bodies."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.desk.forms.report_check import ReportUpload
from gongkai.desk.page import DeskView, FormPage
from gongkai.orgs.models import Role
from gongkai.reporting import checking
from gongkai.reporting.reading.lines import verdict
from gongkai.reporting.reading.shown import shown_tables

CHECKERS: tuple[Role, ...] = (
    Role.DISCLOSURE_OFFICE,
    Role.SUPERVISOR,
    Role.RESPONSIBLE_LEADER,
)
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}


class ReportCheck(FormPage[ReportUpload]):
    """The upload, and after it the answer above it; nothing is kept."""

    roles = CHECKERS
    task = "report_check"
    title = "年报核对"
    template = "desk/report_check.html"
    form_class = ReportUpload

    def act(self, form: ReportUpload) -> HttpResponse:
        """Check; the answer carries itself, signed, for the download."""
        files = form.cleaned_data
        report = checking.check_upload(files["file"], files.get("last"))
        return self.show(
            self.template,
            form=ReportUpload(),
            report=report,
            verdict=verdict(report),
            tables=shown_tables(report),
            answer=checking.sealed(report),
            agrees=not (report.findings or report.undecided or report.empty),
            few=len(report.undecided) <= 12,
        )


class Download(DeskView):
    """An answer as a file."""

    roles = CHECKERS
    task = "report_check"
    title = "年报核对"

    def post(self, request: HttpRequest) -> HttpResponse:
        """`as` is json or xlsx."""
        data = checking.opened(request.POST.get("answer", "")[:400_000])
        kind = "xlsx" if request.POST.get("as") == "xlsx" else "json"
        if kind == "xlsx":
            content = checking.workbook(data)
        else:
            content = json.dumps(data, ensure_ascii=False, indent=1).encode()
        response = HttpResponse(content, content_type=_KINDS[kind])
        header = content_disposition_header(True, f"年报核对.{kind}")
        response["Content-Disposition"] = header or "attachment"
        return response
