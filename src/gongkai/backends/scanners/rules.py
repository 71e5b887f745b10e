"""Pattern rules matched in one pass by Hyperscan; without its wheel, by ``re`` one by one.

Rules are written in what both engines share: no look-around, no back references. A match is only
a candidate: the caller looks at its neighbours and check digits.
"""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
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
        if self._database is None:
            found = self._with_re(text)
            ordered = sorted((start, end, rule) for (rule, start), end in found.items())
            return [Candidate(rule, start, end) for start, end, rule in ordered]
        raw = text.encode("utf-8", "replace")  # one byte for a lone surrogate keeps this simple
        hits = self._in_bytes(raw)
        if not hits:
            return []
        place = _places(text, raw)
        ordered = sorted((start, end, self._names[n]) for (n, start), end in hits.items())
        return [Candidate(rule, place(start), place(end)) for start, end, rule in ordered]

    def _with_re(self, text: str) -> dict[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = {}
        for name, pattern in self._patterns.items():
            for match in pattern.finditer(text):
                key = name, match.start(1)
                found[key] = max(match.end(1), found.get(key, 0))
        return found

    def _in_bytes(self, raw: bytes) -> dict[tuple[int, int], int]:
        found: dict[tuple[int, int], int] = {}

        def keep(number: int, start: int, end: int, _flags: int, _context: object) -> None:
            if found.get((number, start), 0) < end:
                found[number, start] = end

        with self._lock:
            self._database.scan(raw, match_event_handler=keep)
        return found


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


def _places(text: str, raw: bytes) -> Callable[[int], int]:
    """Byte offset -> character offset; asked for few offsets of a short text."""
    if len(raw) == len(text):
        return lambda offset: offset
    return lambda offset: len(raw[:offset].decode("utf-8"))
