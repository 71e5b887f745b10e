"""A table of a run before it is read: the first rows as they would be, by this mapping or another.

The file waits in the run, opened but not started: nothing is lost on the way to a better mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.desk.navigation import EDITORS
from gongkai.desk.views.inventory import InventoryView
from gongkai.inventory import actions, fitting, queries, reading, sources
from gongkai.inventory.first_rows import Cell, FirstRows, first_rows
from gongkai.inventory.labels import FIELD_LABELS
from gongkai.inventory.models import InventoryFile
from gongkai.inventory.places import places_of
from gongkai.inventory.sources import OWN_LABELS
from gongkai.orgs.models import Role
from gongkai.ports import Extracted, ExtractionError
from gongkai.records import store

MOST_TABLES = 50
# Characters from which on a cell is a text to be read, not a word or a day.
WIDE = 36


@dataclass(frozen=True, slots=True)
class Labelled:
    """A cell with what our field is called."""

    label: str
    cell: Cell

    @property
    def look(self) -> str:
        """How the cell is set: wide for a long text, marked where something is wrong."""
        if not self.cell.value and not self.cell.problems:
            return "empty"
        wide = "wide" if len(self.cell.value) > WIDE else ""
        return f"{wide} wrong".strip() if self.cell.problems else wide


class PreviewView(InventoryView):
    """What the pages about one table share: the file, what was read of it, the mapping."""

    @cached_property
    def files(self) -> list[InventoryFile]:
        """The tables nobody has opened, the first of them."""
        return list(queries.unread_tables(self.run)[:MOST_TABLES])

    @cached_property
    def file(self) -> InventoryFile | None:
        """The one of the address, else the first."""
        asked = self.request.GET.get("file", "")
        chosen = [file for file in self.files if str(file.ordinal) == asked]
        return next(iter([*chosen, *self.files]), None)

    @property
    def later(self) -> InventoryFile | None:
        """The table after this one."""
        place = self.files.index(self.file) + 1 if self.file is not None else 0
        return next(iter(self.files[place : place + 1]), None)

    @cached_property
    def read(self) -> Extracted | str:
        """What stands in the file, or why it cannot be read."""
        assert self.file is not None
        try:
            return reading.extracted(self.file.name, store.read(self.file.file))
        except ExtractionError as error:
            return str(error)

    @cached_property
    def choices(self) -> dict[str, str]:
        """Names and words of what it can be read by."""
        listed = {m.name: m.label or m.name for m in sources.listed()}
        return {OWN_LABELS: "表头就是本系统的名称", **listed}

    @cached_property
    def mapping(self) -> str:
        """Asked for, else chosen for the file or the run, else the one that fits."""
        assert self.file is not None
        asked = self.request.GET.get("mapping", "")
        if asked in self.choices:
            return asked
        chosen = self.file.mapping or self.run.mapping
        if not chosen and isinstance(self.read, Extracted):
            chosen = fitting.fitting_tables(self.read)
        return chosen or OWN_LABELS

    def here(
        self, file: InventoryFile | None = None, *, mapping: str = "", to: str = "desk:run_preview"
    ) -> str:
        """The address of a table's preview, or of another page about it."""
        file = file or self.file
        asked = {"file": str(file.ordinal)} if file is not None else {}
        asked |= {"mapping": mapping} if mapping else {}
        return f"{reverse(to, args=[self.run.uuid])}?{urlencode(asked)}"


class RunPreview(PreviewView):
    """The first ten rows; from here another mapping is tried, or the run is started."""

    roles = EDITORS

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The page; without a table that waits there is nothing to see."""
        if self.file is None or self.run.state not in ("open", "stopped"):
            return HttpResponseRedirect(self.url())
        self.title = f"预览：{self.file.name}"
        return self.show("desk/run_preview.html", **self.context())

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        about: dict[str, Any] = {
            "run": self.run,
            "file": self.file,
            "files": [(file, self.here(file)) for file in self.files],
            "later": self.later,
            "mapping": self.mapping,
            "mapping_label": self.choices.get(self.mapping, self.mapping),
            "choices": self.choices.items(),
            "own_labels": OWN_LABELS,
            "change_url": self.here(to="desk:run_mapping", mapping=self.mapping),
            "may_map": self.seat.holds(Role.DISCLOSURE_OFFICE),
        }
        if isinstance(self.read, str):
            return {**about, "refusal": self.read}
        preview = first_rows(
            self.file.name if self.file is not None else "",
            self.read,
            sources.named(self.mapping),
            places=places_of(self.run.body),
            has_section=self.run.section_id is not None,
        )
        known = queries.taken_before(self.run.body, (row.digest for row in preview.rows))
        return {**about, **shown(preview), "known": known}

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Keep the mapping of this table; then the next one, or the start."""
        by, now = self.seat.person, self.seat.now
        if self.file is not None and (mapping := request.POST.get("mapping", "")):
            actions.choose_mapping(file=self.file, mapping=mapping, by=by, now=now)
        if request.POST.get("step") == "later" and self.later is not None:
            return self.done(self.here(self.later), "已选定，请看下一个表。")
        actions.start(run=self.run, by=by, now=now)
        return self.done(self.url(), "清理已开始。")


def shown(preview: FirstRows) -> dict[str, Any]:
    rows = [
        (row, [Labelled(FIELD_LABELS[cell.field], cell) for cell in row.cells])
        for row in preview.rows
    ]
    return {
        "preview": preview,
        "columns": [FIELD_LABELS[name] for name in preview.columns],
        "rows": rows,
        "shown": len(preview.rows),
        "missing": [(name == "title", FIELD_LABELS[name], s) for name, s in preview.missing],
        "left_out": [(name, count) for name, count, is_read in preview.tables if not is_read],
    }
