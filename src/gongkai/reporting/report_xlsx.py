"""The report as XLSX: each table on a sheet as printed, the words on the first."""

from __future__ import annotations

import io
import math
from datetime import datetime
from typing import Any

import xlsxwriter

from gongkai.reporting.layout import Box, Grid
from gongkai.reporting.paper import Paper

_BAD = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDE = 112
_SHARED: dict[str, Any] = {"text_wrap": True, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "heading": {"bold": True},
    "words": {},
    "head": {"border": 1, "align": "center", "bg_color": "#F2F2F2"},
    "figure": {"border": 1, "align": "center"},
}


def draw(paper: Paper) -> bytes:
    """The bytes of the workbook; the same report gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": paper.title, "author": paper.body, "created": _moment(paper)})
    looks = {name: book.add_format(_SHARED | more) for name, more in _LOOKS.items()}
    _words(book.add_worksheet("文字"), paper, looks)
    for part in paper.parts:
        for grid in part.grids:
            sheet = book.add_worksheet(grid.title.translate(_BAD)[:31])
            _grid(sheet, paper, grid, looks)
    book.close()
    return stream.getvalue()


def _moment(paper: Paper) -> datetime:
    """The day of the approval, so that equal reports are equal files; the format has no zone."""
    day = paper.approved_on
    return datetime(day.year, day.month, day.day) if day else datetime(paper.year, 12, 31)  # noqa: DTZ001


def _words(sheet: Any, paper: Paper, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, _WIDE)
    sheet.write_string(0, 0, paper.title, looks["title"])
    at = 1
    if paper.not_yet:
        sheet.write_string(at, 0, paper.not_yet, looks["heading"])
        at += 1
    for part in paper.parts:
        sheet.write_string(at, 0, part.heading, looks["heading"])
        at += 1
        for words in part.paragraphs:
            sheet.write_string(at, 0, words, looks["words"])
            at += 1
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _grid(sheet: Any, paper: Paper, grid: Grid, looks: dict[str, Any]) -> None:
    for column, width in enumerate(grid.widths):
        sheet.set_column(column, column, width * _WIDE / sum(grid.widths))
    sheet.merge_range(0, 0, 0, len(grid.widths) - 1, grid.title, looks["title"])
    lines = dict.fromkeys(range(len(grid.rows)), 1)
    for row, column, box in grid.places:
        _box(sheet, paper, (row + 1, column), box, looks)
        if box.rows == 1:
            shares = sum(grid.widths[column : column + box.columns])
            room = shares * _WIDE / sum(grid.widths)
            lines[row] = max(lines[row], math.ceil(len(box.text) * 2.1 / room))
    for row, count in lines.items():
        sheet.set_row(row + 1, 15 * count + 3)
    sheet.freeze_panes(1 + grid.heads, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, grid.heads)


def _box(sheet: Any, paper: Paper, at: tuple[int, int], box: Box, looks: dict[str, Any]) -> None:
    row, column = at
    look = looks["figure" if box.key else "head"]
    if box.rows > 1 or box.columns > 1:
        last = (row + box.rows - 1, column + box.columns - 1)
        sheet.merge_range(row, column, *last, "", look)
    value = paper.values.get(box.key) if box.key else None
    if value is None:
        sheet.write_string(row, column, box.text, look)
    else:
        sheet.write_number(row, column, value, look)
