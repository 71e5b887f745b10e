"""The review sheet as a document to print and to keep: PDF and DOCX of the same rows."""

from __future__ import annotations

from gongkai.review.models import ReviewSheet
from gongkai.review.sheet_docx import draw as _docx
from gongkai.review.sheet_paper import sheet_paper
from gongkai.review.sheet_pdf import draw as _pdf

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"


def sheet_docx(sheet: ReviewSheet) -> bytes:
    """The sheet as DOCX, type area and fonts of GB/T 9704-2012 by name (the reader's own)."""
    return _docx(sheet_paper(sheet))


def sheet_pdf(sheet: ReviewSheet) -> bytes:
    """The sheet as PDF/A-2b with embedded fonts.

    The same sheet in the same state gives the same bytes. Raises `Refusal` (`document.no_font`)
    on a machine without any Chinese font.
    """
    made_at = sheet.decided_at or sheet.returned_at or sheet.verified_at or sheet.proposed_at
    return _pdf(sheet_paper(sheet), made_at=made_at)


def file_name(sheet: ReviewSheet, extension: str) -> str:
    """保密审查单-〔number〕.pdf, with what a file name cannot hold replaced."""
    safe = "".join(c if c.isalnum() or c in "-_〔〕" else "-" for c in sheet.number)
    return f"保密审查单-{safe}.{extension}"
