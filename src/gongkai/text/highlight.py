"""Passages of a text with the reader's words marked, as plain pieces, never as markup."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gongkai.text.normalise import fold_with_offsets
from gongkai.text.tokens import runs

Piece = tuple[str, bool]
"""(text, is_hit)"""

# Signs between runs. A class that spells out all of HAN would take 0.7 ms to compile per question.
_GAP: Final = r"[\W_]{0,8}?"
_BREAKS: Final = "。！？；\n\r"
MOST_MARKS: Final = 500
"""Marks per text: a common word in a long text need not be marked to its end."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch ``[start, end)`` of the original, cut into marked and unmarked pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=512)
def _pattern(query: str) -> re.Pattern[str] | None:
    sources = [_piece_source(piece) for piece in runs(query)]
    if not sources:
        return None
    sources.sort(key=len, reverse=True)
    return re.compile("|".join(sources))


def _piece_source(piece: Sequence[str]) -> str:
    source = _GAP.join(re.escape(run) for run in piece)
    return _edge(piece[0], before=True) + source + _edge(piece[-1], before=False)


def _edge(run: str, *, before: bool) -> str:
    """Digits and Latin letters are found whole: 12号 does not light up inside 112号."""
    for kind in ("0-9", "a-z"):
        if re.fullmatch(f"[{kind}]+", run):
            return f"(?<![{kind}])" if before else f"(?![{kind}])"
    return ""


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Ranges of ``text`` that the query finds, in order, without overlap."""
    pattern = _pattern(query)
    if pattern is None or not text:
        return []
    folded = fold_with_offsets(text)
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(folded.text):
        found.append(folded.span(match.start(), match.end()))
        if len(found) >= MOST_MARKS:
            break
    return found


def marked(text: str, query: str) -> tuple[Piece, ...]:
    """The whole text as pieces; joined again they are the text."""
    return _pieces(text, 0, len(text), marks(text, query))


def passages(text: str, query: str, *, most: int = 3, around: int = 60) -> tuple[Passage, ...]:
    """Up to ``most`` passages, about ``around`` characters on each side of a hit.

    Without a hit: the beginning of the text, unmarked.
    """
    found = marks(text, query)
    if not found:
        end = min(len(text), 2 * around)
        return (Passage(0, end, ((text[:end], False),)),) if text else ()
    windows: list[tuple[int, int]] = []
    for start, end in found:
        left, right = _left(text, start, around), _right(text, end, around)
        if windows and left <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(right, windows[-1][1]))
        elif len(windows) < most:
            windows.append((left, right))
        else:
            break
    return tuple(Passage(a, b, _pieces(text, a, b, found)) for a, b in windows)


def _left(text: str, start: int, around: int) -> int:
    lowest = max(0, start - around)
    cut = max(text.rfind(mark, lowest, start) for mark in _BREAKS)
    return cut + 1 if cut >= 0 else lowest


def _right(text: str, end: int, around: int) -> int:
    highest = min(len(text), end + around)
    cuts = [cut for mark in _BREAKS if (cut := text.find(mark, end, highest)) >= 0]
    return min(cuts) + 1 if cuts else highest


def _pieces(text: str, start: int, end: int, found: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for hit_start, hit_end in found:
        left, right = max(hit_start, at), min(hit_end, end)
        if left >= right:
            continue
        if left > at:
            pieces.append((text[at:left], False))
        pieces.append((text[left:right], True))
        at = right
    if at < end:
        pieces.append((text[at:end], False))
    return tuple(pieces)
