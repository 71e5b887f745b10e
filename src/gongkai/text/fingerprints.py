"""Fingerprints by which copies and versions of a text are met again without comparing all pairs.

Every stretch of eight characters (folded, signs and spaces left out) is hashed, and the smallest
values are kept (a bottom-k sketch, Broder 1997): one in 32 of the stretches, so that equal
stretches are kept or left out in texts of any length alike; of short texts more, of long ones no
more than a fixed number.
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

from rapidfuzz.fuzz import ratio

from gongkai.text.normalise import fold

GRAM, ONE_IN, LEAST, MOST = 8, 32, 16, 64
SHORTEST: Final = 96
"""Stretches that a text must have."""
COMPARED: Final = 20_000
"""Characters of each text that are compared; two this alike at the start are alike."""
COVER: Final = 400
"""Characters of a covering notice at most."""
NAMED_ALIKE: Final = 80
_NAMED: Final = re.compile("《(.+)》")
_BRACKETS: Final = re.compile("[（(][^（()）]*[)）]")
_SIGNS: Final = re.compile(r"[\W_]+")
_WIDE: Final = 2 * GRAM


def plain(text: str) -> str:
    """Folded, without spaces and signs."""
    return _SIGNS.sub("", fold(text))


def fingerprints(text: str) -> list[int]:
    """At most `MOST` numbers below 2**32, rising; of a text too short none."""
    # Two bytes a character: slices of bytes are hashed without encoding each.
    words = plain(text).encode("utf-16-le", "surrogatepass")
    count = len(words) // 2 - GRAM + 1
    if count < SHORTEST:
        return []
    wanted = min(MOST, max(LEAST, count // ONE_IN))
    hashed = list(map(crc32, [words[n : n + _WIDE] for n in range(0, 2 * count, 2)]))
    # Only the smallest are sorted: four times as many as are wanted lie below this.
    bound = (wanted << 34) // count
    small = {value for value in hashed if value < bound}
    return sorted(small if len(small) >= wanted else set(hashed))[:wanted]


def likeness(one: str, other: str) -> int:
    """Percent of characters two texts share in order: 100 only for the same words."""
    first, second = plain(one)[:COMPARED], plain(other)[:COMPARED]
    found = int(ratio(first, second))
    return found if first == second or found < 100 else 99


def may_be_versions(text: str, one: str, other: str) -> bool:
    """Whether texts that are much alike may be versions: covering notices of a few lines are all
    alike, so theirs must bear names alike (what stands in 《》, without brackets, else the title).
    """
    return len(text) > COVER or ratio(_subject(one), _subject(other)) >= NAMED_ALIKE


def _subject(title: str) -> str:
    named = _NAMED.search(title)
    return plain(_BRACKETS.sub("", named[1] if named else title))
