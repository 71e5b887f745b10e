"""The records of runs counted by class, section and month of creation, kept with every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from gongkai.inventory.models import Facet, InventoryItem, InventoryRun, Outcome, RunCount
from gongkai.inventory.tally import NO_ATTRIBUTE
from gongkai.journal.models import Entry
from gongkai.records.models import Record
from gongkai.review.models import ReviewSheet, SheetState

FIELDS = ("counted_attribute", "counted_class", "counted_section", "counted_on")
# What an edit must touch to move a count, and the other events that can.
EDITED = frozenset({"section", "catalog_class", "created_on"})
EVENTS = ("record.edited", "record.proposed", "record.returned", "record.decided")
OPEN = (SheetState.PROPOSED, SheetState.VERIFIED)
Deltas = Counter[tuple[int, str, str, str]]


def count_new(items: Iterable[InventoryItem]) -> None:
    """Rows that have just become drafts, before they are saved. No sheet can name them yet."""
    deltas: Deltas = Counter()
    for item in items:
        if item.outcome == Outcome.RECORD and item.record is not None:
            _set(item, item.record, "")
            _add(deltas, item, 1)
    _write(deltas)


def follow(entry: Entry) -> None:
    """Something was done with a record: its rows are counted as it is now."""
    changed = entry.data.get("fields") if isinstance(entry.data, dict) else None
    idle = entry.event == "record.edited" and not EDITED & set(changed or EDITED)
    if idle or entry.subject_id is None:
        return
    rows = InventoryItem.objects.filter(record_id=entry.subject_id, outcome=Outcome.RECORD)
    items = list(rows.select_related("record").defer("raw").order_by("id"))
    if not items:
        return
    open_sheet = ReviewSheet.objects.filter(record_id=entry.subject_id, state__in=OPEN)
    proposed = open_sheet.values_list("proposed_attribute", flat=True).first() or ""
    deltas: Deltas = Counter()
    for item in items:
        assert item.record is not None
        _add(deltas, item, -1)
        _set(item, item.record, proposed)
        _add(deltas, item, 1)
        item.save(update_fields=FIELDS)
    _write(deltas)


def count_out(items: Iterable[InventoryItem]) -> None:
    """Rows that are no records any more."""
    deltas: Deltas = Counter()
    for item in items:
        _add(deltas, item, -1)
    _write(deltas)


def _set(item: InventoryItem, record: Record, proposed: str) -> None:
    """Decided, else proposed, else as the source said, else undetermined."""
    item.counted_attribute = record.attribute or proposed or item.attribute or NO_ATTRIBUTE
    item.counted_class_id = record.catalog_class_id
    item.counted_section_id = record.section_id
    item.counted_on = record.created_on or item.created_on


def _add(deltas: Deltas, item: InventoryItem, n: int) -> None:
    keys = {
        Facet.CLASS: item.counted_class_id or "",
        Facet.SECTION: item.counted_section_id or "",
        Facet.MONTH: month_of(item.counted_on),
    }
    for facet, key in keys.items():
        deltas[item.run_id, facet.value, str(key), item.counted_attribute] += n


def _write(deltas: Deltas) -> None:
    """One statement; in one order, so that nobody waits for one who waits for him."""
    rows = sorted((*place, n) for place, n in deltas.items() if n)
    if not rows:
        return
    table = connection.ops.quote_name(RunCount._meta.db_table)
    marks = ", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    sql = (  # nothing but marks and the name of the table is put together
        f'INSERT INTO {table} (run_id, facet, "key", attribute, "count") VALUES {marks} '  # noqa: S608
        'ON CONFLICT (run_id, facet, "key", attribute) '
        f'DO UPDATE SET "count" = {table}."count" + excluded."count"'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])


def recount_records(run: InventoryRun) -> None:
    """The kept counts taken anew from the rows."""
    columns = {
        Facet.CLASS: F("counted_class_id"),
        Facet.SECTION: F("counted_section_id"),
        Facet.MONTH: TruncMonth("counted_on"),
    }
    rows = run.items.filter(outcome=Outcome.RECORD).order_by()
    fresh = []
    for facet, column in columns.items():
        found = rows.annotate(at=column).values_list("at", "counted_attribute")
        for at, attribute, n in found.annotate(n=Count("id")):
            key = month_of(at) if facet == Facet.MONTH else str(at or "")
            fresh.append(RunCount(run=run, facet=facet, key=key, attribute=attribute, count=n))
    run.counts.all().delete()
    RunCount.objects.bulk_create(fresh, batch_size=500)


def month_of(day: date | None) -> str:
    """2008-03; empty without a day."""
    return day.isoformat()[:7] if day else ""
