"""What the public may read. Everything here starts from published catalog entries.

No function of this module ever reads the desk's working copies; a stranger who knows every id
gets nothing else. Lists come as plain tuples: no model is built for a row that is only printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Substr

from gongkai.catalog.directory import Directory
from gongkai.catalog.facets import facets
from gongkai.catalog.figures import figures
from gongkai.catalog.filters import EntryFilter, conditions, entries, published
from gongkai.catalog.generation import kept
from gongkai.catalog.models import CatalogEntry, EntryState, Guide
from gongkai.catalog.prepared import Prepared
from gongkai.records.choices import Column, Validity

__all__ = ["EntryFilter", "EntryLine", "entries", "facets", "figures", "guides", "page"]

PAGE_SIZE = 20
MOST_FOUND = 10
# How much of a text is looked through for a passage to show beside a search result.
TEXT_SHOWN = 4000
# Deeper pages are refused with a sentence: reading them costs the database without end.
MAX_PAGE = 1000


class EntryLine(NamedTuple):
    """One row of a public list."""

    id: int
    uuid: UUID
    title: str
    index_number: str
    document_number: str
    abstract: str
    created_on: date
    published_on: date
    validity: str
    body_id: int
    top_class_id: int | None
    catalog_class_id: int | None
    updated_at: datetime


LINE_FIELDS = EntryLine._fields


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: the rows, how many there are in all, which page of how many."""

    lines: tuple[EntryLine, ...]
    total: int
    number: int
    last: int


def page(wanted: EntryFilter, names: Directory, *, number: int, generation: int) -> Page | None:
    """Page `number` (from 1) of the list; None beyond the last one. One SQL, two the first time."""
    total = count(wanted, names, generation)
    last = min(max(-(-total // PAGE_SIZE), 1), MAX_PAGE)
    if not 1 <= number <= last:
        return None
    start = (number - 1) * PAGE_SIZE
    rows = _listed(wanted, names, PAGE_SIZE, start)
    return Page(tuple(rows), total, number, last)


def _listed(wanted: EntryFilter, names: Directory, size: int, start: int) -> list[EntryLine]:
    found = conditions(wanted, names)
    if found is None:
        return []
    key = tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in found.items())
    return [EntryLine._make(row) for row in _list_of(key).rows(limit=size, offset=start)]


@lru_cache(maxsize=512)
def _list_of(key: tuple[tuple[str, Any], ...]) -> Prepared:
    """The list under these conditions, compiled once; pages differ by where they begin."""
    return Prepared(lambda: published().filter(**dict(key)).values_list(*LINE_FIELDS))


def count(wanted: EntryFilter, names: Directory, generation: int) -> int:
    """How many published entries match, counted once per generation."""
    return kept(f"count:{wanted.key()}", generation, lambda: entries(wanted, names).count())


def found_lines(ids: Sequence[int]) -> dict[int, tuple[EntryLine, str]]:
    """The published ones among these ids (at most `MOST_FOUND`), each with the start of its text.

    The second filter behind every search result.
    """
    padded = [*ids[:MOST_FOUND], *[0] * (MOST_FOUND - len(ids))]
    return {
        row[0]: (EntryLine._make(row[:-2]), row[-1] or "")
        for row in _FOUND.rows(*padded)
        if row[-2] == EntryState.PUBLISHED
    }


def _by_ids(*ids: int) -> QuerySet[CatalogEntry, Any]:
    # The state is looked at afterwards: with it in the condition, SQLite prefers the index that
    # begins with the state and reads every entry there is.
    start = Substr("version__body_text__text", 1, TEXT_SHOWN)
    return (
        CatalogEntry.objects.filter(pk__in=ids).order_by().values_list(*LINE_FIELDS, "state", start)
    )


_FOUND = Prepared(_by_ids, *[int] * MOST_FOUND)


def latest(wanted: EntryFilter, names: Directory, size: int) -> list[EntryLine]:
    """The newest entries that match."""
    return _listed(wanted, names, size, 0)


def guides(body_id: int) -> QuerySet[Guide]:
    """The published versions of a body's guide, newest first; drafts never."""
    return Guide.objects.filter(
        body_id=body_id, is_draft=False, published_at__isnull=False
    ).order_by("-number")


def known_choice(name: str, value: str) -> bool:
    """True when `value` is a word of that closed list (column, validity)."""
    return value in {"column": Column.values, "validity": Validity.values}.get(name, ())
