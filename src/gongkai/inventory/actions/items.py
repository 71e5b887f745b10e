"""Rows taken in: some together in one transaction, each ending as exactly one outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import DatabaseError, DataError, IntegrityError, transaction

from gongkai.inventory import readers
from gongkai.inventory.actions.counting import COLUMNS, count_ends, count_rows
from gongkai.inventory.actions.drafting import draft_all, reject
from gongkai.inventory.actions.tallying import FIELDS, count_new, count_out
from gongkai.inventory.actions.writing import save_many
from gongkai.inventory.chunks import How
from gongkai.inventory.models import Cause, InventoryItem, InventoryRun, Outcome
from gongkai.journal.models import Entry

# Together in one transaction: few enough that nobody else waits long for the journal.
TOGETHER = 100
_SAVED = (
    "outcome", "record", "duplicate_of", "title", "created_on", "attribute", "reason",
    "cause", "finding_count", "done_at", *FIELDS,
)  # fmt: skip
Readings = Mapping[int, Mapping[str, Any]]
"""What was read of rows (`chunks.read_chunk`), by their id."""
_log = logging.getLogger(__name__)


def take_in(*, item_id: int, now: datetime) -> InventoryItem:
    """Make a draft of a waiting row, or say of what it is a repeat, or why it is not taken."""
    take_in_all(item_ids=[item_id], now=now)
    return InventoryItem.objects.get(pk=item_id)


def take_in_all(*, item_ids: Sequence[int], now: datetime, readings: Readings | None = None) -> int:
    """The same for rows of one run; returns how many had been waiting.

    What stands in `readings` is not read again. Together when that goes, one by one when it does
    not: a row that the program or the database cannot digest ends as rejected and must not hold
    up the others.
    """
    read = {**(readings or {})}
    read |= _read_missing([pk for pk in item_ids if pk not in read])
    try:
        with transaction.atomic():
            return _together(item_ids, read, now)
    except Exception as error:
        if isinstance(error, DatabaseError) and not isinstance(error, DataError | IntegrityError):
            raise  # the database itself: the row is not to blame
        if len(item_ids) > 1:
            return sum(take_in_all(item_ids=[pk], now=now, readings=read) for pk in item_ids)
        _log.exception("inventory item %s could not be taken in", item_ids[0])
        return _give_up(item_ids[0], type(error).__name__, now)


def waiting_of(item_ids: Sequence[int]) -> list[InventoryItem]:
    """Those of the rows that still wait, in their order, with what reading needs."""
    rows = InventoryItem.objects.filter(pk__in=item_ids, outcome=Outcome.WAITING).order_by("id")
    return _with_run(list(rows.select_related("file__file")))


def _with_run(items: list[InventoryItem]) -> list[InventoryItem]:
    """Rows of one run, all with one object for it, as it and who opened it stand now."""
    if items:
        runs = InventoryRun.objects.select_related("body", "section", "opened_by")
        run = runs.get(pk=items[0].run_id)
        for item in items:
            item.run = run
    return items


def _read_missing(item_ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """Read in this process what no worker has read, repeats left out; outside a transaction."""
    waiting = waiting_of(item_ids) if item_ids else []
    first = firsts(waiting)
    unread = [item for item in waiting if item.digest not in first]
    how = cache(readers.how_of)
    return {item.pk: _read(item, how) for item in unread}


def _read(item: InventoryItem, how: Callable[[InventoryRun], How]) -> Mapping[str, Any]:
    try:
        return readers.read_here(item, how(item.run))
    except DatabaseError:
        raise
    except Exception as error:
        _log.exception("inventory item %s could not be read", item.pk)
        return {"refusal": faulty(type(error).__name__)}


def faulty(name: str) -> str:
    """The sentence for a row at which the program itself failed."""
    return f"程序读不了这一条（{name}），请人工录入并报告。"


class First(NamedTuple):
    """The row that is the record of its content."""

    id: int
    title: str
    created_on: date | None
    name: str


def firsts(items: Sequence[InventoryItem]) -> dict[str, First]:
    """For digests that the body has taken in already, the row that is the record."""
    if not items:
        return {}
    digests = {item.digest for item in items}
    rows = InventoryItem.objects.filter(
        body=items[0].body_id, digest__in=digests, outcome=Outcome.RECORD
    )
    found = rows.order_by().values_list("digest", "id", "title", "created_on", "file__name")
    return {digest: First(pk, title, on, name) for digest, pk, title, on, name in found}


def _together(item_ids: Sequence[int], readings: Readings, now: datetime) -> int:
    held = InventoryItem.objects.select_for_update(of=("self",), no_key=True)
    held = held.filter(pk__in=item_ids, outcome=Outcome.WAITING).order_by("id")
    items = _with_run(list(held.select_related("file__file").defer("raw")))
    if not items:
        return 0
    run = items[0].run
    known = firsts(items)
    waiting = items
    while waiting:
        leaders: dict[str, InventoryItem] = {}
        for item in waiting:
            if item.digest not in known:
                leaders.setdefault(item.digest, item)
        draft_all(run, [(item, readings[item.pk]) for item in leaders.values()], now)
        known |= {d: _first(item) for d, item in leaders.items() if item.outcome == Outcome.RECORD}
        for item in waiting:
            if item.outcome == Outcome.WAITING and item.digest in known:
                _repeat(item, known[item.digest])
        waiting = [item for item in waiting if item.outcome == Outcome.WAITING]
    _save(items, now)
    return len(items)


def _first(item: InventoryItem) -> First:
    return First(item.pk, item.title, item.created_on, item.file.name)


def _repeat(item: InventoryItem, first: First) -> None:
    item.outcome, item.duplicate_of_id = Outcome.DUPLICATE, first.id
    item.title, item.created_on = first.title, first.created_on
    item.reason = f"与{first.name}内容相同"[:300]


def _save(items: Sequence[InventoryItem], now: datetime) -> None:
    count_new(items)
    for item in items:
        item.done_at = now
    save_many(items, _SAVED)
    count_ends(items[0].run_id, [item.outcome for item in items])
    lists = sum(item.cause == Cause.LIST_PAGE for item in items)
    count_rows(items[0].run_id, list_count=lists)


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
