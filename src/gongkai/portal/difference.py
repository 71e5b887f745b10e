"""The difference of two texts as people read it: paragraphs kept, gone, new, and changed within."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, GONE, NEW = "kept", "gone", "new"
# Beyond this a paragraph is shown as gone and new: letter by letter would take too long.
LETTERS = 3000
# Unchanged paragraphs shown on each side of a change.
AROUND = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, is gone or is new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in pieces; `skipped` > 0 stands for that many unchanged ones left out."""

    pieces: tuple[Piece, ...]
    skipped: int = 0


def difference(older: str, newer: str) -> list[Block]:
    """Blocks that lead from one text to the other; [] when they are equal."""
    a = [line.strip() for line in older.splitlines() if line.strip()]
    b = [line.strip() for line in newer.splitlines() if line.strip()]
    if a == b:
        return []
    blocks: list[Block] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            blocks.extend(_unchanged(a[a1:a2], first=a1 == 0, last=a2 == len(a)))
        else:
            blocks.extend(_changed(a[a1:a2], b[b1:b2]))
    return blocks


def _unchanged(lines: list[str], *, first: bool, last: bool) -> list[Block]:
    before = 0 if first else AROUND
    after = 0 if last else AROUND
    if len(lines) <= before + after + 1:
        return [_whole(KEPT, line) for line in lines]
    shown = [_whole(KEPT, line) for line in lines[:before]]
    shown.append(Block((), len(lines) - before - after))
    return [*shown, *(_whole(KEPT, line) for line in lines[len(lines) - after :])]


def _changed(gone: list[str], new: list[str]) -> list[Block]:
    """Pairs of paragraphs are compared letter by letter, what is left over stands alone."""
    paired = min(len(gone), len(new))
    found = [_letters(gone[i], new[i]) for i in range(paired)]
    found.extend(_whole(GONE, line) for line in gone[paired:])
    found.extend(_whole(NEW, line) for line in new[paired:])
    return found


def _letters(older: str, newer: str) -> Block:
    if max(len(older), len(newer)) > LETTERS:
        return Block((Piece(GONE, older), Piece(NEW, newer)))
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, older, newer, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(KEPT, older[a1:a2]))
            continue
        if a2 > a1:
            pieces.append(Piece(GONE, older[a1:a2]))
        if b2 > b1:
            pieces.append(Piece(NEW, newer[b1:b2]))
    return Block(tuple(pieces))


def _whole(kind: str, line: str) -> Block:
    return Block((Piece(kind, line),))
