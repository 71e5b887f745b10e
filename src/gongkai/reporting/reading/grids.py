"""Rows of the statutory tables out of tables as printed.

Rows are found by their labels, in the order of the form: a damaged label is recognised when it
comes nearest to the one that is due. A row cut by the end of a page is put together again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz

from gongkai.reporting.reading.figures import is_blank, number
from gongkai.reporting.reading.labels import HAN, Label, han, is_known, nearness
from gongkai.reporting.reading.model import Grid, Row

ENOUGH: Final = 0.6
SURE: Final = 0.85
MARGIN: Final = 0.1
MOST_ROWS: Final = 4000


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as printed: its label's characters and the cells after it; which grid it is of."""

    words: str
    cells: tuple[str, ...]
    grid: int

    @property
    def figures(self) -> int:
        """How many cells hold a figure."""
        return sum(number(cell) is not None for cell in self.cells)


def printed_rows(grids: Sequence[Grid]) -> list[Printed]:
    """All rows in order."""
    found: list[Printed] = []
    for index, grid in enumerate(grids):
        width = _used_width(grid)
        for row in grid:
            cells = [cell for cell in row[:width] if cell is not None]
            split = _label_end(cells)
            words = han(cells[split - 1]) if split else ""
            rest = tuple(cells[split:])
            if words or rest:
                found.append(Printed(words, rest, index))
            if len(found) >= MOST_ROWS:
                return found
    return found


def _used_width(grid: Grid) -> int:
    """Without the columns on the right that hold nothing at all."""
    width = max(map(len, grid), default=0)
    while width and not any(row[width - 1] for row in grid if len(row) >= width):
        width -= 1
    return width


def _label_end(cells: Sequence[str]) -> int:
    """Behind the last cell with words known from the form, else behind the last words before
    any figure: a value may be words too, as in 见附件."""
    wordy = [
        index
        for index, cell in enumerate(cells)
        if HAN.search(cell) and not is_blank(cell) and number(cell, money=True) is None
    ]
    known = [index for index in wordy if is_known(han(cells[index]))]
    if known:
        return known[-1] + 1
    first = next((n for n, cell in enumerate(cells) if number(cell) is not None), len(cells))
    return max((index + 1 for index in wordy if index < first), default=0)


def match(rows: Sequence[Printed], labels: Sequence[Label]) -> dict[int, int]:
    """Label index → row index, in order on both sides, with the greatest nearness in all."""
    near = [[nearness(row.words, label) for label in labels] for row in rows]
    best = _best_path(near, len(rows), len(labels))
    return {j: i for i, j in best if not _ambiguous(near, best, i, j)}


def _best_path(near: list[list[float]], height: int, width: int) -> list[tuple[int, int]]:
    gain = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            gain[i][j] = max(gain[i + 1][j], gain[i][j + 1])
            if near[i][j] >= ENOUGH:
                gain[i][j] = max(gain[i][j], gain[i + 1][j + 1] + near[i][j] ** 2)
    path = []
    i = j = 0
    while i < height and j < width:
        if near[i][j] >= ENOUGH and gain[i][j] == gain[i + 1][j + 1] + near[i][j] ** 2:
            path.append((i, j))
            i, j = i + 1, j + 1
        elif gain[i][j] == gain[i + 1][j]:
            i += 1
        else:
            j += 1
    return path


def _ambiguous(near: list[list[float]], path: list[tuple[int, int]], i: int, j: int) -> bool:
    """A poor likeness, and a label beside it that nobody took would do as well."""
    if near[i][j] >= SURE:
        return False
    taken = {label for _, label in path}
    beside = [k for k in (j - 1, j + 1) if 0 <= k < len(near[i]) and k not in taken]
    return any(near[i][k] > near[i][j] - MARGIN for k in beside)


def rows_by_label(rows: Sequence[Printed], labels: Sequence[Label]) -> dict[str, Row]:
    """The rows that have cells, by their name; those not found are left out."""
    found = match(rows, labels)
    _fill_by_order(rows, labels, found)
    taken = frozenset(found.values())
    return {
        label.row: _row(rows, found[index], label, taken)
        for index, label in enumerate(labels)
        if label.cells and index in found
    }


def _fill_by_order(rows: Sequence[Printed], labels: Sequence[Label], found: dict[int, int]) -> None:
    """Rows whose label is lost, but which stand exactly where the missing ones are due."""
    marks = sorted(found.items())
    for (j, i), (next_j, next_i) in pairwise(marks):
        due = [k for k in range(j + 1, next_j) if labels[k].cells]
        there = [k for k in range(i + 1, next_i) if rows[k].figures]
        if due and len(due) == len(there) and _in_place(rows, labels, due, there):
            found.update(zip(due, there, strict=True))


def _in_place(
    rows: Sequence[Printed], labels: Sequence[Label], due: Sequence[int], there: Sequence[int]
) -> bool:
    return all(
        len(_fitted(rows[i].cells, len(labels[j].cells)) or ()) == len(labels[j].cells)
        for j, i in zip(due, there, strict=True)
    )


def _row(rows: Sequence[Printed], index: int, label: Label, taken: Collection[int]) -> Row:
    cells = rows[index].cells
    if all(map(is_blank, cells)):
        cells = _other_half(rows, index, taken) or cells
    fitted = _fitted(cells, len(label.cells))
    if fitted is not None:
        return Row(label.row, label.cells, fitted, exact=True)
    return Row(label.row, label.cells, _tokens(cells))


def _tokens(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(token for cell in cells for token in cell.split() if not is_blank(token))


def _other_half(
    rows: Sequence[Printed], index: int, taken: Collection[int]
) -> tuple[str, ...] | None:
    """The figures of a row cut by the end of a page may stand in its other half."""
    for near in (index + 1, index - 1):
        if not 0 <= near < len(rows) or near in taken:
            continue
        if rows[near].figures and rows[near].grid != rows[index].grid:
            return rows[near].cells
    return None


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...] | None:
    """Exactly the cells of the row: empty ones too many at its ends are dropped."""
    kept = list(cells)
    while len(kept) > width and is_blank(kept[-1]):
        kept.pop()
    while len(kept) > width and is_blank(kept[0]):
        kept.pop(0)
    if len(kept) != width or any(_several(cell) for cell in kept):
        return None
    return tuple(kept)


def _several(cell: str) -> bool:
    """Figures side by side in one cell; one broken over two lines is one."""
    return any(len(line.split()) > 1 for line in cell.splitlines())


def remedies(rows: Sequence[Printed], cells: tuple[str, ...]) -> Row | None:
    """The one row of table four: the first with figures under its headings, else an empty one."""
    below = _below_headings(rows)
    plain = [row for row in below if not row.words and row.cells]
    row = next((row for row in plain if row.figures), plain[0] if plain else None)
    if row is None:
        return None
    fitted = _fitted(row.cells, len(cells))
    if fitted is not None:
        return Row("t4", cells, fitted, exact=True)
    return Row("t4", cells, _tokens(row.cells))


def _below_headings(rows: Sequence[Printed]) -> Sequence[Printed]:
    heads = ("结果维持", "总计", "尚未审结", "复议后起诉", "行政诉讼", "行政复议")
    for index, row in enumerate(rows):
        if any(fuzz.ratio(row.words, head) > 70 for head in heads):
            end = index + 1
            while end < len(rows) and rows[end].words and end < index + 6:
                end += 1
            return rows[end : end + 6]
    return ()
