"""Decides rows that can be read in several ways by the sums of the columns.

Each constraint is a sum over rows with signs that must be nothing: in every column the total of
the outcomes is their sum, and what came in is what was handled or carried over. All solutions are
looked for, in bounded work; only what they have in common is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.law.annual_report.model import Number
from gongkai.reporting.reading.splits import Ways

MOST_SOLUTIONS: Final = 200
MOST_NODES: Final = 60_000
Signs = Mapping[str, int]
"""Row → +1 or −1 in one sum that must be nothing."""


@dataclass(frozen=True, slots=True)
class Solved:
    """`rows` maps each uncertain row to the ways that occur in a solution.

    `complete` is false when the search was cut off: then nothing is decided by it.
    """

    rows: Mapping[str, tuple[Ways, ...]]
    complete: bool = True

    @property
    def unsolvable(self) -> bool:
        """No way to read the rows agrees with the sums."""
        return self.complete and any(not found for found in self.rows.values())


def solve(
    known: Mapping[str, Ways], open_rows: Mapping[str, Sequence[Ways]], sums: Sequence[Signs]
) -> Solved:
    """All solutions for `open_rows`; `known` rows have one reading.

    A sum with a row that is in neither is not used; nor a column of it where a known row is blank
    by doubt (callers leave such rows out of `known`).
    """
    usable = [signs for signs in sums if all(row in known or row in open_rows for row in signs)]
    order = sorted(open_rows, key=lambda row: len(open_rows[row]))
    width = max(
        (len(way) for found in (*open_rows.values(), known.values()) for way in found), default=0
    )
    fixed = [
        sum(sign * _value(known[row], column) for row, sign in signs.items() if row in known)
        for signs in usable
        for column in range(width)
    ]
    weighed = {
        row: [(way, _weights(row, way, usable, width)) for way in dict.fromkeys(open_rows[row])]
        for row in order
    }
    if not _narrowed(weighed, fixed):
        return Solved(dict.fromkeys(order, ()))
    return _search(order, weighed, fixed)


_Weighed = dict[str, list[tuple[Ways, tuple[Number, ...]]]]


def _value(way: Ways, column: int) -> Number:
    return way[column] or 0


def _weights(row: str, way: Ways, sums: Sequence[Signs], width: int) -> tuple[Number, ...]:
    """What a way adds to each sum of each column."""
    return tuple(
        signs.get(row, 0) * _value(way, column) for signs in sums for column in range(width)
    )


def _narrowed(weighed: _Weighed, fixed: Sequence[Number]) -> bool:
    """Drop ways that no choice of the others can balance; false when a row has none left."""
    changed = True
    while changed:
        changed = False
        low = [
            sum(min(w[k] for _, w in found) for found in weighed.values())
            for k in range(len(fixed))
        ]
        high = [
            sum(max(w[k] for _, w in found) for found in weighed.values())
            for k in range(len(fixed))
        ]
        for row, found in weighed.items():
            mine_low = [min(w[k] for _, w in found) for k in range(len(fixed))]
            mine_high = [max(w[k] for _, w in found) for k in range(len(fixed))]
            kept = [
                (way, w)
                for way, w in found
                if all(
                    low[k] - mine_low[k] + w[k] <= -fixed[k] <= high[k] - mine_high[k] + w[k]
                    for k in range(len(fixed))
                )
            ]
            if not kept:
                return False
            if len(kept) < len(found):
                weighed[row] = kept
                changed = True
                break
    return True


def _search(order: Sequence[str], weighed: _Weighed, fixed: Sequence[Number]) -> Solved:
    """Depth first, least choice first, cutting where a sum cannot be met any more."""
    order = sorted(order, key=lambda row: len(weighed[row]))
    low, high = _bounds(order, weighed, len(fixed))
    used: dict[str, dict[Ways, None]] = {row: {} for row in order}
    nodes = solutions = 0
    stack: list[tuple[int, tuple[Number, ...], tuple[Ways, ...]]] = [(0, tuple(fixed), ())]
    while stack:
        depth, state, chosen = stack.pop()
        nodes += 1
        if nodes > MOST_NODES or solutions > MOST_SOLUTIONS:
            return Solved({row: tuple(w for w, _ in weighed[row]) for row in order}, False)
        if depth == len(order):
            solutions += 1
            for row, way in zip(order, chosen, strict=True):
                used[row][way] = None
            continue
        for way, weights in weighed[order[depth]]:
            after = tuple(a + b for a, b in zip(state, weights, strict=True))
            if all(
                value + least <= 0 <= value + most
                for value, least, most in zip(after, low[depth + 1], high[depth + 1], strict=True)
            ):
                stack.append((depth + 1, after, (*chosen, way)))
    return Solved({row: tuple(found) for row, found in used.items()})


def _bounds(
    order: Sequence[str], weighed: _Weighed, count: int
) -> tuple[list[list[Number]], list[list[Number]]]:
    """The least and most the rows from a depth on can add to each sum."""
    low: list[list[Number]] = [[0] * count]
    high: list[list[Number]] = [[0] * count]
    for row in reversed(order):
        found = weighed[row]
        low.append([low[-1][k] + min(w[k] for _, w in found) for k in range(count)])
        high.append([high[-1][k] + max(w[k] for _, w in found) for k in range(count)])
    return low[::-1], high[::-1]
