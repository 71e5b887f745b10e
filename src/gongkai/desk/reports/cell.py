"""What is behind a cell: its rows page by page, or the entries by hand with a form for the next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from gongkai.desk import paging
from gongkai.desk.page import FormPage
from gongkai.desk.reports.forms import EntryForm
from gongkai.desk.reports.page import ReportPage
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.model import Cell
from gongkai.reporting import actions, cells, queries
from gongkai.reporting.figures import approval_of, unpacked, whole
from gongkai.reporting.layout import shown
from gongkai.reporting.values import Entry


class CellPage(ReportPage, FormPage[EntryForm]):
    """One cell. The entry form stands here only for cells that no rows make."""

    template = "desk/reports/cell.html"
    form_class = EntryForm
    submit = "填写"

    @property
    def key(self) -> str:
        """The cell of the address."""
        return str(self.kwargs["key"])

    def cell(self) -> Cell:
        """The cell itself; not found when the form has none of that name."""
        form = form_for(self.report.year)
        found = form.cells.get(self.key) or cells.by_hand(form).get(self.key)
        if found is None:
            raise Http404("no such cell")
        return found

    def allow(self) -> None:
        super().allow()
        self.title = self.cell().label

    def form_kwargs(self) -> dict[str, Any]:
        return {"cell": self.cell()}

    def context(self) -> dict[str, Any]:
        approval = approval_of(self.report)
        frozen = shown(unpacked(approval.figures).get(self.key)) if approval else ""
        by_hand = self.key in cells.by_hand(form_for(self.report.year))
        if by_hand:
            return {
                "by_hand": True,
                "cell": self.cell(),
                "frozen": frozen,
                "may_enter": self.may_prepare() and self.can("edit"),
                "entries": [
                    (entry, "" if entry.value is None else shown(whole(entry.value)))
                    for entry in self.report.entries.filter(cell=self.key).select_related("by")
                ],
            }
        behind = queries.behind(self.report, self.key, self.seat.person, self.seat.today)
        page = None
        if behind is not None:
            page = paging.page_of(behind.rows, self.request.GET.get("page"), size=50)
        return {
            "cell": self.cell(),
            "frozen": frozen,
            "behind": behind,
            "page_of_rows": page,
            "derived": behind is None,
            "differs": bool(behind and frozen and frozen != str(behind.count)),
        }

    def act(self, form: EntryForm) -> HttpResponse:
        actions.enter(
            report=self.report,
            entry=Entry(self.key, form.cleaned_data["value"], form.cleaned_data["source"]),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"已填写“{self.cell().label}”，表格已重新计算。")
