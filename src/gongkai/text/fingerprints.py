"""Fingerprints by which copies and versions of a text are met again without comparing all pairs.

Every stretch of eight characters (folded, signs and spaces left out) is hashed; one in sixteen is
kept by its value alone, so that equal stretches are kept or left out in every text alike.
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

from rapidfuzz.fuzz import ratio

from gongkai.text.normalise import fold

GRAM, ONE_IN, MOST = 8, 16, 128
COMPARED: Final = 20_000
"""Characters of each text that are compared; two this alike at the start are alike."""
_SIGNS: Final = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Folded, without spaces and signs."""
    return _SIGNS.sub("", fold(text))


def fingerprints(text: str) -> list[int]:
    """At most `MOST` numbers below 2**32, rising; of a text shorter than a stretch none."""
    words = plain(text)
    grams = {words[n : n + GRAM] for n in range(len(words) - GRAM + 1)}
    hashed = {crc32(gram.encode()) for gram in grams}
    return sorted(value for value in hashed if value % ONE_IN == 0)[:MOST]


def likeness(one: str, other: str) -> int:
    """Percent of characters two texts share in order: 100 only for the same words."""
    first, second = plain(one)[:COMPARED], plain(other)[:COMPARED]
    found = int(ratio(first, second))
    return found if first == second or found < 100 else 99
