"""Ruled tables from lines and characters on a page: pure geometry.

Coordinates are points, y grows upwards. Lines that touch make one table; between its lines lie
cells; cells without a line between them are one merged cell.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.ports import Grid

NEAR: Final = 2.5
"""Points by which drawn lines may miss each other."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line: at ``at`` (x of an upright one, y of a level one), from ``start`` to ``end``."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    # Neither level nor upright: a watermark laid across the page, never the text of a cell.
    slanted: bool = False

    @property
    def x(self) -> float:
        """Middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Middle."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table's lines: places of its columns (left to right) and rows (top to bottom)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rulings: tuple[Ruling, ...]

    def holds(self, char: Char) -> bool:
        """Whether a character stands in it."""
        return self.xs[0] <= char.x <= self.xs[-1] and self.ys[-1] <= char.y <= self.ys[0]

    def place(self, char: Char) -> tuple[int, int]:
        """Row and column of the smallest cell a character of the table stands in."""
        column = min(bisect_right(self.xs, char.x), len(self.xs) - 1) - 1
        row = min(bisect_right([-y for y in self.ys], -char.y), len(self.ys) - 1) - 1
        return max(row, 0), max(column, 0)


def joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Pieces of one line put together."""
    found: list[Ruling] = []
    for line in sorted(rulings, key=lambda r: (r.upright, round(r.at / NEAR), r.start)):
        last = found[-1] if found else None
        if (
            last is not None
            and last.upright == line.upright
            and abs(last.at - line.at) <= NEAR
            and line.start <= last.end + NEAR
            and line.end >= last.start - NEAR
        ):
            start, end = min(last.start, line.start), max(last.end, line.end)
            found[-1] = Ruling(last.upright, last.at, start, end)
        else:
            found.append(line)
    return found


def ruled_tables(rulings: Iterable[Ruling]) -> list[Ruled]:
    """Groups of lines that touch, with at least one cell, from the top of the page down."""
    lines = joined(rulings)
    group = list(range(len(lines)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, one in enumerate(lines):
        for j in range(i):
            if one.upright != lines[j].upright and _touch(one, lines[j]):
                group[root(i)] = root(j)
    gathered: dict[int, list[Ruling]] = {}
    for i, one in enumerate(lines):
        gathered.setdefault(root(i), []).append(one)
    tables = [_ruled(members) for members in gathered.values()]
    return sorted((t for t in tables if t is not None), key=lambda t: -t.ys[0])


def _touch(one: Ruling, other: Ruling) -> bool:
    return (
        one.start - NEAR <= other.at <= one.end + NEAR
        and other.start - NEAR <= one.at <= other.end + NEAR
    )


def _ruled(lines: Sequence[Ruling]) -> Ruled | None:
    xs = _places(line.at for line in lines if line.upright)
    ys = _places(line.at for line in lines if not line.upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Ruled(tuple(xs), tuple(reversed(ys)), tuple(lines))


def _places(values: Iterable[float]) -> list[float]:
    """Places closer than ``2 * NEAR`` are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * NEAR:
            found.append(value)
    return found


def grid(table: Ruled, chars: Sequence[Char]) -> Grid:
    """The cells' texts; a merged cell has its text at its top left."""
    height, width = len(table.ys) - 1, len(table.xs) - 1
    owner = _owners(table, height, width)
    inside: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        inside.setdefault(owner[table.place(char)], []).append(char)
    return tuple(
        tuple(
            cell_text(inside.get((y, x), [])) if owner[y, x] == (y, x) else None
            for x in range(width)
        )
        for y in range(height)
    )


def _owners(table: Ruled, height: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Each smallest cell's merged cell, named by its first place in reading order."""
    owner = {(y, x): (y, x) for y in range(height) for x in range(width)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for y in range(height):
        middle_y = (table.ys[y] + table.ys[y + 1]) / 2
        for x in range(width):
            middle_x = (table.xs[x] + table.xs[x + 1]) / 2
            if x and not _divided(table, True, table.xs[x], middle_y):
                _unite(owner, root((y, x)), root((y, x - 1)))
            if y and not _divided(table, False, table.ys[y], middle_x):
                _unite(owner, root((y, x)), root((y - 1, x)))
    return {place: root(place) for place in owner}


def _unite(
    owner: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    first, second = sorted((one, other))
    owner[second] = first


def _divided(table: Ruled, upright: bool, at: float, middle: float) -> bool:
    return any(
        line.upright == upright
        and abs(line.at - at) <= 2 * NEAR
        and line.start - NEAR <= middle <= line.end + NEAR
        for line in table.rulings
    )


def cell_text(chars: Sequence[Char]) -> str:
    """Characters by lines from the top, each from the left; lines divided by line ends."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: -c.y):
        if char.text.isspace():
            continue
        height = max(char.top - char.bottom, 4.0)
        if lines and abs(lines[-1][0].y - char.y) <= height * 0.6:
            lines[-1].append(char)
        else:
            lines.append([char])
    return "\n".join(_line(line) for line in lines)


def _line(chars: Sequence[Char]) -> str:
    """One line; a wide gap is a blank, a very wide one a tab."""
    said: list[str] = []
    last: Char | None = None
    for char in sorted(chars, key=lambda c: c.left):
        if last is not None:
            gap = char.left - last.right
            size = max(last.top - last.bottom, char.top - char.bottom, 4.0)
            if gap > 1.5 * size:
                said.append("\t")
            elif gap > 0.15 * size and last.text.isascii() and char.text.isascii():
                said.append(" ")
        said.append(char.text)
        last = char
    return "".join(said)
