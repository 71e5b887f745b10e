"""The report as XLSX: counts on the first sheets, every row on the others. Row by row to disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import xlsxwriter

from gongkai.inventory.report import lists
from gongkai.inventory.report.content import Report
from gongkai.inventory.report.lists import Cell, Listing

# What a sheet holds, and a cell; a list that is longer says so in its last row.
SHEET_ROWS = 1_000_000
LONGEST = 32_000
_WIDE = 160
SECTIONS = "按负责的科室"


def drawn(report: Report, target: IO[bytes] | None = None) -> IO[bytes]:
    """The workbook as an open file at its start; memory stays flat however long the lists are.

    Every text is written as text: no cell can be a formula or an address.
    """
    out = target or SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 # caller closes
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        created = report.made_at.replace(tzinfo=None)
        book.set_properties({"title": report.title, "author": report.body, "created": created})
        bold = book.add_format({"bold": True})
        _sheet(book, "概况", [14, 18, 14, 14, 14, 14], _overview(report), bold)
        _sheet(book, "按科室", [24, 12, 12, 12, 12, 12], _section_rows(report), bold)
        for make in (lists.records, lists.repeats, lists.rejects, lists.findings):
            listing = make(report.run)
            widths = [_WIDE * width // sum(listing.widths) for width in listing.widths]
            sheet = _sheet(book, listing.name, widths, _listed(listing), bold)
            sheet.autofilter(0, 0, min(listing.count, SHEET_ROWS), len(listing.heads) - 1)
    out.seek(0)
    return out


def _sheet(
    book: Any, name: str, widths: Sequence[int], rows: Iterable[Sequence[Cell]], bold: Any
) -> Any:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, max(6, min(width, 60)))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            look = bold if at == 0 else None
            if isinstance(cell, int):
                sheet.write_number(at, place, cell, look)
            elif cell:
                sheet.write_string(at, place, cell[:LONGEST], look)
    return sheet


def _overview(report: Report) -> Iterator[Sequence[Cell]]:
    yield (report.title,)
    yield ("结论", report.sentence)
    yield ("核对", report.proof)
    yield from (("核对", sentence) for sentence in report.broken)
    yield from report.facts
    for table in report.tables:
        if table.name != SECTIONS:
            yield from ((), (table.name,), table.heads, *table.rows)
    yield from ((), ("办理经过",), *report.steps)


def _section_rows(report: Report) -> Iterator[Sequence[Cell]]:
    table = next(table for table in report.tables if table.name == SECTIONS)
    yield from (table.heads, *table.rows)


def _listed(listing: Listing) -> Iterator[Sequence[Cell]]:
    yield listing.heads
    for at, row in enumerate(listing.rows(), 1):
        if at >= SHEET_ROWS:
            yield (f"一张表放不下，这里只列前{at - 1}条，共{listing.count}条。",)
            return
        yield row
