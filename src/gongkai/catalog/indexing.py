"""Feeds the search index from the journal. The index is a cache: it holds published text only.

The position in the journal is stored in the index's own commit, so after a crash it goes on where
it stopped, and doing a stretch twice does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongkai import plug
from gongkai.catalog.directory import Directory, directory
from gongkai.catalog.filters import published
from gongkai.catalog.generation import current
from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.journal.models import Entry as Line
from gongkai.journal.queries import MAX_PAGE, head_seq, since
from gongkai.ports import SearchBackend, SearchDocument

# What changes the text or the labels of a published record, or takes it away.
FOLLOWED = frozenset(
    {"record.published", "record.withdrawn", "record.decided", "record.validity_changed"}
)
_READ = (
    "id", "title", "document_number", "index_number", "abstract", "keywords", "responsible_unit",
    "published_on", "body_id", "top_class_id", "catalog_class_id", "legal_item", "section_id",
    "year", "genre", "validity", "column", "version__body_text__text",
)  # fmt: skip
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index has come: journal lines behind it, what was put in and taken out."""

    position: int
    head: int
    indexed: int = 0
    removed: int = 0

    @property
    def behind(self) -> int:
        return max(self.head - self.position, 0)


def status() -> Progress:
    """Where the index stands, without changing it."""
    return Progress(plug.search().position(), head_seq())


def rebuild() -> Progress:
    """Make the whole index anew from what is published now; readers keep the old one meanwhile."""
    head = head_seq()
    count = plug.search().rebuild(_documents(), head)
    return Progress(head, head, indexed=count)


def catch_up() -> Progress:
    """Bring the index up to the end of the journal; a new or foreign index is rebuilt."""
    search, head = plug.search(), head_seq()
    position = search.position()
    if head and (position == 0 or position > head):
        # Behind nothing, or ahead of a journal that was restored from a backup.
        return rebuild()
    indexed = removed = 0
    while lines := since(position, limit=MAX_PAGE):
        changed = {line.subject_uuid for line in lines if line.event in FOLLOWED}
        before, position = position, lines[-1].seq
        if changed:
            done = _apply(search, changed, before=before, position=position)
            indexed, removed = indexed + done[0], removed + done[1]
        elif len(lines) == MAX_PAGE:
            # A long stretch without publications is stored too, else it is read again for ever.
            search.index((), position)
    return Progress(search.position(), head_seq(), indexed, removed)


def followed(line: Line) -> bool:
    """Whether the worker has to look at the index because of this line."""
    return line.event in FOLLOWED


def _apply(
    search: SearchBackend, changed: Iterable[UUID | None], *, before: int, position: int
) -> tuple[int, int]:
    """Withdrawn ones first and without trace; the position moves only with the last commit."""
    rows = CatalogEntry.objects.filter(uuid__in=[u for u in changed if u is not None])
    states = dict(rows.order_by().values_list("id", "state"))
    gone = [pk for pk, state in states.items() if state != EntryState.PUBLISHED]
    here = [pk for pk in states if pk not in gone]
    if gone:
        search.purge(gone, before if here else position)
    if here or not gone:
        search.index(list(_documents(ids=here)), position)
    return len(here), len(gone)


def _documents(ids: list[int] | None = None) -> Iterator[SearchDocument]:
    names = directory(current())
    found = published().order_by("id")
    if ids is not None:
        found = found.filter(pk__in=ids)
    for row in found.values(*_READ).iterator(chunk_size=CHUNK):
        yield document(row, names)


def document(row: dict[str, Any], names: Directory) -> SearchDocument:
    """What the index learns of one published entry."""
    text = "\n".join(
        part
        for part in (
            row["abstract"],
            row["version__body_text__text"],
            row["keywords"],
            row["responsible_unit"],
        )
        if part
    )
    numbers = tuple(n for n in (row["index_number"], row["document_number"]) if n)
    return SearchDocument(
        id=row["id"],
        title=row["title"],
        text=text,
        numbers=numbers,
        dated_on=row["published_on"],
        labels={name: values for name, values in _labels(row, names).items() if values},
    )


def _labels(row: dict[str, Any], names: Directory) -> dict[str, tuple[str, ...]]:
    body = names.bodies.get(row["body_id"])
    section = names.sections.get(row["section_id"] or 0)
    classes = (row["top_class_id"], row["catalog_class_id"])
    codes = [names.classes[c].code for c in classes if c in names.classes]
    single = {name: str(row[name] or "") for name in ("legal_item", "genre", "validity", "column")}
    return {
        "body": (body.code,) if body else (),
        "class": tuple(dict.fromkeys(codes)),
        "section": (section.code,) if section else (),
        "year": (str(row["year"]),),
        **{name: (value,) if value else () for name, value in single.items()},
    }
