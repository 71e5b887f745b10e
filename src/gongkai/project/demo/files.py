"""Attachments of the demo, made by us: a form (DOCX), tables (XLSX), notes (PDF)."""

from __future__ import annotations

import json
from io import BytesIO

import typst
import xlsxwriter
from docx import Document

from gongkai.kit.refusal import Refusal
from gongkai.project.demo.content import DATA, table
from gongkai.records.values import NewFile
from gongkai.review.documents import DOCX_TYPE, PDF_TYPE
from gongkai.review.sheet_pdf import choose_fonts, font_folders

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTE = DATA / "note.typ"


def made(kind: str, name: str, content: str) -> NewFile:
    """The file `name` with the content called `content` in `data/files.toml`.

    A machine without Chinese fonts gets the PDF's words as DOCX: the demo loads everywhere.
    """
    row = table("files")[content]
    if kind == "xlsx":
        return NewFile(name, _xlsx(row["rows"]), XLSX_TYPE)
    title, lines = row["title"], row["lines"]
    if kind == "pdf":
        try:
            return NewFile(name, _pdf(title, lines), PDF_TYPE)
        except Refusal:
            name = name.removesuffix(".pdf") + ".docx"
    return NewFile(name, _docx(title, lines), DOCX_TYPE)


def _xlsx(rows: list[list[str | float]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 28)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row, bold if n == 0 else None)
    return stream.getvalue()


def _docx(title: str, lines: list[str]) -> bytes:
    document = Document()
    document.add_heading(title, level=1)
    for line in lines:
        document.add_paragraph(line)
    document.core_properties.author, document.core_properties.comments = "云岭区商务局", ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(title: str, lines: list[str]) -> bytes:
    folders = font_folders()
    note = {"title": title, "lines": lines, "fonts": choose_fonts(folders)["fang"]}
    made_of: bytes = typst.compile(
        str(_NOTE),
        font_paths=list(folders),
        sys_inputs={"note": json.dumps(note, ensure_ascii=False)},
        timestamp=0,
    )
    return made_of
