"""The form as a table with every cell open, what does not add up beside it, and its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongkai.desk.reports.page import ReportPage, drawn
from gongkai.desk.views.bulk import named
from gongkai.law.annual_report import form_for
from gongkai.orgs.calendar import calendar
from gongkai.reporting import actions, cells, documents, narrative
from gongkai.reporting.claims import contradictions
from gongkai.reporting.figures import Figures, approval_of, compute, packed, unpacked
from gongkai.reporting.layout import grids, shown
from gongkai.reporting.models import Approval
from gongkai.reporting.sums import due_on

KINDS = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"), ("json", "JSON"))


class ReportForm(ReportPage):
    """The whole report: tables, findings, words, steps."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Worked on, the figures are counted now; approved, they are those approved."""
        report = self.report
        self.title = f"{report.year}年政府信息公开工作年度报告"
        figures = compute(report.body, report.year)
        approval = approval_of(report)
        values = unpacked(approval.figures) if approval else figures.values
        form = form_for(report.year)
        hand = cells.by_hand(form)
        missing = () if approval else figures.missing
        address = self.url("report_cell", key="KEY")
        sections = approval.sections if approval else narrative.current(report)
        return self.show(
            "desk/reports/report.html",
            form=form,
            approval=approval,
            tables=[
                (
                    grid,
                    drawn(grid, values, address=address, by_hand=hand, missing=missing),
                )
                for grid in grids(form)
            ],
            beside=self._beside(figures),
            figures=figures,
            missing=len(missing),
            differs=_differences(figures, approval),
            words=[(narrative.titles(report.edition)[key], text) for key, text in sections.items()],
            unwritten=narrative.unwritten(sections, report.edition),
            claims=contradictions(sections, values, report.year),
            kinds=KINDS,
            due_on=due_on(report.body, report.year, calendar()),
            steps=self._steps(),
        )

    def _beside(self, figures: Figures) -> list[tuple[str, str, str]]:
        """Figures outside the form: label, value, address."""
        if figures.form.key != "2008":
            return []
        return [
            (
                f"{cell.label}（{cell.unit}）",
                shown(figures.beside.get(key)) or "填写",
                self.url("report_cell", key=key),
            )
            for key, cell in cells.BESIDE.items()
        ]

    def _steps(self) -> list[tuple[str, str, bool]]:
        """What this person can do now: address, label, whether it is the next thing."""
        office, leader = self.may_prepare(), self.may_approve()
        offered = (
            ("check", "report_hand_in", "提交批准", office, True),
            ("edit", "report_words", "编写文字", office, False),
            ("approve", "report_approve", "批准", leader, True),
            ("send_back", "report_return", "退回", leader, False),
            ("publish", "report_record", "转为政府信息发布", office, True),
            ("send", "report_send", "报送上级", office, True),
            ("reopen", "report_reopen", "更正", office or leader, False),
        )
        running = self.seat.today.year <= self.report.year
        found = [
            (self.url(name), label, first)
            for step, name, label, allowed, first in offered
            if allowed and self.can(step) and not (running and step == "check")
        ]
        record = self.report.record
        if self.report.state == "approved" and record is not None and office:
            url = reverse("desk:record", kwargs={"uuid": record.uuid})
            found[0] = (url, "办理审查和发布", True)
        return found


def _differences(figures: Figures, approval: Approval | None) -> list[tuple[str, str, str]]:
    """Cells that differ now from what was approved: label, approved, now."""
    if approval is None:
        return []
    now, cells_of = packed(figures.values), figures.form.cells
    return [
        (cells_of[key].label, str(kept), str(now.get(key, "")))
        for key, kept in approval.figures.items()
        if key in cells_of and now.get(key) != kept
    ]


class Compute(ReportPage):
    """Count anew and keep the result."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Back to the form."""
        actions.compute_anew(report=self.report, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已按现有数据重新计算。")


class Export(ReportPage):
    """The report as a file."""

    def get(self, request: HttpRequest, uuid: UUID, kind: str) -> HttpResponseBase:
        """As approved, or as it stands with the mark of a draft."""
        made: Any = documents.made(self.report, kind)
        return named(HttpResponse(made.content, content_type=made.media_type), made.name)
