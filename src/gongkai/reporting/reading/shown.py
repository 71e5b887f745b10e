"""A checked report as tables for a page: cells with what is doubtful or wrong about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.law.annual_report.requests_table import COLUMNS, GROUPS, RESULTS
from gongkai.reporting.schema import T3_ROWS, Report, addresses, form_of, layout

STATES: Final = {
    "doubt": "不能确定",
    "wrong": "不一致",
    "look": "请核对",
    "blank": "空白",
}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`text` as read (blank —, undecided ?); `state` a key of `STATES`, empty for a plain cell."""

    text: str
    state: str = ""
    label: str = ""
    note: str = ""

    @property
    def word(self) -> str:
        """The state in words, for those who do not see colours."""
        return STATES.get(self.state, "") if self.state != "blank" else ""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of the report; `columns` are its headings, empty where each cell has its own."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ShownCell, ...]], ...]


def shown_tables(report: Report) -> tuple[ShownTable, ...]:
    """The tables that have cells."""
    form = form_of(report.edition)
    marked = _Marks(report)
    tables = layout(report.edition)
    if not tables:
        told = tuple(
            (cell.label, (marked.cell(key),))
            for key, cell in form.cells.items()
            if key in report.cells
        )
        return (ShownTable("indicators", form.title, ("数值",), told),)
    titles = [table.title for table in form.tables]
    labels = {row.key: row.label for table in form.tables for row in table.rows}
    found = []
    for (name, rows), title in zip(tables.items(), titles, strict=True):
        if isinstance(rows, tuple):
            found.append(_remedies(title, rows, marked))
            continue
        columns = tuple(column.label for column in COLUMNS) if name == "t3" else ()
        lines = tuple(
            (labels.get(T3_ROWS.get(row, ""), row), tuple(marked.cell(key) for key in keys))
            for row, keys in rows.items()
        )
        found.append(ShownTable(name, title, columns, lines))
    return tuple(table for table in found if _is_there(report, table.key))


def _is_there(report: Report, table: str) -> bool:
    named = addresses(report.edition)
    return any(named[key].startswith(table) for key in report.cells)


def _remedies(title: str, keys: Sequence[str], marked: _Marks) -> ShownTable:
    width = len(RESULTS)
    rows = tuple(
        (group.label, tuple(marked.cell(key) for key in keys[n * width : (n + 1) * width]))
        for n, group in enumerate(GROUPS)
    )
    return ShownTable("t4", title, tuple(result.label for result in RESULTS), rows)


class _Marks:
    """What is to be said of each cell."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._address = addresses(report.edition)
        self._labels = {k: c.label for k, c in form_of(report.edition).cells.items()}
        self._doubt = {item.cell: item for item in report.undecided}
        self._wrong = {a for f in report.findings if not f.soft for a in f.cells}
        self._look = {a for f in report.findings if f.soft for a in f.cells}

    def cell(self, key: str) -> ShownCell:
        address = self._address[key]
        label = self._labels[key].rpartition("·")[2]
        value = self._report.cells.get(key)
        doubt = self._doubt.get(address)
        if doubt is not None:
            return ShownCell("?", "doubt", label, doubt.raw)
        text = "—" if value is None else str(value)
        if address in self._wrong:
            return ShownCell(text, "wrong", label)
        if address in self._look:
            return ShownCell(text, "look", label)
        return ShownCell(text, "blank" if value is None else "", label)
