"""The record list: filters, search by title or number, pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from gongkai.desk import paging, search
from gongkai.desk.navigation import AT_WORK, EDITORS
from gongkai.desk.page import DeskView
from gongkai.records.choices import Attribute, RecordState


class Records(DeskView):
    """Every record the person may see, in a table worked with the keyboard."""

    roles = AT_WORK
    task = "records"
    title = "政府信息"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the list."""
        form = search.filters(self.seat, request.GET)
        wanted = search.wanted_of(form)
        size = paging.bounded(request.GET.get("size"), least=25, most=100, otherwise=25)
        rows = search.listed(self.seat, wanted)
        return self.show(
            "desk/records.html",
            form=form,
            page=paging.page_of(rows, request.GET.get("page"), size=size),
            many_bodies="body" in form.fields,
            narrowed=any(wanted.values()),
            may_write=self.seat.holds(*EDITORS),
            query=request.GET.urlencode(),
            quick=QUICK,
        )


QUICK = (
    ("全部", ""),
    ("草稿", f"state={RecordState.DRAFT}"),
    ("审查中", f"state={RecordState.PROPOSED}"),
    ("待确定", f"state={RecordState.VERIFIED}"),
    ("待发布", f"state={RecordState.DECIDED}&attribute={Attribute.PROACTIVE}"),
    ("已发布", f"state={RecordState.PUBLISHED}"),
    ("已超期", "due=overdue"),
)
