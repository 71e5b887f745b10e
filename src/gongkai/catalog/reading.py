"""One published record with everything a reader may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
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
from gongkai.kit.dates import CHINA
from gongkai.records.choices import RelationKind
from gongkai.records.models import VersionFile, VersionText


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
    """A version that was before the public; `until` None for the one shown now."""

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
    """A published record: the entry, its text, files, relations, and how many versions were out."""

    entry: CatalogEntry
    text: str
    files: tuple[FileLine, ...]
    relations: tuple[RelationLine, ...]
    has_versions: bool


_PASSIVE = {
    RelationKind.INTERPRETS: "解读文件",
    RelationKind.AMENDS: "被修改于",
    RelationKind.REPEALS: "被废止于",
    RelationKind.REPLACES: "被替代于",
}


def reading(uuid: UUID) -> Reading | Tombstone | None:
    """The record with this uuid as the public may read it; None when there is nothing to see.

    At most five SQL; those for files, relations and versions are left out where there are none.
    """
    entry = _entry(uuid)
    if entry is None:
        return None
    if entry.state != EntryState.PUBLISHED:
        return tombstone(entry)
    text = VersionText.objects.filter(version_id=entry.version_id).values_list("text", flat=True)
    return Reading(
        entry=entry,
        text=text.first() or "",
        files=files_of(entry.version_id) if entry.has_files else (),  # type: ignore[attr-defined]
        relations=relations_of(entry) if entry.has_relations else (),  # type: ignore[attr-defined]
        has_versions=entry.has_past,  # type: ignore[attr-defined]
    )


def _entry(uuid: UUID) -> CatalogEntry | None:
    acts_on_it = EntryRelation.objects.filter(
        Q(entry_id=OuterRef("pk")) | Q(target_id=OuterRef("record_id"))
    )
    return (
        CatalogEntry.objects.filter(uuid=uuid)
        .annotate(
            has_files=Exists(VersionFile.objects.filter(version_id=OuterRef("version_id"))),
            has_relations=Exists(acts_on_it),
            has_past=Exists(
                Showing.objects.filter(entry_id=OuterRef("pk"), shown_until__isnull=False)
            ),
        )
        .order_by()
        .first()
    )


def tombstone(entry: CatalogEntry) -> Tombstone:
    """What remains to be told of a withdrawn entry."""
    if entry.withdrawal_code in SILENT_CODES:
        return Tombstone(entry.index_number, "", "", "", None)
    day = entry.withdrawn_at.astimezone(CHINA).date() if entry.withdrawn_at else None
    label = str(WithdrawalCode(entry.withdrawal_code).label)
    return Tombstone(entry.index_number, entry.title, label, entry.withdrawal_note, day)


def files_of(version_id: int) -> tuple[FileLine, ...]:
    """The attachments of a version, in their order."""
    rows = VersionFile.objects.filter(version_id=version_id).order_by("ordinal", "id")
    found = rows.values_list("uuid", "name", "file__size", "file__media_type")
    return tuple(FileLine._make(row) for row in found)


def open_file(uuid: UUID) -> VersionFile | None:
    """The file with this uuid if it belongs to the version of an entry that is published now."""
    shown = CatalogEntry.objects.filter(
        version_id=OuterRef("version_id"), state=EntryState.PUBLISHED
    )
    return VersionFile.objects.filter(Exists(shown), uuid=uuid).select_related("file").first()


def relations_of(entry: CatalogEntry) -> tuple[RelationLine, ...]:
    """Relations in both directions, only to and from published entries, or to cited papers."""
    rows = EntryRelation.objects.filter(
        Q(entry_id=entry.pk) | Q(target_id=entry.record_id, entry__state=EntryState.PUBLISHED)
    ).order_by("kind", "id")
    found = rows.values_list(
        "entry_id", "kind", "cited", "entry__title", "entry__uuid",
        "target__entry__title", "target__entry__uuid", "target__entry__state", "target_id",
    )  # fmt: skip
    return tuple(line for row in found if (line := _relation(entry.pk, row)) is not None)


def _relation(here: int, row: tuple[object, ...]) -> RelationLine | None:
    source_id, kind, cited, source, source_uuid, target, target_uuid, target_state, target_id = row
    word = RelationKind(str(kind))
    if source_id != here:
        return RelationLine(_PASSIVE[word], str(source), source_uuid)  # type: ignore[arg-type]
    if target_state == EntryState.PUBLISHED:
        return RelationLine(str(word.label), str(target), target_uuid)  # type: ignore[arg-type]
    # A paper of ours that is not on the site is not told of, not even by the name it was cited by.
    if target_id is not None or not cited:
        return None
    return RelationLine(str(word.label), str(cited), None)


def past_versions(entry: CatalogEntry) -> tuple[VersionLine, ...]:
    """The versions a reader may compare, newest first.

    Whatever stood before a withdrawal stays closed: it may hold what the withdrawal was for.
    """
    withdrawn = Showing.objects.filter(entry=entry, ended_by=ShowingEnd.WITHDRAWN)
    last = withdrawn.order_by("-id").values_list("id", flat=True).first() or 0
    rows = _showings(entry).filter(id__gt=last).order_by("-id")
    found = rows.values_list("version_id", "version__number", "shown_from", "shown_until")
    return tuple(VersionLine._make(row) for row in found)


def _showings(entry: CatalogEntry) -> QuerySet[Showing]:
    return Showing.objects.filter(entry=entry).exclude(ended_by=ShowingEnd.WITHDRAWN)


def published_entry(uuid: UUID) -> CatalogEntry | None:
    """The published entry with this uuid; withdrawn ones are not given."""
    return CatalogEntry.objects.filter(uuid=uuid, state=EntryState.PUBLISHED).order_by().first()
