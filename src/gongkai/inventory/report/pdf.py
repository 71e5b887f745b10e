"""The report drawn by typst; the look stands in `templates/inventory/run_report.typ`."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import typst

from gongkai.inventory.report.content import Report, Table
from gongkai.inventory.report.page import Shown, shown
from gongkai.review.sheet_pdf import choose_fonts, font_folders

TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "inventory" / "run_report.typ"


def drawn(report: Report) -> bytes:
    """PDF/A-2b. Raises `Refusal` (`document.no_font`) without any Chinese font."""
    folders = font_folders()
    values = {
        "fonts": choose_fonts(folders),
        "title": report.title,
        "body": report.body,
        "sentence": report.sentence,
        "proof": [f"{report.proof}。", *report.broken],
        "facts": [list(fact) for fact in report.facts],
        "tables": [_table(table) for table in report.tables],
        "lists": [_list(one) for one in shown(report)],
        "steps": [list(step) for step in report.steps],
    }
    made: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=_fonts(folders),
        sys_inputs={"report": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["a-2b"],
        timestamp=int(report.made_at.timestamp()),
    )
    return made


@lru_cache(maxsize=4)
def _fonts(folders: tuple[str, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=list(folders)
    )


def _table(table: Table) -> dict[str, object]:
    rows = [[str(cell) for cell in row] for row in table.rows]
    return {"name": table.name, "heads": list(table.heads), "rows": rows}


def _list(one: Shown) -> dict[str, object]:
    return {
        "name": f"{one.listing.name}的{one.listing.count}条",
        "heads": list(one.listing.heads),
        "widths": list(one.listing.widths),
        "rows": [[str(cell) for cell in row] for row in one.rows],
        "more": one.more,
    }
