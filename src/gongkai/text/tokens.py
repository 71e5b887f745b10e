"""Search tokens: the one analysis chain that every search backend indexes and asks with.

A text is folded, then cut into runs of Han characters, of Latin letters, of digits and of other
letters; everything between (brackets of any shape, punctuation, blanks) separates and is no
position, so 〔2023〕12号, [2023]12号 and ２０２３ 12号 are one thing. A Han run gives one token
for each character: the character with its successor, the last one alone. Other runs are one
token, so 12号 never meets 112号. A Han run after a Latin or digit run also gives its first
character alone, which makes 2023年 and 12345热线 exact phrases.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add
from typing import Final, Literal

from gongkai.text.normalise import fold

HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS: Final = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[a-z]+|[0-9]+|[^\W\d_a-z{HAN}]+)")
LONGEST_WORD: Final = 128
"""Longer runs of letters are cut: they are no words, and indexes refuse huge terms."""

Kind = Literal["phrase", "prefix"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to look for: tokens that stand side by side, or the beginning of one token."""

    kind: Kind
    tokens: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The tokens of a text to be indexed, in order; position = place in the list."""
    return _tokens(fold(text))


def _tokens(folded: str) -> list[str]:
    found: list[str] = []
    after_word = False
    for match in RUNS.finditer(folded):
        run = match.group()
        if match.lastgroup == "word":
            found.append(run[:LONGEST_WORD])
            after_word = True
            continue
        if after_word and len(run) > 1:
            found.append(run[0])
        found.extend(map(add, run, run[1:]))
        found.append(run[-1])
        after_word = False
    return found


def query_parts(query: str) -> list[Part]:
    """What a reader's words ask for: every part has to be found (blanks mean AND).

    A query of nothing but punctuation gives no part.
    """
    parts: list[Part] = []
    for piece in fold(query).split():
        parts.extend(_parts(piece))
    return list(dict.fromkeys(parts))


def _parts(piece: str) -> Iterator[Part]:
    runs = list(RUNS.finditer(piece))
    if not runs:
        return
    last = runs[-1]
    found = _tokens(piece)
    open_end = last.lastgroup == "han"
    if open_end and len(last.group()) > 1:
        found.pop()  # in the text another character may follow
    elif open_end and (len(runs) == 1 or runs[-2].lastgroup == "han"):
        # A lone last character: the text may go on after it, so only its beginning is known.
        yield Part("prefix", (found.pop(),))
    if found:
        yield Part("phrase", tuple(found))


def runs(query: str) -> list[list[str]]:
    """The runs of each blank-separated piece of a query, for marking hits."""
    pieces = ([m.group() for m in RUNS.finditer(piece)] for piece in fold(query).split())
    return [piece for piece in pieces if piece]
