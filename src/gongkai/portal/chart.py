"""Bar charts as SVG from the server: classes instead of styles, a table always beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, BASE, TOP = 150, 124, 18
STEP, BAR = 40, 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the units of the picture; `label` below, `value` above."""

    label: str
    value: int
    x: float
    y: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture `width` by `HEIGHT` with its bars; `highest` is the largest value."""

    bars: tuple[Bar, ...]
    width: int
    highest: int
    height: int = HEIGHT
    base: int = BASE
    bar: int = BAR


def bars(pairs: Sequence[tuple[str, int]]) -> Chart:
    """Bars for (label, value); the tallest reaches the top, all zero gives flat ones."""
    highest = max((value for _label, value in pairs), default=0)
    found = []
    for place, (label, value) in enumerate(pairs):
        height = round((BASE - TOP) * value / highest, 1) if highest else 0
        x = place * STEP + (STEP - BAR) / 2
        y = round(BASE - height, 1)
        found.append(Bar(label, value, x, y, height, place * STEP + STEP / 2))
    return Chart(tuple(found), max(len(pairs), 1) * STEP, highest)
