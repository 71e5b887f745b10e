"""The list of review sheets, and one sheet as the kept, printable record of a review."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import paging, words
from gongkai.desk.navigation import AT_WORK
from gongkai.desk.page import DeskView
from gongkai.desk.views.judge import checklist_rows
from gongkai.orgs.models import Role
from gongkai.review import queries as review
from gongkai.review.models import ReviewSheet, SheetState

SHOWN = (
    ("mine", "等我办的"),
    ("open", "在办的"),
    ("decided", "已确定"),
    ("returned", "已退回"),
    ("all", "全部"),
)


class SheetView(DeskView):
    """Pages about sheets of records the person may see."""

    roles = AT_WORK
    task: ClassVar[str] = "reviews"

    def visible(self) -> QuerySet[ReviewSheet]:
        """The sheets the person may see."""
        return review.sheets_visible_to(self.seat.person, self.seat.today)


class Reviews(SheetView):
    """Sheets: those that wait for me first."""

    title = "审查"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked part of the list."""
        which = request.GET.get("show", "mine")
        rows = self._rows(which)
        rows = rows.select_related("record__section", "proposed_by").order_by("-id")
        return self.show(
            "desk/reviews.html",
            page=paging.page_of(rows, request.GET.get("page")),
            which=which,
            tabs=SHOWN,
            may_verify=self.seat.holds(Role.REVIEW_GROUP),
            may_decide=self.seat.holds(Role.RESPONSIBLE_LEADER),
        )

    def _rows(self, which: str) -> QuerySet[ReviewSheet]:
        if which == "open":
            return self.visible().filter(state__in=(SheetState.PROPOSED, SheetState.VERIFIED))
        if which in (SheetState.DECIDED, SheetState.RETURNED):
            return self.visible().filter(state=which)
        if which == "all":
            return self.visible()
        return review.waiting_for(self.seat.person, self.seat.today)


class Sheet(SheetView):
    """One sheet, step by step, with links to print it."""

    @cached_property
    def sheet(self) -> ReviewSheet:
        """The sheet of the address."""
        rows = self.visible().select_related(
            "record__section", "body", "version", "proposed_by", "verified_by", "decided_by",
            "returned_by",
        )  # fmt: skip
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The sheet."""
        sheet = self.sheet
        self.title = f"审查单 {sheet.number}"
        answered = sheet.record.findings.filter(answered_at__lte=sheet.proposed_at)
        return self.show(
            "desk/sheet.html",
            sheet=sheet,
            record=sheet.record,
            checklist=checklist_rows(sheet),
            answered=answered.select_related("answered_by"),
            proposed_ground=words.ground_label(sheet.proposed_ground, self.seat.today),
            decided_ground=words.ground_label(sheet.decided_ground, self.seat.today),
            forward=self._forward(sheet),
        )

    def _forward(self, sheet: ReviewSheet) -> tuple[str, str] | None:
        """The next step on this sheet, when it is this person's."""
        steps = {
            SheetState.PROPOSED: (Role.REVIEW_GROUP, "record_verify", "去核实"),
            SheetState.VERIFIED: (Role.RESPONSIBLE_LEADER, "record_decide", "去确定属性"),
        }
        role, name, label = steps.get(SheetState(sheet.state), (None, "", ""))
        if role is None or not self.seat.holds(role):
            return None
        return label, reverse(f"desk:{name}", kwargs={"uuid": sheet.record.uuid})


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class SheetPrint(Sheet):
    """The sheet as a document to print and sign."""

    def get(self, request: HttpRequest, uuid: UUID, kind: str = "pdf") -> HttpResponse:
        """PDF or DOCX."""
        from gongkai.review import documents

        make, media = {
            "pdf": (documents.sheet_pdf, "application/pdf"),
            "docx": (documents.sheet_docx, DOCX),
        }[kind]
        name = documents.file_name(self.sheet, kind)
        response = HttpResponse(make(self.sheet), content_type=media)
        response.headers["Content-Disposition"] = _attachment(name)
        return response


def _attachment(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"
