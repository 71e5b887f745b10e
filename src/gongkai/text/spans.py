"""Ranges of a text that are taken already."""

from bisect import bisect_left
from collections.abc import Iterable


class Taken:
    """Half-open ranges; asking takes logarithmic time, so a text full of findings stays quick."""

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meets(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` shares a character with any of them."""
        number = bisect_left(self._starts, end) - 1
        return number >= 0 and self._ends[number] > start
