"""Which saved mapping fits a file that was given without one: tried on its first rows.

Only a clear winner counts: most rows tried have a title, and it reads more fields than any other
and than the file's own Chinese labels do.
"""

from __future__ import annotations

from itertools import islice

from gongkai.inventory import reading, sources
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.mapping import SourceMapping, apply_mapping

TRIED_ROWS = 10


def fitting(name: str, content: bytes) -> str:
    """The name of the mapping to use for this file; "" for pages, papers, own labels, no winner."""
    if not reading.holds_rows(name):
        return ""
    try:
        return fitting_tables(reading.extracted(name, content))
    except ExtractionError:
        return ""


def fitting_tables(found: Extracted) -> str:
    """The same for a file that has been read."""
    if not found.tables:
        return ""
    scores = {
        name: score
        for name in sources.names()
        if (score := _score(sources.check(sources.built_in_or_saved(name)), found))
    }
    best = max(scores.values(), default=0)
    winners = [name for name, score in scores.items() if score == best]
    return winners[0] if len(winners) == 1 and best > _own_score(found) else ""


def _own_score(found: Extracted) -> int:
    try:
        rows = [row for table in found.tables for row in table.rows]
        return _score(reading.mapping_of_labels(rows[0], ""), found) if rows else 0
    except Refusal:
        return 0


def _score(mapping: SourceMapping, found: Extracted) -> int:
    """Fields read in the first rows; 0 unless most of them have a title.

    A row without one may be a repeated header or, in a harvest, a record that was deleted.
    """
    wanted = (row for table in found.tables if mapping.wants(table.name) for row in table.rows)
    read = [apply_mapping(mapping, row, unmapped=False) for row in islice(wanted, TRIED_ROWS)]
    titled = sum(bool(row.fields.get("title", "").strip()) for row in read)
    if not titled or 2 * titled < len(read):
        return 0
    filled = sum(1 for row in read for value in row.fields.values() if value.strip())
    return max(1, filled - sum(len(row.problems) for row in read))
