"""Cleaning a number as copied from a page: invisible characters, widths, dashes."""

from __future__ import annotations

import re
import unicodedata

# Zero-width characters, soft hyphen, direction marks, byte-order mark: seen inside numbers.
_INVISIBLE = dict.fromkeys([0xAD, 0xFEFF, 0x2060, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―－﹣−﹘", "-"))
_BLANK = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` without invisible characters and blanks, digits and Latin letters made half-width.

    Width folding is NFKC, but brackets keep their own shape: 〔〕 has no compatible form and the
    others are read by the grammars themselves.
    """
    visible = text.translate(_INVISIBLE)
    folded = unicodedata.normalize("NFKC", visible).translate(_DASHES)
    return _BLANK.sub("", folded)
