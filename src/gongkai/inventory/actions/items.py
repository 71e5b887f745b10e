"""Rows taken in one by one: each in a transaction of its own ends as exactly one outcome."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError, transaction

from gongkai.inventory import reading, sources
from gongkai.inventory.actions.drafting import draft_of
from gongkai.inventory.actions.runs import finish
from gongkai.inventory.actions.writing import locked
from gongkai.inventory.models import InventoryFile, InventoryItem, InventoryRun, Outcome
from gongkai.inventory.paper import Paper
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.ports import ExtractionError
from gongkai.records import store

CHUNK = 25
_log = logging.getLogger(__name__)


def work(*, run: InventoryRun, now: datetime, limit: int = CHUNK) -> bool:
    """Do the next piece of a running run; True while something is left to do.

    One piece is one file opened, or up to `limit` rows taken in. Killed at any moment, the next
    call goes on where the last committed row ended. A stopped run does nothing.
    """
    run.refresh_from_db()
    if run.state != "running":
        return False
    file = run.files.filter(opened_at__isnull=True).select_related("file").first()
    if file is not None:
        open_file(file=file, now=now)
        return True
    rows = run.items.filter(outcome=Outcome.WAITING).order_by("id")
    waiting = list(rows.values_list("id", flat=True)[:limit])
    for item_id in waiting:
        take_in(item_id=item_id, now=now)
    if waiting:
        return True
    with transaction.atomic():
        kept = locked(run)
        if kept.state == "running":
            finish(run=kept, by=kept.opened_by, now=now)
    return False


@transaction.atomic
def open_file(*, file: InventoryFile, now: datetime) -> int:
    """Find the rows of a file; a file that cannot be read is one rejected row with the reason."""
    kept = InventoryFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if kept.opened_at is not None:
        return 0
    run = kept.run
    content = store.read(kept.file)
    try:
        inputs = _inputs(kept, content, run.mapping)
        items = [_item(kept, i.row, i.digest, raw=i.raw) for i in inputs]
    except (Refusal, ExtractionError) as error:
        items = [_unreadable(kept, _sentence(error), now)]
    InventoryItem.objects.bulk_create(items, batch_size=500)
    kept.opened_at = now
    kept.save(update_fields=["opened_at"])
    return len(items)


def _inputs(file: InventoryFile, content: bytes, mapping: str) -> list[reading.Input]:
    """A paper is opened only when it is taken in: opening is what costs."""
    if not reading.holds_rows(file.name):
        return [reading.whole(content)]
    found = reading.extracted(file.name, content)
    return reading.inputs(file.name, found, sources.named(mapping))


def _item(file: InventoryFile, row: int, digest: str, *, raw: dict[str, object]) -> InventoryItem:
    return InventoryItem(
        run=file.run, body=file.run.body, file=file, row=row, digest=digest, raw=raw
    )


def _unreadable(file: InventoryFile, sentence: str, now: datetime) -> InventoryItem:
    item = _item(file, 0, file.file.sha256, raw={})
    item.outcome, item.reason, item.done_at = Outcome.REJECTED, sentence[:300], now
    return item


@transaction.atomic
def take_in(*, item_id: int, now: datetime) -> InventoryItem:
    """Make a draft of a waiting row, or say of what it is a repeat, or why it is not taken."""
    rows = InventoryItem.objects.select_for_update(of=("self",), no_key=True)
    item = rows.select_related("run__body", "run__section", "file__file").get(pk=item_id)
    if item.outcome != Outcome.WAITING:
        return item
    first = _first_like(item)
    if first is not None:
        item.outcome, item.duplicate_of = Outcome.DUPLICATE, first
        item.title, item.created_on = first.title, first.created_on
        item.reason = f"与{first.file.name}内容相同"[:300]
    else:
        _make_draft(item, now)
    item.done_at = now
    item.save()
    return item


def _first_like(item: InventoryItem) -> InventoryItem | None:
    return (
        InventoryItem.objects.filter(body=item.body, digest=item.digest, outcome=Outcome.RECORD)
        .select_related("file")
        .first()
    )


def _make_draft(item: InventoryItem, now: datetime) -> None:
    try:
        # A savepoint: what a refused draft wrote is undone, the item's end is kept.
        with transaction.atomic():
            paper = _paper(item)
            draft_of(item, paper, now)
    except (Refusal, ExtractionError) as error:
        _reject(item, _sentence(error))
    except DatabaseError:
        raise
    except Exception as error:
        # One row that the program cannot digest must not hold up the run; it stays visible.
        _log.exception("inventory item %s could not be read", item.pk)
        _reject(item, f"程序读不了这一条（{type(error).__name__}），请人工录入并报告。")


def _reject(item: InventoryItem, sentence: str) -> None:
    item.outcome, item.record, item.finding_count = Outcome.REJECTED, None, 0
    item.reason = sentence[:300]


def _paper(item: InventoryItem) -> Paper:
    mapping = sources.named(item.run.mapping)
    place = item.run.body.place_name
    if item.row:
        return reading.row_paper(item.file.name, item.raw, mapping, place=place)
    found = reading.extracted(item.file.name, store.read(item.file.file))
    return reading.paper(found, mapping, place=place)


def _sentence(error: Refusal | ExtractionError) -> str:
    return error.sentence if isinstance(error, Refusal) else str(error)


def release(entry: Entry) -> None:
    """A draft thrown away: its row is no record any more, and the paper may come in again."""
    if entry.subject_id is None:
        return
    items = InventoryItem.objects.filter(record_id=entry.subject_id, outcome=Outcome.RECORD)
    reason = f"草稿已删除：{entry.reason}"[:300]
    items.update(outcome=Outcome.REJECTED, record=None, reason=reason)
