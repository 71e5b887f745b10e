"""A letter drawn by typst; the look stands in `templates/disclosure/letter.typ`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import typst

from gongkai.disclosure.letter_seal import Seal
from gongkai.disclosure.letter_text import LetterPaper, attachment_lines
from gongkai.review.sheet_pdf import choose_fonts, font_folders

TEMPLATE = Path(__file__).resolve().parent / "templates" / "disclosure" / "letter.typ"


def draw(paper: LetterPaper, *, made_at: datetime, seal: Seal | None = None) -> bytes:
    """The letter as PDF/A-2b; `made_at` is the date kept in the file.

    The same letter gives the same bytes. Raises `Refusal` (`document.no_font`) on a machine
    without any Chinese font.
    """
    folders = font_folders()
    values = asdict(paper) | {
        "fonts": choose_fonts(folders),
        "attachments": attachment_lines(paper.attachments) if paper.attachments else [],
        "seal": list(seal.image) if seal else [],
        "seal_mm": seal.millimetres if seal else 0,
        "draft": bool(paper.not_yet),
        "draft_words": paper.not_yet,
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=_fonts(folders),
        sys_inputs={"letter": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(made_at.timestamp()),
    )
    return made


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """The machine's fonts, searched once: the search takes longer than the drawing."""
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders)
    )
