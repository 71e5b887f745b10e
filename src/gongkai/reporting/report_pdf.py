"""A report drawn by typst; the look stands in `templates/reporting/report.typ`."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from gongkai.reporting.layout import Box, Grid
from gongkai.reporting.paper import Paper
from gongkai.review.sheet_pdf import choose_fonts, font_folders

TEMPLATE = Path(__file__).resolve().parent / "templates" / "reporting" / "report.typ"


def draw(paper: Paper, *, made_at: datetime) -> bytes:
    """The report as PDF/A-2b; `made_at` is the date kept in the file.

    The same report gives the same bytes. Raises `Refusal` (`document.no_font`) on a machine
    without any Chinese font.
    """
    folders = font_folders()
    values = {
        "fonts": choose_fonts(folders),
        "title": paper.title,
        "heading": paper.heading,
        "body": paper.body,
        "not_yet": paper.not_yet,
        "approved_on": _day(paper),
        "digest": paper.digest,
        "parts": [
            {
                "heading": part.heading,
                "paragraphs": list(part.paragraphs),
                "grids": [_grid(paper, grid) for grid in part.grids],
            }
            for part in paper.parts
        ],
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=_fonts(folders),
        sys_inputs={"report": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(made_at.timestamp()),
    )
    return made


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders)
    )


def _day(paper: Paper) -> str:
    day = paper.approved_on
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _grid(paper: Paper, grid: Grid) -> dict[str, Any]:
    # The title of a table repeats the heading of its section on the forms of today.
    return {
        "key": grid.key,
        "title": "" if grid.title[:2] in {p.heading[:2] for p in paper.parts} else grid.title,
        "widths": list(grid.widths),
        "heads": grid.heads,
        "boxes": [_box(paper, row, column, box) for row, column, box in grid.places],
    }


def _box(paper: Paper, row: int, column: int, box: Box) -> dict[str, Any]:
    return {
        "y": row,
        "x": column,
        "rows": box.rows,
        "columns": box.columns,
        "text": paper.text_of(box.key) if box.key else box.text,
        "figure": bool(box.key),
    }
