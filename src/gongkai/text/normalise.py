"""Folding: one spelling for everything that a reader would call the same.

Full and half width, compatibility forms, letter case and traditional characters are folded
character by character, so that every folded character knows where it stood in the original.
Invisible characters (zero width, soft hyphen) fold to nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from gongkai.text.traditional import SIMPLIFIED

VERSION: Final = 1
"""Of the whole analysis chain. Raise it when folding or tokens change: an index built by
another version has to be rebuilt."""

INVISIBLE: Final = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)


def fold_char(char: str) -> str:
    """The folded form of one character: usually one character, sometimes none or several."""
    if char in INVISIBLE:
        return ""
    wide = unicodedata.normalize("NFKC", char).lower()
    return "".join(SIMPLIFIED.get(part, part) for part in wide if part not in INVISIBLE)


class _FoldTable(dict[int, str]):
    """Filled on demand: ``str.translate`` asks for each code point once, then finds it here.

    ``uneven`` holds the characters met so far that do not fold to exactly one character.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = fold_char(char)
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


_TABLE: Final = _FoldTable()


# Nearly every text of an office is ASCII, simplified Han and these marks: folded by whole strings,
# three times as quickly as character by character.
_PLAIN: Final = {char: fold_char(char) for char in "，；：？！（）％～\u3000"}
_SAME: Final = "、。《》〈〉【】〔〕“”‘’·—–〇○★☆※×℃"


def _odd() -> re.Pattern[str]:
    """A character that has to be looked up, or that folds to none or several."""
    han = (chr(code) for code in range(0x4E00, 0xA000))
    kept = "".join(char for char in han if char not in SIMPLIFIED)
    same = "".join(char for char in _SAME if fold_char(char) == char)
    return re.compile(f"[^\\x00-\\x7f{''.join(_PLAIN)}{same}{_ranges(kept)}]")


def _ranges(chars: str) -> str:
    """Characters in order as ranges of a class."""
    runs: list[list[str]] = []
    for char in chars:
        if runs and ord(runs[-1][1]) + 1 == ord(char):
            runs[-1][1] = char
        else:
            runs.append([char, char])
    return "".join(f"{first}-{last}" for first, last in runs)


_ODD: Final = _odd()


def fold(text: str) -> str:
    """Fold a whole text. Folding twice changes nothing more."""
    return text.translate(_TABLE) if _ODD.search(text) else _folded_plain(text)


def _folded_plain(text: str) -> str:
    for char, folded in _PLAIN.items():
        text = text.replace(char, folded)
    return text.lower()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters stood in the original.

    ``offsets`` is ``None`` where every character folded to exactly one (nearly always);
    else ``offsets[i]`` is the original index of folded character ``i``, with one more entry
    for the end.
    """

    text: str
    length: int
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that folded ``[start, end)`` came from."""
        if self.offsets is None:
            return start, end
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def fold_with_offsets(text: str) -> Folded:
    """Fold and keep the way back, for marking hits in the original."""
    if _ODD.search(text) is None:
        return Folded(_folded_plain(text), len(text), None)
    folded = text.translate(_TABLE)
    # Few such characters are ever met: looking for each is quicker than walking through the text.
    if not any(char in text for char in tuple(_TABLE.uneven)):
        return Folded(folded, len(text), None)
    offsets: list[int] = []
    for index, char in enumerate(text):
        offsets.extend([index] * len(_TABLE[ord(char)]))
    offsets.append(len(text))
    return Folded(folded, len(text), tuple(offsets))
