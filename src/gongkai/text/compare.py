"""What changed between two texts, so that a person can read it.

Edits are exact to the character and joined where only one or two equal characters stand between,
so a replaced name is one edit, not five. Long texts are first anchored on passages that occur
once in both. Alignment: cydifflib to 20,000 characters, anchors and rapidfuzz beyond.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from cydifflib import SequenceMatcher
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

PieceKind = Literal["equal", "insert", "delete"]
ParagraphKind = Literal["equal", "changed", "inserted", "deleted"]

JOINED_BELOW: Final = 3
"""Edits with fewer equal characters between them are one edit."""
LONG: Final = 20_000
GRAM: Final = 12
ALIKE: Final = 45.0
"""Percent of likeness from which two paragraphs are versions of each other."""
MOST_PAIRED: Final = 3_600

_Block = tuple[int, int, int, int]
"""old_start, old_end, new_start, new_end of a stretch that differs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that stayed, came or went."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """``old[start:end]`` became ``replacement``, which begins at ``new_start`` in the new text."""

    start: int
    end: int
    new_start: int
    removed: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the comparison; numbers count from 1, ``None`` where the line is missing."""

    kind: ParagraphKind
    pieces: tuple[Piece, ...]
    old_number: int | None
    new_number: int | None


def edits(old: str, new: str) -> list[Edit]:
    """All edits in order; applied to ``old`` they give ``new``."""
    return [
        Edit(a, b, c, old[a:b], new[c:d]) for a, b, c, d in _joined(_blocks(old, new), old, new)
    ]


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order: equal and delete joined are ``old``, equal and insert ``new``."""
    pieces: list[Piece] = []
    at = 0
    for edit in edits(old, new):
        pieces += _some("equal", old[at : edit.start])
        pieces += _some("delete", edit.removed)
        pieces += _some("insert", edit.replacement)
        at = edit.end
    pieces += _some("equal", old[at:])
    return tuple(pieces)


def _some(kind: PieceKind, text: str) -> list[Piece]:
    return [Piece(kind, text)] if text else []


def _blocks(old: str, new: str) -> Iterator[_Block]:
    head = _same_length(old, new)
    tail = _same_length(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(middle_old), len(middle_new)) <= LONG:
        found = _opcodes(SequenceMatcher(None, middle_old, middle_new, False).get_opcodes())
    else:
        found = _anchored(middle_old, middle_new)
    for a, b, c, d in found:
        yield a + head, b + head, c + head, d + head


def _same_length(first: str, second: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _opcodes(codes: Any) -> Iterator[_Block]:
    for tag, a, b, c, d in codes:
        if tag != "equal":
            yield int(a), int(b), int(c), int(d)


def _anchored(old: str, new: str) -> Iterator[_Block]:
    """Between anchors the stretches are short; what has no anchor is aligned by rapidfuzz."""
    at_old = at_new = 0
    for a, c in [*_anchors(old, new), (len(old), len(new))]:
        if a < at_old or c < at_new:
            continue
        left, right = old[at_old:a], new[at_new:c]
        if left != right:
            for block in _between(left, right):
                yield (
                    block[0] + at_old,
                    block[1] + at_old,
                    block[2] + at_new,
                    block[3] + at_new,
                )
        at_old, at_new = a, c


def _between(old: str, new: str) -> Iterator[_Block]:
    if not old or not new:
        yield 0, len(old), 0, len(new)
    elif max(len(old), len(new)) > LONG:
        yield 0, len(old), 0, len(new)  # two different books: no use in counting characters
    else:
        yield from _opcodes(
            (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
            for code in Levenshtein.opcodes(old, new)
        )


def _anchors(old: str, new: str) -> list[tuple[int, int]]:
    """Places of passages that occur once in each, rising in both."""
    places = _single(new)
    pairs = [(a, places[gram]) for gram, a in _single(old).items() if gram in places]
    pairs.sort()
    return _rising(pairs)


def _single(text: str) -> dict[str, int]:
    grams = [text[at : at + GRAM] for at in range(len(text) - GRAM + 1)]
    often = Counter(grams)
    return {gram: at for at, gram in enumerate(grams) if often[gram] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain in which the second numbers rise too (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            ends.append(number)
        else:
            tops[pile], ends[pile] = place, number
    chain: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _joined(blocks: Iterator[_Block], old: str, new: str) -> Iterator[_Block]:
    """Join neighbours; a line break between keeps them apart. Same ends are trimmed off."""
    open_block: _Block | None = None
    for block in blocks:
        if open_block is None:
            open_block = block
        elif block[0] - open_block[1] < JOINED_BELOW and "\n" not in old[open_block[1] : block[0]]:
            open_block = open_block[0], block[1], open_block[2], block[3]
        else:
            yield _trimmed(open_block, old, new)
            open_block = block
    if open_block is not None:
        yield _trimmed(open_block, old, new)


def _trimmed(block: _Block, old: str, new: str) -> _Block:
    a, b, c, d = block
    head = _same_length(old[a:b], new[c:d])
    a, c = a + head, c + head
    tail = _same_length(old[a:b][::-1], new[c:d][::-1])
    return a, b - tail, c, d - tail


def compare_paragraphs(old: str, new: str) -> tuple[Paragraph, ...]:
    """Line by line: lines that are alike stand side by side with their edits, others apart."""
    left, right = old.splitlines(), new.splitlines()
    found: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, False).get_opcodes():
        if tag == "equal":
            for number, line in enumerate(left[a:b]):
                pieces = tuple(_some("equal", line))
                found.append(Paragraph("equal", pieces, a + number + 1, c + number + 1))
        else:
            found += _changed(left[a:b], right[c:d], a, c)
    return tuple(found)


def _changed(
    old: Sequence[str], new: Sequence[str], old_at: int, new_at: int
) -> Iterator[Paragraph]:
    at_old = at_new = 0
    for i, j in [*_alike(old, new), (len(old), len(new))]:
        for number in range(at_old, i):
            pieces = tuple(_some("delete", old[number]))
            yield Paragraph("deleted", pieces, old_at + number + 1, None)
        for number in range(at_new, j):
            pieces = tuple(_some("insert", new[number]))
            yield Paragraph("inserted", pieces, None, new_at + number + 1)
        if i < len(old) and j < len(new):
            pieces = compare(old[i], new[j])
            yield Paragraph("changed", pieces, old_at + i + 1, new_at + j + 1)
        at_old, at_new = i + 1, j + 1


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs in order with the greatest likeness in all."""
    if not old or not new:
        return []
    if len(old) * len(new) > MOST_PAIRED:
        return [(n, n) for n in range(min(len(old), len(new)))]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    score = [[_likeness(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = best[i + 1][j + 1] + score[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired if score[i][j] else 0.0)
    return list(_path(best, score))


def _path(best: list[list[float]], score: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(score) and j < len(score[0]):
        if score[i][j] and best[i][j] == best[i + 1][j + 1] + score[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likeness(old: str, new: str) -> float:
    """Percent, 0 below ``ALIKE``."""
    return float(fuzz.ratio(old, new, score_cutoff=ALIKE))
