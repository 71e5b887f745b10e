"""Charts as SVG from the server: geometry in classes instead of styles, a table beside each.

Drawn 360 units wide, so that the letters are readable on a phone without zooming.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.reporting.statistics.comparing import TOO_FEW, Side
from gongkai.reporting.statistics.spread import Share

WIDTH = 360
ROW, BAR = 34, 11
HEIGHT, BASE, TOP = 150, 124, 20
MOST_ROWS = 14
# A label every so many columns, so that they do not run into one another.
_WIDE_LABEL = 34


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words; upright ones use x and height, lying ones y and width."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float

    @property
    def half(self) -> float:
        """From the bar's edge to its middle."""
        return round(self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title and, in `text`, all its figures in words."""

    key: str
    title: str
    text: str
    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH


def lying(key: str, title: str, pairs: Sequence[tuple[str, int]]) -> Chart:
    """Bars one below the other, label above each; what is beyond the 14th is summed up."""
    shown = list(pairs[:MOST_ROWS])
    rest = sum(n for _label, n in pairs[MOST_ROWS:])
    if rest:
        shown.append((f"其余{len(pairs) - MOST_ROWS}项", rest))
    highest = max((n for _label, n in shown), default=0) or 1
    bars = tuple(
        Bar(label, n, 0, place * ROW + 20, round((WIDTH - 8) * n / highest, 1), BAR)
        for place, (label, n) in enumerate(shown)
    )
    return Chart(key, title, _text(shown), bars, max(len(shown), 1) * ROW + 4)


def upright(key: str, title: str, pairs: Sequence[tuple[str, int]]) -> Chart:
    """Columns from left to right, as for months."""
    count = max(len(pairs), 1)
    step = min(48.0, WIDTH / count)
    highest = max((n for _label, n in pairs), default=0) or 1
    every = max(1, -(-_WIDE_LABEL // int(step)) if step < _WIDE_LABEL else 1)
    bars = []
    for place, (label, n) in enumerate(pairs):
        height = round((BASE - TOP) * n / highest, 1)
        x, width = round(place * step + step * 0.15, 1), round(step * 0.7, 1)
        shown = label if place % every == 0 else ""
        bars.append(Bar(shown, n, x, round(BASE - height, 1), width, height))
    return Chart(key, title, _text(pairs), tuple(bars), HEIGHT)


def _text(pairs: Sequence[tuple[str, int]]) -> str:
    return "，".join(f"{label} {n}" for label, n in pairs) or "没有数字"


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its interval on a line from 0 to 100 %; not drawn where there are too few."""

    label: str
    words: str
    y: float
    low: float
    high: float
    middle: float
    drawn: bool

    @property
    def reach(self) -> float:
        """The length of the bar."""
        return round(max(self.high - self.low, 1.0), 1)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Shares beside each other."""

    key: str
    title: str
    text: str
    lines: tuple[Interval, ...]
    height: int
    width: int = WIDTH


def intervals(key: str, title: str, sides: Sequence[tuple[str, Side]]) -> Intervals:
    """One line for each; a dot for the share, a bar for what it may as well be."""
    lines = tuple(
        _interval(label, side.in_time, place * ROW + 20)
        for place, (label, side) in enumerate(sides)
    )
    text = "；".join(f"{line.label} {line.words}" for line in lines) or "没有数字"
    return Intervals(key, title, text, lines, max(len(sides), 1) * ROW + 8)


def _interval(label: str, of: Share, y: float) -> Interval:
    scale = WIDTH - 12
    words = f"{of.words}（{of.interval_words}）" if of.enough else TOO_FEW
    return Interval(
        label,
        words,
        y,
        round(6 + scale * of.low, 1),
        round(6 + scale * of.high, 1),
        round(6 + scale * of.value, 1),
        of.enough,
    )
