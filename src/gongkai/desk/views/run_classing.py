"""What is proposed for the drafts of a run: class, listed item, genre, validity, with reasons."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.navigation import EDITORS
from gongkai.desk.views.inventory import InventoryView
from gongkai.desk.views.run_findings import told
from gongkai.inventory import actions, proposing


class RunClassing(InventoryView):
    """Piles of drafts for which the same is proposed; a person accepts a pile or opens one."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The piles, the largest first."""
        self.title = f"归类建议：{self.run.label}"
        rows = proposing.piles(self.run, self.seat.today)
        return self.show(
            "desk/run_classing.html",
            run=self.run,
            page=paging.list_page(rows, request.GET.get("page")),
            at_once=proposing.AT_ONCE,
            may_answer=self.seat.holds(*EDITORS),
        )

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Accept one pile."""
        done = actions.accept_proposal(
            run=self.run,
            field=request.POST.get("field", ""),
            value=request.POST.get("value", ""),
            reason=request.POST.get("reason", ""),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(
            reverse("desk:run_classing", args=[self.run.uuid]), told(done, "条", "已填")
        )
