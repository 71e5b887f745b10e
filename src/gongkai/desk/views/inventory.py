"""Clean-up runs: the board with its counts, a new run, more files, what was not taken in."""

from __future__ import annotations

import csv
from functools import cached_property
from itertools import chain
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.catalog.exports import safe_cell
from gongkai.desk import paging
from gongkai.desk.forms.inventory import Bounds, MoreFiles, RunForm
from gongkai.desk.navigation import AT_WORK, EDITORS
from gongkai.desk.page import DeskView, FormPage
from gongkai.inventory import actions, queries, reading, rejects, sources
from gongkai.inventory.board import Board, board_of
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.values import NewInput, RunOrder, RunScope
from gongkai.orgs.models import Role


class InventoryView(DeskView):
    """What the pages about clean-up share."""

    roles: ClassVar[tuple[Role, ...]] = AT_WORK
    task = "inventory"

    @cached_property
    def run(self) -> InventoryRun:
        """The run of the address."""
        rows = queries.visible_to(self.seat.person, self.seat.today)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def url(self) -> str:
        """The run's page."""
        return reverse("desk:run", kwargs={"uuid": self.run.uuid})


class Inventory(InventoryView):
    """The board: what was taken in, counted by attribute, class and period; the runs."""

    title = "信息清理"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The board, with the periods that were asked for."""
        form = Bounds(data=request.GET or None)
        runs = queries.visible_to(self.seat.person, self.seat.today)
        page = paging.page_of(runs.order_by("-id"), request.GET.get("page"), size=10)
        return self.show(
            "desk/inventory.html",
            page=page,
            runs=[(run, queries.progress(run)) for run in page.object_list],
            board=self._board(form),
            form=form,
            may_run=self.seat.holds(*EDITORS),
            may_map=self.seat.holds(Role.DISCLOSURE_OFFICE),
        )

    def _board(self, form: Bounds) -> Board | None:
        if self.seat.body is None:
            return None
        bounds = form.cleaned_data.get("bounds") if form.is_bound and form.is_valid() else None
        return board_of(queries.figures(self.seat.body, bounds=bounds or ()), self.seat.body)


class NewRun(InventoryView, FormPage[RunForm]):
    """A new clean-up: files in; tables are looked at first, papers are started at once."""

    roles = EDITORS
    title = "新的清理"
    form_class = RunForm
    submit = "下一步"

    def form_kwargs(self) -> dict[str, Any]:
        listed = [(m.name, m.label or m.name) for m in sources.listed()]
        return {"body": self.body(), "mappings": listed}

    def initial(self) -> dict[str, Any]:
        """His own section; the disclosure office cleans up for the whole body."""
        office = self.seat.holds(Role.DISCLOSURE_OFFICE)
        return {"section": None if office else self.seat.person.section_id}

    def context(self) -> dict[str, Any]:
        return {
            "back_url": reverse("desk:inventory"),
            "back_label": "信息清理",
            "intro": "表格（CSV、XLSX、JSON、XML）先给您看前十行怎样读，其他文件直接开始。"
            "读得出的成为草稿，读不准的留下核查发现；任何内容都不会自动改动。",
        }

    def act(self, form: RunForm) -> HttpResponse:
        data, by, now = form.cleaned_data, self.seat.person, self.seat.now
        order = RunOrder(
            label=data["label"],
            mapping=data["mapping"],
            platform=data["platform"],
            section=data["section"],
            scope=RunScope(
                from_on=data["covers_from_on"],
                through_on=data["covers_through_on"],
                sections=tuple(data["covers_sections"]),
                source_words=data["source_words"],
            ),
        )
        run = actions.open_run(body=self.body(), order=order, by=by, now=now)
        files = [NewInput(file.name or "", file.read()) for file in data["chosen"]]
        actions.add_files(run=run, files=files, by=by, now=now)
        if queries.unread_tables(run).exists():
            url = reverse("desk:run_preview", kwargs={"uuid": run.uuid})
            return self.done(url, f"{len(files)}个文件已放进来。请看前十行，再开始清理。")
        actions.start(run=run, by=by, now=now)
        url = reverse("desk:run", kwargs={"uuid": run.uuid})
        return self.done(url, f"清理已开始：{len(files)}个文件。")


class RunRejects(InventoryView):
    """The rows that were not taken in, to mend and import again."""

    def get(self, request: HttpRequest, uuid: UUID) -> StreamingHttpResponse:
        """A CSV with a mark of its encoding; no cell can be a formula."""
        rows = ([safe_cell(cell) for cell in row] for row in rejects.table(self.run))
        writer = csv.writer(_Echo())
        lines = (writer.writerow(row) for row in rows)
        answer = StreamingHttpResponse(chain(["\ufeff"], lines), content_type="text/csv")
        answer["Content-Disposition"] = f'attachment; filename="rejected-{self.run.uuid}.csv"'
        return answer


class _Echo:
    """What is written is given back: the writer's lines go straight to the answer."""

    def write(self, line: str) -> str:
        """The line."""
        return line


class AddFiles(InventoryView, FormPage[MoreFiles]):
    """More files for a run."""

    roles = EDITORS
    title = "添加文件"
    form_class = MoreFiles
    submit = "添加"

    def context(self) -> dict[str, Any]:
        return {"back_url": self.url(), "back_label": self.run.label}

    def act(self, form: MoreFiles) -> HttpResponse:
        files = [NewInput(f.name or "", f.read()) for f in form.cleaned_data["chosen"]]
        added = actions.add_files(run=self.run, files=files, by=self.seat.person, now=self.seat.now)
        first = next((row for row in added if reading.holds_rows(row.name)), None)
        if first is None:
            return self.done(self.url(), f"已添加{len(files)}个文件。")
        url = reverse("desk:run_preview", kwargs={"uuid": self.run.uuid})
        return self.done(f"{url}?file={first.ordinal}", f"已添加{len(files)}个文件，请看前十行。")
