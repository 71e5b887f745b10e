"""Words from the lists that a body keeps: its people's names, words that stay inside.

Up to a hundred thousand words in one pass (Aho–Corasick, leftmost and longest). Words and text are
folded alike: full width, traditional characters and invisible ones between do not hide a word.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from gongkai.ports import NOTHING_KNOWN, Known, WordList
from gongkai.text.finding import Finding
from gongkai.text.normalise import fold, fold_with_offsets

SHORTEST: Final = 2
"""Characters; a single one would stand in every sentence."""
MOST: Final = 500
"""Findings per list and field: a text made of listed words needs no longer list."""
_KEPT: Final = 32
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class WordListScanner:
    """Looks up the lists in ``known.lists``; without any it finds nothing."""

    name = "word_lists"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """One finding of kind ``listed_word`` for each place of a word."""
        return [
            finding
            for name, text in fields.items()
            if known.lists
            for finding in _scan(name, text, known.lists)
        ]


def _scan(field: str, text: str, lists: tuple[WordList, ...]) -> Iterator[Finding]:
    folded = fold_with_offsets(text)
    found: list[Finding] = []
    for words in lists:
        automaton = _automaton(words.key, words.words)
        hits = automaton.find_matches_as_indexes(folded.text) if automaton is not None else ()
        whole = [hit for hit in hits if _is_whole(folded.text, hit[1], hit[2])]
        for _number, start, end in whole[:MOST]:
            left, right = folded.span(start, end)
            reason = words.sentence or f"这里有“{words.label}”词表里的词，请核对能否公开。"
            found.append(
                Finding(
                    kind="listed_word",
                    field=field,
                    start=left,
                    end=right,
                    evidence=text[left:right],
                    severity=words.severity,
                    reason=reason,
                )
            )
    yield from sorted(found, key=lambda finding: (finding.start, -finding.end))


def _is_whole(text: str, start: int, end: int) -> bool:
    """A Latin word or number counts only where it is not part of a longer one."""
    before = start > 0 and text[start - 1] in _LATIN and text[start] in _LATIN
    after = end < len(text) and text[end] in _LATIN and text[end - 1] in _LATIN
    return not before and not after


@lru_cache(maxsize=_KEPT)
def _automaton(key: str, words: tuple[str, ...]) -> Any:
    """Built once per content; None for a list without a word long enough."""
    import ahocorasick_rs

    patterns = sorted({folded for folded in map(fold, words) if len(folded) >= SHORTEST})
    if not patterns:
        return None
    return ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
