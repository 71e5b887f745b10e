"""A text with marked places: cut at every boundary so that marks may overlap. No Django here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Place:
    """A marked place, half open in characters; `key` is what the mark is linked with."""

    key: str
    start: int
    end: int
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the marks upon it; `begins` are those that start right here."""

    text: str
    keys: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    tone: str = ""


def pieces(text: str, places: Sequence[Place]) -> list[Piece]:
    """`text` cut into pieces whose texts joined give it back exactly.

    Places outside the text are pulled in; an empty place marks the following character (the last
    one at the very end), so that a place where something is missing can be seen.
    """
    inside = [_within(place, len(text)) for place in places] if text else []
    cuts = sorted({0, len(text), *(p.start for p in inside), *(p.end for p in inside)})
    return [
        _piece(text[start:end], start, [p for p in inside if p.start <= start < p.end])
        for start, end in pairwise(cuts)
    ]


def passages(text: str, places: Sequence[Place], *, around: int) -> list[Piece]:
    """Like `pieces`, with what stands farther than `around` characters from any place left out."""
    found = pieces(text, places)
    shown: list[Piece] = []
    for number, piece in enumerate(found):
        if piece.keys or len(piece.text) <= 2 * around:
            shown.append(piece)
            continue
        head = piece.text[:around] if number else ""
        tail = piece.text[-around:] if number + 1 < len(found) else ""
        shown.append(Piece(f"{head}\n……\n{tail}"))
    return shown


def _within(place: Place, length: int) -> Place:
    start = max(0, min(place.start, length - 1))
    end = max(start + 1, min(place.end, length))
    return Place(place.key, start, end, place.tone)


def _piece(text: str, start: int, on: Sequence[Place]) -> Piece:
    return Piece(
        text,
        tuple(p.key for p in on),
        tuple(p.key for p in on if p.start == start),
        on[0].tone if on else "",
    )
