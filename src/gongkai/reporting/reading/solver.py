"""Decides rows that can be read in several ways by the sums of the columns.

Each constraint is a sum over rows with signs that must be nothing: in every column the total of
the outcomes is their sum, and what came in is what was handled or carried over. All solutions are
looked for, in bounded work; only what they have in common is decided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    known: Mapping[str, Ways],
    open_rows: Mapping[str, Sequence[Ways]],
    sums: Sequence[Signs],
    free: Collection[tuple[int, int]] = (),
) -> Solved:
    """All solutions for `open_rows`; `known` rows have one reading.

    A sum with a row that is in neither is not used, nor the pairs (sum, column) in `free`.
    """
    order = sorted(open_rows, key=lambda row: len(open_rows[row]))
    width = max(
        (len(way) for found in (*open_rows.values(), known.values()) for way in found), default=0
    )
    checks: list[_Check] = [
        (signs, column)
        for number, signs in enumerate(sums)
        if all(row in known or row in open_rows for row in signs)
        for column in range(width)
        if (number, column) not in free
    ]
    fixed = [
        sum(sign * _value(known[row], column) for row, sign in signs.items() if row in known)
        for signs, column in checks
    ]
    weighed = {
        row: [(way, _weights(row, way, checks)) for way in dict.fromkeys(open_rows[row])]
        for row in order
    }
    if not _narrowed(weighed, fixed):
        return Solved(dict.fromkeys(order, ()))
    return _search(order, weighed, fixed)


def solve_but_one(
    known: Mapping[str, Ways], open_rows: Mapping[str, Sequence[Ways]], sums: Sequence[Signs]
) -> Solved:
    """When nothing agrees with all sums: all solutions in which one column fails.

    The last column holds the rows' totals, so an error that its row hides fails there as well.
    Any column may be the failing one: what all these solutions have in common holds wherever the
    error is.
    """
    width = max((len(way) for found in open_rows.values() for way in found), default=0)
    union: dict[str, dict[Ways, None]] = {row: {} for row in open_rows}
    for column in range(width - 1):
        free = {(number, k) for number in range(len(sums)) for k in (column, width - 1)}
        solved = solve(known, open_rows, sums, free)
        if not solved.complete:
            return Solved({row: tuple(found) for row, found in open_rows.items()}, False)
        for row, found in solved.rows.items():
            union[row] |= dict.fromkeys(found)
    return Solved({row: tuple(found) for row, found in union.items()})


_Check = tuple[Signs, int]
_Weighed = dict[str, list[tuple[Ways, tuple[Number, ...]]]]


def _value(way: Ways, column: int) -> Number:
    return way[column] or 0


def _weights(row: str, way: Ways, checks: Sequence[_Check]) -> tuple[Number, ...]:
    """What a way adds to each sum of each column."""
    return tuple(signs.get(row, 0) * _value(way, column) for signs, column in checks)


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
