"""Follows publication inside its transaction: which version was before the public, and when.

Hears the journal lines of `record.published`, `record.withdrawn` and everything else that a
reader can see, and keeps three things true: the showings of an entry, the frozen relations of
its published version, and the generation that every cached page is keyed on.
"""

from __future__ import annotations

from django.utils import timezone

from gongkai.catalog.models import CatalogEntry, EntryRelation, EntryState, Generation, Showing
from gongkai.catalog.models import ShowingEnd as End
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry as Line
from gongkai.records.models import Relation

# Only these change what a stranger sees. A new event of that kind belongs in this list.
PUBLIC_EVENTS = (
    "record.published",
    "record.withdrawn",
    "record.decided",
    "record.validity_changed",
    "guide.published",
    "body.",
    "section.",
    "class.",
)


def connect() -> None:
    """Begin to listen; called once from `apps.ready()`."""
    for prefix in PUBLIC_EVENTS:
        subscribe_within(prefix, hear)


def hear(line: Line) -> None:
    """Bring showings and relations up to date, then turn the generation."""
    if line.event.startswith("record."):
        uuid = line.subject_uuid
        entry = CatalogEntry.objects.filter(uuid=uuid).first() if uuid else None
        if entry is None:
            return
        settle(entry)
    turn(line)


def settle(entry: CatalogEntry) -> None:
    """Open, change or close the showing of `entry` so that it agrees with the entry's state."""
    shown = Showing.objects.filter(entry=entry, shown_until__isnull=True).first()
    if entry.state == EntryState.WITHDRAWN:
        if shown is not None:
            _close(shown, End.WITHDRAWN, entry)
        return
    if shown is not None and shown.version_id == entry.version_id:
        return
    if shown is not None:
        _close(shown, End.REVISED, entry)
    Showing.objects.create(entry=entry, version_id=entry.version_id, shown_from=entry.updated_at)
    _freeze_relations(entry)


def _close(shown: Showing, end: End, entry: CatalogEntry) -> None:
    shown.shown_until, shown.ended_by = entry.updated_at, end
    shown.save(update_fields=["shown_until", "ended_by"])


def _freeze_relations(entry: CatalogEntry) -> None:
    EntryRelation.objects.filter(entry=entry).delete()
    EntryRelation.objects.bulk_create(
        EntryRelation(entry=entry, kind=r.kind, target_id=r.target_id, cited=r.cited)
        for r in Relation.objects.filter(record_id=entry.record_id).order_by("id")
    )


def turn(line: Line | None = None) -> None:
    """Make every cached public page stale. Cheap: one row, inside the caller's transaction.

    The number is the microsecond, never lower than before plus one: it does not come back even
    when an older backup is restored, so no browser keeps a page of another past.
    """
    moment = line.at if line is not None else timezone.now()
    row, _ = Generation.objects.select_for_update(no_key=True).get_or_create(pk=1)
    row.number = max(row.number + 1, int(timezone.now().timestamp() * 1_000_000))
    row.changed_at = moment
    row.save(update_fields=["number", "changed_at"])
