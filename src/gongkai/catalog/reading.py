"""One published record with everything a reader may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.catalog.models import (
    SILENT_CODES,
    CatalogEntry,
    EntryRelation,
    EntryState,
    Showing,
    ShowingEnd,
    WithdrawalCode,
)
from gongkai.catalog.prepared import Prepared
from gongkai.kit.dates import CHINA
from gongkai.records.choices import RelationKind
from gongkai.records.models import VersionFile


class Shown(NamedTuple):
    """An entry as the public reads it, with the text of its version."""

    id: int
    uuid: UUID
    state: str
    record_id: int
    version_id: int
    body_id: int
    catalog_class_id: int | None
    column: str
    index_number: str
    title: str
    document_number: str
    abstract: str
    created_on: date
    changed_on: date | None
    validity: str
    effective_from: date | None
    expires_on: date | None
    repealed_on: date | None
    validity_cause: str
    responsible_unit: str
    legal_item: str
    genre: str
    keywords: str
    made_by: str
    held_by: str
    lead_body: str
    published_on: date
    published_at: datetime
    updated_at: datetime
    released_on: date
    carried_from: str
    withdrawn_at: datetime | None
    withdrawal_code: str
    withdrawal_note: str
    text: str | None
    has_files: bool
    has_relations: bool
    has_past: bool


class FileLine(NamedTuple):
    """An attachment of the published version."""

    uuid: UUID
    name: str
    size: int
    media_type: str


class RelationLine(NamedTuple):
    """What this record does to another, or another to this; `uuid` None when not on the site."""

    label: str
    title: str
    uuid: UUID | None


class VersionLine(NamedTuple):
    """A version that was before the public; `until_at` None for the one shown now."""

    version_id: int
    number: int
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is told of a withdrawn record: nothing but the number where the reason is a secret."""

    index_number: str
    title: str
    label: str
    note: str
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A published record: the entry with its text, its files, its relations."""

    entry: Shown
    files: tuple[FileLine, ...]
    relations: tuple[RelationLine, ...]


_PASSIVE = {
    RelationKind.INTERPRETS: "解读文件",
    RelationKind.AMENDS: "被修改于",
    RelationKind.REPEALS: "被废止于",
    RelationKind.REPLACES: "被替代于",
}


def reading(uuid: UUID) -> Reading | Tombstone | None:
    """The record with this uuid as the public may read it; None when there is nothing to see.

    One SQL, and one more each for files and relations where there are some.
    """
    entry = shown(uuid)
    if entry is None:
        return None
    if entry.state != EntryState.PUBLISHED:
        return tombstone(entry)
    return Reading(
        entry=entry,
        files=files_of(entry.version_id) if entry.has_files else (),
        relations=relations_of(entry) if entry.has_relations else (),
    )


def published_entry(uuid: UUID) -> Shown | None:
    """The published entry with this uuid; withdrawn ones are not given."""
    entry = shown(uuid)
    return entry if entry is not None and entry.state == EntryState.PUBLISHED else None


def shown(uuid: UUID) -> Shown | None:
    """The entry with this uuid in whatever state; for this module and its tests."""
    rows = _SHOWN.rows(uuid)
    return Shown._make(rows[0]) if rows else None


def _shown(uuid: UUID) -> QuerySet[CatalogEntry, Any]:
    acts_on_it = EntryRelation.objects.filter(
        Q(entry_id=OuterRef("pk")) | Q(target_id=OuterRef("record_id"))
    )
    past = Showing.objects.filter(entry_id=OuterRef("pk"), shown_until__isnull=False)
    return (
        CatalogEntry.objects.filter(uuid=uuid)
        .order_by()
        .values_list(
            *Shown._fields[: Shown._fields.index("text")],
            "version__body_text__text",
            Exists(VersionFile.objects.filter(version_id=OuterRef("version_id"))),
            Exists(acts_on_it),
            Exists(past),
        )
    )


_SHOWN = Prepared(_shown, UUID)


def tombstone(entry: Shown) -> Tombstone:
    """What remains to be told of a withdrawn entry."""
    if entry.withdrawal_code in SILENT_CODES:
        return Tombstone(entry.index_number, "", "", "", None)
    day = entry.withdrawn_at.astimezone(CHINA).date() if entry.withdrawn_at else None
    label = str(WithdrawalCode(entry.withdrawal_code).label)
    return Tombstone(entry.index_number, entry.title, label, entry.withdrawal_note, day)


def files_of(version_id: int) -> tuple[FileLine, ...]:
    """The attachments of a version, in their order."""
    return tuple(FileLine._make(row) for row in _FILES.rows(version_id))


_FILES = Prepared(
    lambda version_id: (
        VersionFile.objects.filter(version_id=version_id)
        .order_by("ordinal", "id")
        .values_list("uuid", "name", "file__size", "file__media_type")
    ),
    int,
)


def open_file(uuid: UUID) -> VersionFile | None:
    """The file with this uuid if it belongs to the version of an entry that is published now."""
    entries = CatalogEntry.objects.filter(
        version_id=OuterRef("version_id"), state=EntryState.PUBLISHED
    )
    return VersionFile.objects.filter(Exists(entries), uuid=uuid).select_related("file").first()


def relations_of(entry: Shown) -> tuple[RelationLine, ...]:
    """Relations in both directions, only to and from published entries, or to cited papers."""
    rows = _RELATIONS.rows(entry.id, entry.record_id)
    return tuple(line for row in rows if (line := _relation(entry.id, row)) is not None)


def _both_ways(entry_id: int, record_id: int) -> QuerySet[EntryRelation, Any]:
    from_here = Q(entry_id=entry_id)
    to_here = Q(target_id=record_id, entry__state=EntryState.PUBLISHED)
    found = EntryRelation.objects.filter(from_here | to_here).order_by("kind", "id")
    return found.values_list(
        "entry_id", "kind", "cited", "entry__title", "entry__uuid", "target_id",
        "target__entry__title", "target__entry__uuid", "target__entry__state",
    )  # fmt: skip


_RELATIONS = Prepared(_both_ways, int, int)


def _relation(here: int, row: tuple[Any, ...]) -> RelationLine | None:
    source_id, kind, cited, source, source_uuid, target_id, target, target_uuid, state = row
    word = RelationKind(kind)
    if source_id != here:
        return RelationLine(_PASSIVE[word], source, source_uuid)
    if state == EntryState.PUBLISHED:
        return RelationLine(str(word.label), target, target_uuid)
    # A paper of ours that is not on the site is not told of, not even by the name it was cited by.
    if target_id is not None or not cited:
        return None
    return RelationLine(str(word.label), cited, None)


def past_versions(entry: Shown) -> tuple[VersionLine, ...]:
    """The versions a reader may compare, newest first.

    Whatever stood before a withdrawal stays closed: it may hold what the withdrawal was for.
    """
    showings = Showing.objects.filter(entry_id=entry.id)
    withdrawn = showings.filter(ended_by=ShowingEnd.WITHDRAWN)
    last = withdrawn.order_by("-id").values_list("id", flat=True).first() or 0
    found = showings.filter(id__gt=last).order_by("-id")
    rows = found.values_list("version_id", "version__number", "shown_from", "shown_until")
    return tuple(VersionLine._make(row) for row in rows)
