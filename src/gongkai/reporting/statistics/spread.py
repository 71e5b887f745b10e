"""How long things took: median and 90th percentile out of a histogram; shares with an interval.

Pure numbers; nothing here knows where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

# Two-sided 95 %: what lies outside by chance once in twenty times.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Spread:
    """Working days: `count` cases, the middle one, the one nine of ten stay within, the longest."""

    count: int
    median: float
    p90: int
    longest: int

    @property
    def median_words(self) -> str:
        """Without a needless .0."""
        return f"{self.median:g}"


def spread_of(histogram: Mapping[int, int]) -> Spread | None:
    """The spread of days → cases; None without any case.

    The median of an even number is the mean of the two in the middle; the 90th percentile is the
    nearest rank, a value that occurred.
    """
    count = sum(histogram.values())
    if not count:
        return None
    low, high = _at(histogram, (count + 1) // 2), _at(histogram, count // 2 + 1)
    return Spread(count, (low + high) / 2, _at(histogram, ceil(0.9 * count)), max(histogram))


def _at(histogram: Mapping[int, int], rank: int) -> int:
    """The value of the case at `rank`, counted from 1 in rising order."""
    seen = 0
    for days in sorted(histogram):
        seen += histogram[days]
        if seen >= rank:
            return days
    raise ValueError(f"there are only {seen} cases")


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` with its Wilson interval (0–1); `enough` tells whether to compare it."""

    part: int
    whole: int
    low: float
    high: float
    enough: bool

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def words(self) -> str:
        """In percent with one decimal; a dash where nothing was counted."""
        return f"{self.value * 100:.1f}%" if self.whole else "—"

    @property
    def interval_words(self) -> str:
        return f"{self.low * 100:.0f}%～{self.high * 100:.0f}%" if self.whole else ""


def share(part: int, whole: int, *, least: int) -> Share:
    """A share with its 95 % Wilson score interval; `least` cases are needed to compare it.

    Wilson, because the plain interval fails just where it is needed: few cases, shares near 0 or
    1 (Brown, Cai, DasGupta 2001).
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    if not whole:
        return Share(0, 0, 0.0, 1.0, False)
    rate, square = part / whole, _Z * _Z
    middle = (rate + square / (2 * whole)) / (1 + square / whole)
    half = _Z * sqrt(rate * (1 - rate) / whole + square / (4 * whole**2)) / (1 + square / whole)
    # All of them, or none: the end is exact, whatever the rounding of the root says.
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Share(part, whole, low, high, whole >= least)
