"""A report as DOCX: the page of GB/T 9704-2012, tables with merged heads as in the annex."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.reporting.layout import Box, Grid
from gongkai.reporting.paper import Paper

# The names every Chinese office suite knows; it replaces them where they are missing.
SONG, FANG, HEI, FIGURES = "方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"
PITCH, CHARACTER = Pt(28.95), Pt(16)
_WIDTH = 156
_EPOCH = (1980, 1, 1, 0, 0, 0)


def draw(paper: Paper) -> bytes:
    """The report as the bytes of a DOCX file; the same report gives the same bytes."""
    document = Document()
    _page(document)
    for line in paper.heading:
        _centred(document, line, SONG, 22)
    _centred(document, paper.not_yet, HEI, 14)
    for part in paper.parts:
        heading = _paragraph(document, part.heading, HEI)
        heading.paragraph_format.keep_with_next = True
        for words in part.paragraphs:
            _paragraph(document, words, FANG)
        if not part.paragraphs and not part.grids:
            _paragraph(document, "无。", FANG)
        for grid in part.grids:
            _table(document, paper, grid)
    _signature(document, paper)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.body
    document.core_properties.comments = paper.digest or paper.not_yet
    stream = io.BytesIO()
    document.save(stream)
    return _still(stream.getvalue())


def _still(content: bytes) -> bytes:
    """The same parts without the moment of writing, so that equal reports are equal files."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            packed.writestr(entry, given.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _page(document: Any) -> None:
    """A4, type area 156 by 225 mm, 22 lines of 28 characters, — 1 — below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(20)
    document.settings.odd_and_even_pages_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, CHARACTER
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = PITCH
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.line_spacing = Pt(14)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        _run(line, "— ", FIGURES, 14)
        _field(_run(line, "", FIGURES, 14), "PAGE")
        _run(line, " —", FIGURES, 14)


def _centred(document: Any, words: str, font: str, size: float) -> None:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if words:
        line.paragraph_format.line_spacing = Pt(size * 1.5)
        _run(line, words, font, size)


def _paragraph(document: Any, words: str, font: str) -> Any:
    line = document.add_paragraph()
    line.paragraph_format.first_line_indent = Pt(32)
    _run(line, words, font, 16)
    return line


def _table(document: Any, paper: Paper, grid: Grid) -> None:
    """The grid with its spans; its first rows repeat on every page."""
    if grid.title[:2] not in {part.heading[:2] for part in paper.parts}:
        _centred(document, grid.title, HEI, 12)
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(_WIDTH * width / sum(grid.widths)) for width in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    places = [list(row.cells) for row in table.rows]
    for row, cells in zip(table.rows, places, strict=True):
        _whole(row)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
    size = 8 if len(grid.widths) > 10 else 9 if len(grid.widths) > 4 else 11
    for at, column, box in grid.places:
        last = places[at + box.rows - 1][column + box.columns - 1]
        cell = places[at][column]
        cell = cell if cell is last else cell.merge(last)
        _box(cell, paper, box, size)
    for row in table.rows[:-1]:
        _with_next(row)
    for row in table.rows[: grid.heads]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph().paragraph_format.line_spacing = Pt(14)


def _with_next(row: Any) -> None:
    """The row stays on the page of the next one: a table that fits a page is not broken."""
    for cell in row._tr.tc_lst:
        for line in cell.iterchildren(qn("w:p")):
            properties = line.get_or_add_pPr()
            if properties.find(qn("w:keepNext")) is None:
                properties.get_or_add_keepNext()


def _whole(row: Any) -> None:
    """A row is never broken between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _box(cell: Any, paper: Paper, box: Box, size: float) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    margins = OxmlElement("w:tcMar")
    for side in ("start", "end"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "40")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    place = properties.find(qn("w:vAlign"))
    place.addprevious(margins)
    line = cell.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.line_spacing = Pt(size * 1.35)
    words, font = (paper.text_of(box.key), FIGURES) if box.key else (box.text, FANG)
    _run(line, words, font, size)


def _signature(document: Any, paper: Paper) -> None:
    day = paper.approved_on
    if day is None:
        return
    document.add_paragraph()
    for words, inset in ((paper.body, 32), (f"{day.year}年{day.month}月{day.day}日", 64)):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(inset)
        line.paragraph_format.keep_with_next = words is paper.body
        _run(line, words, FANG, 16)


def _run(line: Any, words: str, font: str, size: float) -> Any:
    run = line.add_run(words)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    return run


def _field(run: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
