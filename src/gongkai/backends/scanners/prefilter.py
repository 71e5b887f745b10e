"""Where in a text a closer look is worth its time: one pass of Hyperscan over the raw bytes.

A trigger is a pattern over folded characters (digits, letters, Han). It is compiled so that it
also meets every spelling that folds to the same: full width, traditional, with blanks or invisible
characters pushed in between. What it hits is only a place; the scanner then reads the pieces
around the places with its exact rules, as if it had read the whole text. Without Hyperscan's
wheel the only piece is the whole text: slower, with the same findings.
"""

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final

from gongkai.text.normalise import INVISIBLE, fold_char
from gongkai.text.traditional import SIMPLIFIED

HYPERSCAN: Final = find_spec("hyperscan") is not None
"""False where there is no wheel for the machine: slower, with the same findings."""
LINES: Final = "lines"
"""Pieces end where lines end: for rules that ask what else stands on the line. A text with
invisible characters is read whole, so that a trigger need not look through them."""
RUNS: Final = "runs"
"""Pieces end before a Han character: for numbers and words that a Han character ends."""
WORDS: Final = "words"
"""As `RUNS`, and nothing may stand between the characters of the trigger."""

# Between any two characters of a run: the blanks, stops and hyphens of its rules, and unseen ones.
_GAP: Final = "{0,6}"
_UNSEEN: Final = "unseen"

# Bytes. A run begins at most 170 before the place where its trigger ends (19 digits of four
# bytes with gaps of three characters, and the 16 characters of its context).
_BEFORE: Final = 220
_NEAREST: Final = 180
_AFTER: Final = 96
_FAR: Final = 4000
_HAN: Final = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")
# Where NFKC has anything to fold; the unified ideographs fold by the traditional table alone.
_FOLDING: Final = (
    *range(0xA0, 0x3400),
    *range(0xF900, 0x10000),
    *range(0x1D400, 0x1D800),
    *range(0x1F100, 0x1F200),
    *range(0x2F800, 0x2FA20),
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """`pattern` in the small language of `pattern_of`; `group` names the scanner's rules."""

    group: str
    pattern: str
    cut: str = RUNS


@dataclass(slots=True)
class Piece:
    """``text[start:start + len(self.text)]``; the start is counted only when it is asked for."""

    text: str
    _raw: bytes
    _from: int

    @property
    def start(self) -> int:
        """In characters."""
        return len(self._raw[: self._from].decode("utf-8")) if self._from else 0


class Prefilter:
    """Triggers of several scanners in one database; safe to share between threads."""

    def __init__(self, triggers: Sequence[Trigger], *, hyperscan_wanted: bool = HYPERSCAN) -> None:
        self._triggers = tuple(triggers)
        self._lock = threading.Lock()  # one scratch space for each database
        self._whole = {trigger.group for trigger in triggers if trigger.cut == LINES}
        if self._whole:
            self._triggers += (Trigger(_UNSEEN, "U", LINES),)
        self._database: Any = _compiled(self._triggers) if hyperscan_wanted else None
        # The scanners of one review read the same texts one after the other.
        self._places = lru_cache(maxsize=8)(self._scan)

    def pieces(self, text: str, group: str) -> Sequence[Piece]:
        """The parts of the text that the rules of the group have to read, in order."""
        if self._database is None or len(text) < _NEAREST:
            return (Piece(text, b"", 0),) if text else ()
        raw, hits = self._places(text)
        if _UNSEEN in hits and group in self._whole:
            return (Piece(text, b"", 0),)
        if group not in hits:
            return ()
        windows = _windows(raw, hits[group])
        return [Piece(raw[start:end].decode("utf-8"), raw, start) for start, end in windows]

    def _scan(self, text: str) -> tuple[bytes, Mapping[str, list[tuple[int, str]]]]:
        raw = text.encode("utf-8", "replace")  # one character for a lone surrogate, as before
        found: dict[str, list[tuple[int, str]]] = {}
        triggers = self._triggers

        def keep(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            trigger = triggers[number]
            if trigger.group in found:
                found[trigger.group].append((end, trigger.cut))
            else:
                found[trigger.group] = [(end, trigger.cut)]

        with self._lock:
            self._database.scan(raw, match_event_handler=keep)
        return raw, found


def _windows(raw: bytes, hits: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """The pieces around the places, in order; places that follow closely share one."""
    merged: list[tuple[int, int]] = []
    number = 0
    while number < len(hits):
        first, cut = last, _ = hits[number]
        while number + 1 < len(hits) and hits[number + 1][0] - last <= _AFTER:
            number += 1
            last = hits[number][0]
        number += 1
        start, end = _lines(raw, first, last) if cut == LINES else _run(raw, first, last)
        if merged and start <= merged[-1][1]:
            start, end = min(start, merged[-1][0]), max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _run(raw: bytes, first: int, last: int) -> tuple[int, int]:
    return _begin(raw, first), _stop(raw, last)


def _begin(raw: bytes, end: int) -> int:
    for back in (_BEFORE, _FAR):
        if end <= back:
            return 0
        han = _HAN.search(raw, end - back, end - _NEAREST)
        if han is not None:
            return han.start()
    return 0


def _stop(raw: bytes, end: int) -> int:
    han = _HAN.search(raw, min(len(raw), end + _AFTER))
    return han.start() if han is not None else len(raw)


def _lines(raw: bytes, first: int, last: int) -> tuple[int, int]:
    """From the line before to the line after: a mark may be broken over two lines."""
    start = first
    for _ in range(3):
        start = raw.rfind(b"\n", 0, start)
        if start < 0:
            break
    stop = last - 1
    for _ in range(3):
        stop = raw.find(b"\n", stop + 1)
        if stop < 0:
            return start + 1, len(raw)
    return start + 1, stop


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    """Folded character -> all characters that fold to it and nothing else."""
    found: dict[str, set[str]] = {}
    for char in (*map(chr, _FOLDING), *SIMPLIFIED):
        folded = fold_char(char)
        if len(folded) == 1:
            found.setdefault(folded, {folded}).add(char)
    return {folded: "".join(sorted(chars)) for folded, chars in found.items()}


def pattern_of(trigger: Trigger) -> str:
    """A trigger as a pattern over raw text.

    `D` is a digit; `_` is one blank or none, `~` any number of them; `P` is the text's beginning or
    what may stand before a mark (line end, blank, #, opening bracket); `U` is an invisible
    character; `[…]` is one of several characters (`[…]?` or none); every other character stands
    for its spellings. In a run blanks, stops, hyphens and invisible characters may stand between
    any two.
    """
    parts = [_part(part) for part in re.findall(r"\[[^\]]+\]\??|.", trigger.pattern, re.DOTALL)]
    return (_between() + _GAP if trigger.cut == RUNS else "").join(parts)


def _part(part: str) -> str:
    if part in ("_", "~"):
        return _one_of(_blanks()) + ("?" if part == "_" else "*")
    if part == "P":
        return f"(?:^|{_one_of(_blanks() | {s for c in '#【[(' for s in _written(c)})})"
    if part == "U":
        return _one_of(INVISIBLE)
    if part == "D":
        return _class("0123456789")
    if part.endswith("?") and len(part) > 1:
        return _class(part[1:-2]) + "?"
    return _class(part.strip("[]"))


@lru_cache(maxsize=1)
def _blanks() -> frozenset[str]:
    """What `\\s` meets in folded text, however it was written."""
    spaces = {chr(code) for code in range(0x3100) if chr(code).isspace()}
    return frozenset(spaces | {*_spellings()[" "]})


@lru_cache(maxsize=1)
def _between() -> str:
    between = {*" \t\n\r.·–—-", *INVISIBLE}
    for char in " .·–—-":
        between.update(_spellings().get(char, ""))
    return _one_of(between)


def _class(chars: str) -> str:
    return _one_of({spelled for char in chars for spelled in _written(char)})


def _written(char: str) -> set[str]:
    """Every spelling of a character, in both cases."""
    wanted = {char, *_spellings().get(char, char)}
    return wanted | {each.upper() for each in wanted if len(each.upper()) == 1}


def _one_of(chars: Iterable[str]) -> str:
    return "[" + "".join(map(_escaped, sorted(chars))) + "]"


def _escaped(char: str) -> str:
    return f"\\x{{{ord(char):x}}}"


def _compiled(triggers: Sequence[Trigger]) -> Any:
    import hyperscan

    database = hyperscan.Database()
    database.compile(
        expressions=[pattern_of(trigger).encode() for trigger in triggers],
        ids=list(range(len(triggers))),
        flags=[hyperscan.HS_FLAG_UTF8] * len(triggers),
    )
    return database
