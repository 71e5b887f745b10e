"""Pattern rules matched in one pass by Hyperscan; without its wheel, by ``re`` one by one.

Rules are written in what both engines share: no look-around, no back references. A match is only
a candidate: the caller looks at its neighbours and check digits.
"""

import re
import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate
from typing import Any, Final

HYPERSCAN: Final = find_spec("hyperscan") is not None
"""False where there is no wheel for the machine: slower, with the same candidates."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``text[start:end]`` matches the rule of this name."""

    rule: str
    start: int
    end: int


class Rules:
    """A set of named patterns over lower-case folded text; safe to share between threads."""

    def __init__(self, patterns: Mapping[str, str], *, hyperscan_wanted: bool = HYPERSCAN) -> None:
        self._names = tuple(patterns)
        # Bounded for ``re``, which tries every start: a long run of letters must stay linear.
        self._patterns = {
            name: re.compile(f"(?=({p.replace(']*', ']{0,63}').replace(']+', ']{1,99}')}))")
            for name, p in patterns.items()
        }
        self._lock = threading.Lock()  # one scratch space for each database
        self._database: Any = _compiled(patterns) if hyperscan_wanted else None

    def candidates(self, text: str) -> list[Candidate]:
        """Overlapping ones included; of those with the same rule and start the longest."""
        found: dict[tuple[str, int], int] = {}
        for rule, start, end in self._raw(text):
            found[rule, start] = max(end, found.get((rule, start), 0))
        ordered = sorted((start, end, rule) for (rule, start), end in found.items())
        return [Candidate(rule, start, end) for start, end, rule in ordered]

    def _raw(self, text: str) -> Iterator[tuple[str, int, int]]:
        if self._database is None:
            for name, pattern in self._patterns.items():
                for match in pattern.finditer(text):
                    yield name, match.start(1), match.end(1)
            return
        raw = text.encode("utf-8", "replace")  # one byte for a lone surrogate keeps this simple
        hits: list[tuple[int, int, int]] = []
        with self._lock:
            self._database.scan(
                raw,
                match_event_handler=lambda number, start, end, _flags, _ctx: hits.append(
                    (number, start, end)
                ),
            )
        place = _places(text, raw) if hits else None
        for number, start, end in hits:
            if place is not None:
                yield self._names[number], place(start), place(end)


def _compiled(patterns: Mapping[str, str]) -> Any:
    import hyperscan

    database = hyperscan.Database()
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SOM_LEFTMOST
    database.compile(
        expressions=[pattern.encode() for pattern in patterns.values()],
        ids=list(range(len(patterns))),
        flags=[flags] * len(patterns),
    )
    return database


def _places(text: str, raw: bytes) -> Any:
    """Byte offset -> character offset."""
    if len(raw) == len(text):
        return lambda offset: offset
    widths = (len(char.encode("utf-8", "replace")) for char in text)
    starts = [0, *accumulate(widths)]
    return lambda offset: bisect_left(starts, offset)
