"""Words found in a row of characters however they are broken, spaced or written."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from gongkai.text.redaction import CONTEXT

BLANKS: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\u0002")
"""Characters nobody sees: soft hyphens, zero-width marks, what PDF readers put at line ends."""
SHORTEST: Final = 2
WINDOW: Final = 3 * CONTEXT
"""Characters looked at on either side of a place, blanks among them."""
BAR: Final = "███"
"""What stands in a text for what was taken out: always as long, so that no length is told."""

# What Chinese fonts often name a character by, though it has one of its own (NFKC leaves these).
_RADICALS: Final = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻊⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "母民虎西见角贝足车长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)


def squeezed(text: str) -> str:
    """The text as it is compared: no blanks, one width, one case."""
    return "".join(map(folded, text))


def folded(char: str) -> str:
    """One character as it is compared; several for a ligature, none for a blank."""
    if char in BLANKS or char.isspace():
        return ""
    plain = unicodedata.normalize("NFKC", char).translate(_RADICALS)
    return "".join(plain.split()).casefold()


def around(chars: Sequence[str], places: Sequence[int]) -> tuple[str, str, str]:
    """What stands before the places, on them and behind them, in one line for a list."""
    first, last = places[0], places[-1] + 1
    before = "".join(chars[max(0, first - WINDOW) : first])
    after = "".join(chars[last : last + WINDOW])
    said = "".join(chars[first:last])
    return _shown(before)[-CONTEXT:], _shown(said).strip(), _shown(after)[:CONTEXT]


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(char for char in text if char not in BLANKS))


class Line:
    """A row of characters, one string for each place; finds words and gives their places."""

    def __init__(self, chars: Sequence[str]) -> None:
        pieces, owners = [], []
        for place, char in enumerate(chars):
            piece = folded(char)
            pieces.append(piece)
            owners += [place] * len(piece)
        self._text, self._owners = "".join(pieces), owners

    def find(self, words: str) -> Iterator[tuple[int, ...]]:
        """Places of each occurrence, blanks within left out; occurrences may overlap."""
        wanted = squeezed(words)
        if not wanted:
            return
        start = self._text.find(wanted)
        while start >= 0:
            yield tuple(dict.fromkeys(self._owners[start : start + len(wanted)]))
            start = self._text.find(wanted, start + 1)

    def holds(self, words: str) -> bool:
        """Whether the words stand anywhere."""
        return squeezed(words) in self._text
