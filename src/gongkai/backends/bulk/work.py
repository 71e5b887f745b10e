"""The function a job names, and the halving of a chunk that nobody could carry out."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from gongkai.ports import BulkChunk, BulkDone, Json

Work = Callable[[Sequence[Json], Mapping[str, Any]], list[Json]]


def named(dotted: str) -> Work:
    """The function that a dotted path names."""
    module, _, name = dotted.rpartition(".")
    found: Work = getattr(import_module(module), name)
    return found


def carry_out(dotted: str, items: Sequence[Json], options: Mapping[str, Any]) -> list[Json]:
    """The results of a chunk, one for each item; anything else is a fault of the function."""
    results = named(dotted)(items, options)
    if len(results) != len(items):
        raise ValueError(f"{dotted} gave {len(results)} results for {len(items)} items")
    return results


def halves(chunk: BulkChunk) -> tuple[BulkChunk, BulkChunk]:
    """The two parts of a chunk; which items they hold is told by `first`."""
    middle = len(chunk.items) // 2
    left = BulkChunk(chunk.number, chunk.items[:middle], chunk.first)
    return left, BulkChunk(chunk.number, chunk.items[middle:], chunk.first + middle)


class Gathering:
    """Parts of chunks on their way to being whole again."""

    def __init__(self) -> None:
        self._parts: dict[int, dict[int, Json]] = {}
        self._failed: dict[int, dict[int, str]] = {}
        self._length: dict[int, int] = {}

    def begin(self, chunk: BulkChunk) -> None:
        """A chunk was handed out."""
        self._parts[chunk.number], self._failed[chunk.number] = {}, {}
        self._length[chunk.number] = len(chunk.items)

    def is_begun(self, number: int) -> bool:
        """Whether parts of this chunk are still on their way."""
        return number in self._length

    def results(self, part: BulkChunk, results: Sequence[Json]) -> BulkDone | None:
        """Put in what came back; the whole chunk when nothing is missing any more."""
        for place, result in enumerate(results, part.first):
            self._parts[part.number][place] = result
        return self._whole(part.number)

    def failure(self, part: BulkChunk, reason: str) -> BulkDone | None:
        """A single item that cannot be worked on."""
        self._parts[part.number][part.first] = None
        self._failed[part.number][part.first] = reason
        return self._whole(part.number)

    def _whole(self, number: int) -> BulkDone | None:
        parts = self._parts[number]
        if len(parts) < self._length[number]:
            return None
        done = BulkDone(
            number=number,
            results=tuple(parts[place] for place in sorted(parts)),
            failed=dict(sorted(self._failed[number].items())),
        )
        del self._parts[number], self._failed[number], self._length[number]
        return done
