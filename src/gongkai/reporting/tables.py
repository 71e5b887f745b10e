"""Plain tables as files: CSV with a mark of its encoding, XLSX without formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

Cell = str | int | float | date | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the headings, the rows; a row may be read once only."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def to_csv(tables: Sequence[Table]) -> bytes:
    """The tables one below the other, with a blank line between; several begin with their title."""
    out = io.StringIO()
    writer = csv.writer(out)
    for place, table in enumerate(tables):
        if place:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([harmless(table.title)])
        writer.writerow([harmless(heading) for heading in table.headings])
        writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> Cell:
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """One sheet per table; texts stay texts, numbers are numbers, days are days."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        used: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(_sheet_name(table.title, used))
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 0, 28)
            sheet.set_column(1, max(len(table.headings) - 1, 1), 14)
            sheet.write_row(0, 0, table.headings, bold)
            for at, row in enumerate(table.rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif isinstance(cell, (int, float)):
                        sheet.write_number(at, place, cell)
                    elif cell is not None:
                        sheet.write_string(at, place, cell)
    return stream.getvalue()


def _sheet_name(title: str, used: set[str]) -> str:
    """At most 31 characters, none of those Excel refuses, each once."""
    plain = title.translate(_NOT_IN_SHEET_NAMES).strip()[:28] or "表"
    name, count = plain, 1
    while name in used:
        count += 1
        name = f"{plain}{count}"
    used.add(name)
    return name
