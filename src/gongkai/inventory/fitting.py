"""Which saved mapping fits a file that was given without one: tried on its first rows.

Only a clear winner counts: every row tried has a title, and it reads more fields than any other.
"""

from __future__ import annotations

from gongkai.inventory import reading, sources
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.mapping import SourceMapping, apply_mapping

TRIED_ROWS = 5


def fitting(name: str, content: bytes) -> str:
    """The name of the mapping to use for this file; "" for pages, papers, own labels, no winner."""
    if not reading.holds_rows(name):
        return ""
    try:
        found = reading.extracted(name, content)
        reading.inputs(name, found, None)
    except ExtractionError:
        return ""
    except Refusal:
        return _best(found)
    return ""


def _best(found: Extracted) -> str:
    scores = {
        name: score
        for name in sources.names()
        if (score := _score(sources.check(sources.built_in_or_saved(name)), found))
    }
    best = max(scores.values(), default=0)
    winners = [name for name, score in scores.items() if score == best]
    return winners[0] if len(winners) == 1 else ""


def _score(mapping: SourceMapping, found: Extracted) -> int:
    """Fields read in the first rows; 0 unless every one of them has a title."""
    rows = [row for table in found.tables if mapping.wants(table.name) for row in table.rows]
    read = [apply_mapping(mapping, row) for row in rows[:TRIED_ROWS]]
    if not read or not all(row.fields.get("title", "").strip() for row in read):
        return 0
    filled = sum(1 for row in read for value in row.fields.values() if value.strip())
    return max(1, filled - sum(len(row.problems) for row in read))
