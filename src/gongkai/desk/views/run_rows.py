"""The rows behind a count of the board or of a run: narrowed by section, class and attribute."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.forms.inventory import Narrowed
from gongkai.desk.views.inventory import InventoryView
from gongkai.inventory import counted, queries, tally
from gongkai.inventory.board import NO_KEY, board_of, period_words
from gongkai.inventory.counted import Which


class InventoryRows(InventoryView):
    """Records taken in by all runs of the body, or by one."""

    title = "清理登记的信息"

    def get(self, request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
        """The asked page of the rows, in the order in which they came."""
        run = self.run if uuid is not None else None
        body = run.body if run is not None else self.body()
        made = queries.figures(body, runs=None if run is None else [run])
        board = board_of(made, body)
        form = Narrowed(data=request.GET, board=board)
        form.is_valid()
        which = asked(form.cleaned_data, request.GET.get("period", ""))
        rows = counted.rows(body, which, run)
        return self.show(
            "desk/run_rows.html",
            run=run,
            form=form,
            period=period_words(which.period) if which.period else "",
            period_key=which.period,
            page=paging.page_of(rows, request.GET.get("page"), size=50, count=known(made, which)),
            narrowed=which.is_set,
            back_url=self.url() if run is not None else reverse("desk:inventory"),
            back_label=run.label if run is not None else "信息清理",
        )


def asked(chosen: dict[str, Any], period: str) -> Which:
    """The cell that the address names; what is none of the choices is left out."""

    def side(name: str) -> str | None:
        value = chosen.get(name, "")
        return ("" if value == NO_KEY else value) if value else None

    which = Which(side("section"), side("class"), chosen.get("attribute", ""), period or None)
    try:
        counted.of_period(period)
    except ValueError:
        return Which(which.section, which.class_code, which.attribute)
    return which


def known(made: tally.Tally, which: Which) -> int | None:
    """How many rows there are, where the kept counts tell."""
    if which.class_code is None and which.period is None:
        return made.by(attribute=which.attribute, section=which.section)
    return None
