"""The words of a report: six sections, compared with the tables at every save."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongkai.desk.reports.forms import WordsForm
from gongkai.desk.reports.page import ReportPage, StepPage
from gongkai.reporting import actions, narrative


class Words(StepPage[WordsForm]):
    """The editor. What contradicts a table is refused beside its section, nothing is lost."""

    template = "desk/reports/words.html"
    form_class = WordsForm
    step = "edit"
    title = "编写文字"
    submit = "保存"
    intro = "文中的数字与表格逐一核对，不一致的不能保存。每次保存留一个版本。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"titles": narrative.titles(self.report.edition)}

    def initial(self) -> dict[str, Any]:
        newest = self.report.narratives.order_by("-number").first()
        return {**narrative.current(self.report), "number": newest.number if newest else 0}

    def context(self) -> dict[str, Any]:
        versions = self.report.narratives.select_related("by").order_by("-number")[:20]
        return {**super().context(), "versions": versions, "may_write": self.may_prepare()}

    def act(self, form: WordsForm) -> HttpResponse:
        made = actions.save_narrative(
            report=self.report,
            sections={key: form.cleaned_data[key] for key in narrative.SECTIONS},
            read_number=form.cleaned_data["number"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"已保存文字第{made.number}版。")


class Redraft(ReportPage):
    """Draft all sections anew from the figures; what was written stays as a version."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Back to the editor."""
        actions.redraft(report=self.report, by=self.seat.person, now=self.seat.now)
        return self.done(self.url("report_words"), "已按表格重新起草；原来的文字留在旧版本里。")
