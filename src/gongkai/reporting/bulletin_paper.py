"""A bulletin as a paper: its text in sections, its figures as a table; drawn like the reports."""

from __future__ import annotations

from datetime import datetime

from gongkai.kit.dates import civil_day
from gongkai.reporting import report_docx, report_pdf
from gongkai.reporting.layout import Box, Grid
from gongkai.reporting.models import Bulletin, BulletinState
from gongkai.reporting.paper import Paper, Part
from gongkai.reporting.progress.figures import SECTION_HEADS

NOT_YET = "草稿　未印发"
_NUMERALS = "一二三四五六七八九十"
_WIDTHS = (32, 17, 17, 17, 17)


def paper_of(bulletin: Bulletin) -> Paper:
    """What is printed: as it was issued, or marked as a draft."""
    issued = bulletin.state == BulletinState.ISSUED
    head = f"{bulletin.number}　{bulletin.occasion}通报" if issued else f"{bulletin.occasion}通报"
    parts = [*_parts(head, bulletin.text)]
    rows = bulletin.figures.get("sections", [])
    if rows:
        parts.append(Part("附表　各科室公开和答复情况", (), (_grid(rows),)))
    return Paper(
        body=bulletin.body.name,
        code=bulletin.body.code,
        year=bulletin.year,
        edition="",
        title=bulletin.title,
        parts=tuple(parts),
        values={},
        approved_on=civil_day(bulletin.issued_at) if bulletin.issued_at else None,
        digest=bulletin.digest,
        not_yet="" if issued else NOT_YET,
    )


def draw_pdf(bulletin: Bulletin, *, now: datetime) -> bytes:
    """PDF/A; an issued bulletin gives the same bytes every time."""
    return report_pdf.draw(paper_of(bulletin), made_at=bulletin.issued_at or now)


def draw_docx(bulletin: Bulletin) -> bytes:
    """DOCX."""
    return report_docx.draw(paper_of(bulletin))


def _parts(head: str, text: str) -> list[Part]:
    """The lines of the text under their headings 一、二、…"""
    parts: list[tuple[str, list[str]]] = [(head, [])]
    for line in text.splitlines():
        words = line.strip()
        if words and is_heading(words):
            parts.append((words, []))
        elif words:
            parts[-1][1].append(words)
    return [Part(heading, tuple(lines)) for heading, lines in parts]


def is_heading(words: str) -> bool:
    """A short line that begins with a Chinese numeral and 、."""
    return len(words) <= 30 and words[0] in _NUMERALS and "、" in words[:4]


def _grid(rows: list[list[object]]) -> Grid:
    sums = [sum(int(str(row[at])) for row in rows) for at in range(1, len(SECTION_HEADS))]
    lines: list[list[object]] = [list(SECTION_HEADS), *rows, ["合计", *sums]]
    boxes = tuple(tuple(Box(str(cell)) for cell in line) for line in lines)
    return Grid("sections", "附表　各科室公开和答复情况", _WIDTHS, boxes, heads=1)
