"""Totals as bars lying down, drawn on the server; the table stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.models import ScoreSheet

ROW, BAR, LEFT, WIDTH = 34, 20, 190, 560


@dataclass(frozen=True, slots=True)
class Bar:
    """One sheet's bar in the units of the picture."""

    name: str
    total: Decimal
    y: int
    middle: int
    width: float
    comparable: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture: `height` follows the number of bars; `marks` are (x, points) of the axis."""

    bars: tuple[Bar, ...]
    height: int
    marks: tuple[tuple[float, int], ...]
    left: int = LEFT
    width: int = LEFT + WIDTH + 80
    bar: int = BAR


def chart_of(sheets: Sequence[ScoreSheet], full: int) -> Chart:
    """A bar for each sheet in the given order; the full score reaches the right end."""
    bars = tuple(
        Bar(
            sheet.name if len(sheet.name) <= 12 else f"{sheet.name[:11]}…",
            sheet.total,
            place * ROW + 8,
            place * ROW + 8 + BAR // 2,
            round(float(sheet.total) * WIDTH / full, 1),
            sheet.comparable,
        )
        for place, sheet in enumerate(sheets)
    )
    marks = tuple((LEFT + WIDTH * part / 4, full * part // 4) for part in range(5))
    return Chart(bars, len(bars) * ROW + 30, marks)
