"""The years of a body, the bodies below with what they have sent, and the summed form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.reports.forms import BeginForm
from gongkai.desk.reports.page import drawn
from gongkai.desk.views.bulk import named
from gongkai.law.annual_report import form_for
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body, Role
from gongkai.reporting import actions, documents, queries, sums
from gongkai.reporting.layout import grids


class Reports(DeskView):
    """Every report of the body, the newest year first."""

    roles = AT_WORK
    task = "reports"
    title = "年度报告"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        mine = queries.visible_to(self.seat.person, self.seat.today).filter(body=self.body())
        page = paging.page_of(mine.order_by("-year"), request.GET.get("page"))
        return self.show(
            "desk/reports/reports.html",
            page=page,
            may_begin=self.seat.holds(Role.DISCLOSURE_OFFICE),
            supervises=self.seat.holds(Role.SUPERVISOR),
        )


class Begin(FormPage[BeginForm]):
    """Open the report of a year."""

    roles = (Role.DISCLOSURE_OFFICE,)
    task = "reports"
    title = "编制年度报告"
    form_class = BeginForm
    submit = "开始编制"

    def initial(self) -> dict[str, Any]:
        return {"year": self.seat.today.year - (self.seat.today.month < 7)}

    def context(self) -> dict[str, Any]:
        return {
            "intro": "按该年的表样从数据计算，并起草各部分文字。年度没有结束的，随时可以看到进展。",
            "back_url": reverse("desk:reports"),
            "back_label": "年度报告",
        }

    def act(self, form: BeginForm) -> HttpResponse:
        year = form.cleaned_data["year"]
        made = actions.begin(body=self.body(), year=year, by=self.seat.person, now=self.seat.now)
        url = reverse("desk:report", kwargs={"uuid": made.uuid})
        return self.done(url, f"已计算{year}年的表格并起草文字。")


class Below(DeskView):
    """Which bodies have sent their report, which are late."""

    roles = (Role.SUPERVISOR,)
    task = "reports"
    title = "下级机关报送情况"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Of the asked year, at first the last one that is over."""
        last = self.seat.today.year - 1
        year = paging.bounded(request.GET.get("year"), least=2008, most=last + 1, otherwise=last)
        rows = sums.handings(self.body(), year, today=self.seat.today, calendar=calendar())
        return self.show(
            "desk/reports/below.html",
            year=year,
            years=range(last + 1, max(2007, last - 5), -1),
            rows=[(row, self._report_url(row)) for row in rows],
            sent=sum(row.state == "sent" for row in rows),
            late=sum(row.state == "late" for row in rows),
        )

    def _report_url(self, row: sums.Handing) -> str:
        report = row.part.report
        return reverse("desk:report", kwargs={"uuid": report.uuid}) if report else ""


class Sum(DeskView):
    """The summed form; every cell opens what each body has in it."""

    roles = (Role.SUPERVISOR, Role.DISCLOSURE_OFFICE, Role.RESPONSIBLE_LEADER)
    task = "reports"

    def get(self, request: HttpRequest, year: int) -> HttpResponseBase:
        """The form, the bodies behind the cell `?cell=`, or a file with `?format=`."""
        wanted = paging.bounded(year, least=2008, most=2200, otherwise=2008)
        self.title = f"{wanted}年汇总表"
        body: Body = self.body()
        found = sums.total(body, wanted)
        if kind := request.GET.get("format"):
            made = documents.made_of_total(body, found, kind)
            return named(HttpResponse(made.content, content_type=made.media_type), made.name)
        form = form_for(wanted)
        key = request.GET.get("cell", "")
        return self.show(
            "desk/reports/sum.html",
            year=wanted,
            total=found,
            given=len(found.parts) - len(found.missing),
            cell=form.cells.get(key),
            behind=found.of_cell(key) if key in form.cells else [],
            tables=[(g, drawn(g, found.values, address="?cell=KEY")) for g in grids(form)],
        )
