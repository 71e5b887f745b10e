"""Rows taken in: some together in one transaction, each ending as exactly one outcome."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, transaction

from gongkai.inventory import kept
from gongkai.inventory.actions.counting import COLUMNS, count_ends, count_rows
from gongkai.inventory.actions.drafting import draft_all, reject
from gongkai.inventory.actions.tallying import FIELDS, count_new, count_out
from gongkai.inventory.models import InventoryItem, ItemReading, Outcome
from gongkai.journal.models import Entry

# Together in one transaction: few enough that nobody else waits long for the journal.
TOGETHER = 25
_SAVED = (
    "outcome", "record", "duplicate_of", "title", "created_on", "attribute", "reason",
    "finding_count", "done_at", *FIELDS,
)  # fmt: skip
_log = logging.getLogger(__name__)


def take_in(*, item_id: int, now: datetime) -> InventoryItem:
    """Make a draft of a waiting row, or say of what it is a repeat, or why it is not taken."""
    take_in_all(item_ids=[item_id], now=now)
    return InventoryItem.objects.get(pk=item_id)


def take_in_all(*, item_ids: Sequence[int], now: datetime) -> int:
    """The same for rows of one run; returns how many had been waiting.

    Together when that goes, one by one when it does not: a row that the program or the database
    cannot digest ends as rejected and must not hold up the others.
    """
    read_missing(item_ids)
    try:
        with transaction.atomic():
            return _together(item_ids, now)
    except Exception as error:
        if isinstance(error, DatabaseError) and not isinstance(error, DataError | IntegrityError):
            raise  # the database itself: the row is not to blame
        if len(item_ids) > 1:
            return sum(take_in_all(item_ids=[pk], now=now) for pk in item_ids)
        _log.exception("inventory item %s could not be taken in", item_ids[0])
        return _give_up(item_ids[0], type(error).__name__, now)


def waiting_of(item_ids: Sequence[int]) -> list[InventoryItem]:
    """Those of the rows that still wait, in their order, with what taking in needs."""
    rows = InventoryItem.objects.filter(pk__in=item_ids, outcome=Outcome.WAITING).order_by("id")
    related = ("run__body", "run__section", "run__opened_by", "file__file")
    return list(rows.select_related(*related))


def read_missing(item_ids: Sequence[int]) -> None:
    """Read in this process what no worker has read, repeats left out; outside a transaction."""
    waiting = waiting_of(item_ids)
    there = set(ItemReading.objects.filter(pk__in=item_ids).values_list("pk", flat=True))
    first = firsts(waiting)
    unread = [item for item in waiting if item.pk not in there and item.digest not in first]
    kept.keep((item.pk, _read(item)) for item in unread)


def _read(item: InventoryItem) -> Mapping[str, Any]:
    try:
        return kept.read_here(item)
    except DatabaseError:
        raise
    except Exception as error:
        _log.exception("inventory item %s could not be read", item.pk)
        return {"refusal": faulty(type(error).__name__)}


def faulty(name: str) -> str:
    """The sentence for a row at which the program itself failed."""
    return f"程序读不了这一条（{name}），请人工录入并报告。"


def firsts(items: Sequence[InventoryItem]) -> dict[str, InventoryItem]:
    """For digests that the body has taken in already, the row that is the record."""
    if not items:
        return {}
    digests = {item.digest for item in items}
    rows = InventoryItem.objects.filter(
        body=items[0].body_id, digest__in=digests, outcome=Outcome.RECORD
    )
    found = rows.select_related("file").defer("raw")
    return {row.digest: row for row in found}


def _together(item_ids: Sequence[int], now: datetime) -> int:
    held = InventoryItem.objects.select_for_update(of=("self",), no_key=True)
    held = held.filter(pk__in=item_ids, outcome=Outcome.WAITING).order_by("id")
    related = held.select_related("run__body", "run__section", "run__opened_by", "file__file")
    items = list(related.prefetch_related("file__attachments__file"))
    if not items:
        return 0
    readings = ItemReading.objects.in_bulk([item.pk for item in items])
    known = firsts(items)
    waiting = items
    while waiting:
        leaders: dict[str, InventoryItem] = {}
        for item in waiting:
            if item.digest not in known:
                leaders.setdefault(item.digest, item)
        read = [(item, kept.unpack(readings[item.pk].packed)) for item in leaders.values()]
        draft_all(items[0].run, read, now)
        known |= {d: item for d, item in leaders.items() if item.outcome == Outcome.RECORD}
        for item in waiting:
            if item.outcome == Outcome.WAITING and item.digest in known:
                _repeat(item, known[item.digest])
        waiting = [item for item in waiting if item.outcome == Outcome.WAITING]
    _save(items, now)
    return len(items)


def _repeat(item: InventoryItem, first: InventoryItem) -> None:
    item.outcome, item.duplicate_of = Outcome.DUPLICATE, first
    item.title, item.created_on = first.title, first.created_on
    item.reason = f"与{first.file.name}内容相同"[:300]


def _save(items: Sequence[InventoryItem], now: datetime) -> None:
    count_new(items)
    for item in items:
        item.done_at = now
        item.save(update_fields=_SAVED)
    count_ends(items[0].run_id, [item.outcome for item in items])
    ItemReading.objects.filter(pk__in=[item.pk for item in items]).delete()


@transaction.atomic
def _give_up(item_id: int, name: str, now: datetime) -> int:
    item = InventoryItem.objects.select_for_update(no_key=True).get(pk=item_id)
    if item.outcome != Outcome.WAITING:
        return 0
    reject(item, faulty(name))
    _save([item], now)
    return 1


def release(entry: Entry) -> None:
    """A draft thrown away: its row is no record any more, and the paper may come in again."""
    if entry.subject_id is None:
        return
    items = InventoryItem.objects.filter(record_id=entry.subject_id, outcome=Outcome.RECORD)
    reason = f"草稿已删除：{entry.reason}"[:300]
    gone = list(items.defer("raw"))
    count_out(gone)
    items.update(
        outcome=Outcome.REJECTED,
        record=None,
        reason=reason,
        **{name: "" if name == "counted_attribute" else None for name in FIELDS},
    )
    for run_id in (item.run_id for item in gone):
        record, rejected = COLUMNS[Outcome.RECORD], COLUMNS[Outcome.REJECTED]
        count_rows(run_id, **{record: -1, rejected: 1})
