"""The review sheet as DOCX: measures and font names of GB/T 9704-2012, one table."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.review.sheet_paper import SheetPaper, Step

# The names every Chinese office suite knows; it replaces them where they are missing.
SONG, FANG, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
# Label, value, answer; twice. A value stands over the second and third.
WIDTHS = (29, 38, 11, 29, 38, 11)


def draw(paper: SheetPaper) -> bytes:
    """The sheet as the bytes of a DOCX file."""
    document = Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, paper.title, SONG, 22)
    line = document.add_paragraph()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), alignment=2)
    _run(line, f"{paper.body}\t编号：{paper.number}", FANG, 12)
    _table(document, paper)
    foot = document.add_paragraph()
    _run(foot, f"审查原则：{paper.principle}。本单一式一份，随信息归档。", FANG, 10.5)
    _properties(document, paper)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any) -> None:
    """A4 with the type area 156 by 225 mm, page numbers — 1 — of 14 points 7 mm below it."""
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    style.paragraph_format.space_after = Pt(0)
    number = section.footer.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(number, "— ", "宋体", 14)
    _field(_run(number, "", "宋体", 14), "PAGE")
    _run(number, " —", "宋体", 14)


def _field(run: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    return run


def _table(document: Any, paper: SheetPaper) -> None:
    table = document.add_table(rows=0, cols=len(WIDTHS))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    first, *pairs, last = paper.header
    _wide(table, *first)
    for left, right in zip(pairs[::2], pairs[1::2], strict=True):
        cells = _cells(table)
        for place, (label, text) in ((0, left), (3, right)):
            _write(cells[place], label, HEI, centred=True)
            _write(cells[place + 1].merge(cells[place + 2]), text, FANG)
    _wide(table, *last)
    _heading(table, "逐项审查")
    for two in range(0, len(paper.checklist), 2):
        cells = _cells(table)
        for place, (question, answer) in zip((0, 3), paper.checklist[two : two + 2], strict=False):
            _write(cells[place].merge(cells[place + 1]), question, FANG)
            _write(cells[place + 2], answer, FANG, centred=True)
    _heading(table, "自动检查的发现与答复")
    _findings(table, paper)
    for step in paper.steps:
        _step(table, step)
    _wide(table, "备注", "\n".join(paper.remarks) or "无")


def _cells(table: Any) -> list[Any]:
    row = table.add_row()
    mark = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(mark)
    cells = list(row.cells)
    for cell, width in zip(cells, WIDTHS, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return cells


def _write(cell: Any, text: str, font: str, *, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, 12)


def _wide(table: Any, label: str, text: str) -> None:
    cells = _cells(table)
    _write(cells[0], label, HEI, centred=True)
    _write(cells[1].merge(cells[5]), text, FANG)


def _heading(table: Any, text: str) -> None:
    cells = _cells(table)
    _write(cells[0].merge(cells[5]), text, HEI, centred=True)


def _findings(table: Any, paper: SheetPaper) -> None:
    rows = [
        f"{n}. {f.kind}" + (f"原文：“{f.evidence}”。" if f.evidence else "") + f"答复：{f.answer}。"
        for n, f in enumerate(paper.findings, 1)
    ]
    for text in rows or ["没有发现需要答复的内容。"]:
        cells = _cells(table)
        _write(cells[0].merge(cells[5]), text, FANG)


def _step(table: Any, step: Step) -> None:
    cells = _cells(table)
    _write(cells[0], f"{step.ordinal}\n{step.label}", HEI, centred=True)
    merged = cells[1].merge(cells[5])
    _write(merged, "\n".join(step.lines) or "\n\n", FANG)
    signature = merged.add_paragraph()
    signature.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    name = step.signed_by or "　" * 6
    day = step.signed_on or "　　　年　　月　　日"
    _run(signature, f"签名：{name}　　　　{day}", FANG, 12)


def _properties(document: Any, paper: SheetPaper) -> None:
    """No trace of the machine: title and body only."""
    document.core_properties.title = f"{paper.title} {paper.number}"
    document.core_properties.author = paper.body
    document.core_properties.comments = ""
