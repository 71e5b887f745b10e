"""A run carried out: a piece at a time, or all of it with the bulk engine reading ahead."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from gongkai import plug
from gongkai.inventory import chunks, readers
from gongkai.inventory.actions.counting import pace
from gongkai.inventory.actions.items import TOGETHER, firsts, take_in_all, waiting_of
from gongkai.inventory.actions.opening import next_file, open_next
from gongkai.inventory.actions.runs import finish
from gongkai.inventory.actions.writing import locked
from gongkai.inventory.models import FileKind, InventoryItem, InventoryRun, Outcome
from gongkai.ports import BulkChunk, BulkDone, BulkJob

# Fewer waiting papers than this are read right here, for workers take seconds to start; and so
# many rows of tables, which are only scanned.
FEW, FEW_ROWS = 40, 1_000
# Of a chunk: a paper counts as so many rows, and its files have no more than so many bytes.
PAPER, HEAVY = 4, 8 * 1024 * 1024
Clock = Callable[[], datetime]
Told = Callable[[InventoryRun], None]


def work(*, run: InventoryRun, now: datetime, limit: int = TOGETHER) -> bool:
    """Do the next piece of a running run; True while something is left to do.

    One piece is some files opened, or up to `limit` rows taken in. Killed at any moment, the next
    call goes on where the last committed rows ended. A stopped run does nothing.
    """
    run.refresh_from_db()
    if run.state != "running":
        return False
    pace(run, now)
    if open_next(run=run, now=now):
        return True
    waiting = _waiting(run, 0, limit)
    if waiting:
        take_in_all(item_ids=waiting, now=now)
        return True
    with transaction.atomic():
        held = locked(run)
        if held.state == "running":
            finish(run=held, by=held.opened_by, now=now)
    return False


def work_through(
    *, run: InventoryRun, clock: Clock, until: datetime | None = None, told: Told | None = None
) -> bool:
    """Carry the run out to its end, to its stop, or to the moment `until`; True if more is left.

    Many rows are read by the bulk engine, which never runs further ahead than its workers need:
    memory stays the same however many rows there are. `told` hears of every piece.
    """
    while True:
        if run.state == "running" and _are_many(run) and next_file(run) is None:
            _in_bulk(run, clock, until, told)
        if not work(run=run, now=clock()):
            return False
        if told is not None:
            told(run)
        if until is not None and clock() >= until:
            return True


def _are_many(run: InventoryRun) -> bool:
    """Whether what waits is worth the start of the workers."""
    first = _waiting(run, 0, FEW)
    if len(first) < FEW:
        return False
    papers = run.items.filter(pk__in=first, row=0)
    return papers.exists() or len(_waiting(run, 0, FEW_ROWS)) == FEW_ROWS


def _waiting(run: InventoryRun, after: int, limit: int) -> list[int]:
    """Ids of waiting rows behind one, in their order, found on the index."""
    rows = run.items.filter(outcome=Outcome.WAITING, pk__gt=after).order_by("id")
    return list(rows.values_list("id", flat=True)[:limit])


def _in_bulk(run: InventoryRun, clock: Clock, until: datetime | None, told: Told | None) -> None:
    """Read with the engine, make drafts of each chunk as it comes back."""
    job = BulkJob(function=chunks.FUNCTION, options=readers.options_of(run))
    given: dict[int, _Given] = {}
    coming = plug.bulk().run(job, _chunks(run, given, clock))
    with closing(cast("Generator[BulkDone]", coming)):
        for done in coming:
            chunk = given.pop(done.number)
            take_in_all(item_ids=chunk.ids, now=clock(), readings=dict(_results(done, chunk)))
            run.refresh_from_db()
            pace(run, clock())
            if told is not None:
                told(run)
            if run.state != "running" or (until is not None and clock() >= until):
                return


@dataclass(frozen=True, slots=True)
class _Given:
    """A chunk under way: all its rows, and those of them that are being read."""

    ids: list[int]
    read: list[int]


def _chunks(run: InventoryRun, given: dict[int, _Given], clock: Clock) -> Iterator[BulkChunk]:
    """Waiting rows in chunks. Repeats are known without reading; a chunk of nothing else is ended
    on the way.
    """
    number, last = 0, 0
    while ids := _waiting(run, last, TOGETHER):
        items = _light(waiting_of(ids))
        last = items[-1].pk if items else ids[-1]
        ids = [item.pk for item in items]
        known = firsts(items)
        fresh = [item for item in items if item.digest not in known]
        if not fresh:
            take_in_all(item_ids=ids, now=clock())
            continue
        given[number] = _Given(ids, [item.pk for item in fresh])
        yield BulkChunk(number, tuple(readers.item_of(item) for item in fresh))
        number += 1


def _light(items: list[InventoryItem]) -> list[InventoryItem]:
    """As many as are read soon and held easily: a paper takes long, a row or a page does not."""
    weight = size = 0
    for place, item in enumerate(items):
        is_paper = not item.row and item.file.kind != FileKind.PAGE
        weight += PAPER if is_paper else 1
        size += 0 if item.row else item.file.file.size
        if place and (weight > TOGETHER or size > HEAVY):
            return items[:place]
    return items


def _results(done: BulkDone, chunk: _Given) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Readings by their row; an item that no worker could read is one that is not taken in."""
    for place, (pk, result) in enumerate(zip(chunk.read, done.results, strict=True)):
        if place in done.failed:
            yield pk, {"refusal": f"{done.failed[place]}，没有录入。请人工录入或换一个文件。"}
        else:
            assert isinstance(result, dict)
            yield pk, result
