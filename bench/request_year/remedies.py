"""Reconsiderations and suits against invented answers, and their cells of table four."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.request_year.plan import Truth

Row = dict[str, str]
AUTHORITY = {
    "reconsideration": "云岭区人民政府",
    "direct_suit": "云岭区人民法院",
    "suit_after": "云岭区人民法院",
}
# The register was drawn up on this day of the next year; later is still to come.
DRAWN_UP = (9, 30)


def remedies(row: Row, year: int, draw: Random, truth: Truth) -> None:
    """Every ninth answer is taken further; the rows get their cells, the truth its counts."""
    if not row["outcome"] or draw.random() > 0.11:
        return
    replied = date.fromisoformat(row["replied_on"])
    if draw.random() < 0.35:
        filed = replied + timedelta(days=draw.randint(20, 170))
        _enter(row, "direct_suit", filed, year, draw, truth)
        return
    filed = replied + timedelta(days=draw.randint(5, 58))
    ended = _enter(row, "reconsideration", filed, year, draw, truth)
    if ended is not None and draw.random() < 0.4:
        _enter(row, "suit_after", ended + timedelta(days=draw.randint(3, 15)), year, draw, truth)


def _enter(row: Row, kind: str, filed: date, year: int, draw: Random, truth: Truth) -> date | None:
    """One remedy; the day it ended, if it did before the register was drawn up."""
    until = date(year + 1, *DRAWN_UP)
    if filed > until:
        return None
    result = draw.choices(("upheld", "corrected", "other"), (6, 2, 3))[0]
    ended: date | None = filed + timedelta(days=draw.randint(25, 90))
    if ended is not None and (ended > until or draw.random() < 0.1):
        ended = None
    row[f"{kind}_filed_on"], row[f"{kind}_authority"] = filed.isoformat(), AUTHORITY[kind]
    row[f"{kind}_outcome"] = result if ended else "pending"
    row[f"{kind}_ended_on"] = ended.isoformat() if ended else ""
    _count(kind, filed, (ended, result), year, truth)
    return ended


def _count(kind: str, filed: date, end: tuple[date | None, str], year: int, truth: Truth) -> None:
    """Ended in the year: its result. Taken up by its last day and not ended then: pending."""
    ended, result = end
    if ended is not None and ended.year == year:
        truth.count_remedy(kind, result)
    elif filed.year <= year and (ended is None or ended.year > year):
        truth.count_remedy(kind, "pending")
