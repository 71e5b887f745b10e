"""A readable difference of two texts: whole lines first, then characters inside changed lines.

Pure: plain texts in, pieces out. The pieces kept and taken away give the older text back exactly,
those kept and added the newer one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from cydifflib import SequenceMatcher

# Past this many characters a changed block is shown as a whole: comparing costs the square.
LONGEST_BLOCK = 6000
# A common run this short between two edits only makes them harder to read.
SHORTEST_COMMON = 2


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: `equal`, `delete` (only in the older) or `insert` (only in the newer)."""

    kind: str
    text: str


def difference(older: str, newer: str) -> list[Change]:
    """The changes from `older` to `newer`, in reading order."""
    before, after = older.splitlines(keepends=True), newer.splitlines(keepends=True)
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = "".join(before[a:b]), "".join(after[c:d])
        found += [Change("equal", old)] if kind == "equal" else _inside(old, new)
    return list(_joined(found))


def _inside(old: str, new: str) -> list[Change]:
    """Characters compared within a changed block."""
    if not old or not new or len(old) + len(new) > LONGEST_BLOCK:
        return [Change("delete", old), Change("insert", new)]
    found: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" and b - a > SHORTEST_COMMON:
            found.append(Change("equal", old[a:b]))
        else:
            found += [Change("delete", old[a:b]), Change("insert", new[c:d])]
    return found


def _joined(changes: list[Change]) -> Iterator[Change]:
    """Neighbouring edits as one: what was taken away, then what came in its place."""
    filled = [change for change in changes if change.text]
    for is_equal, run in groupby(filled, key=lambda change: change.kind == "equal"):
        together = list(run)
        for kind in ("equal",) if is_equal else ("delete", "insert"):
            text = "".join(change.text for change in together if change.kind == kind)
            if text:
                yield Change(kind, text)
