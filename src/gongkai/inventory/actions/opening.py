"""Files of a run opened: archives give more files, tables their rows, papers one row each."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import DataError, transaction

from gongkai.inventory import reading, sources
from gongkai.inventory.actions.counting import count_rows
from gongkai.inventory.models import (
    FileKind,
    InventoryFile,
    InventoryItem,
    InventoryRun,
    Outcome,
)
from gongkai.kit.refusal import Refusal
from gongkai.ports import ExtractionError
from gongkai.records import store

# Papers are not read when they are opened: so many are opened at once.
PAPERS_AT_ONCE = 500
_log = logging.getLogger(__name__)


def kind_of(name: str) -> str:
    """What a file is, by its suffix."""
    suffix = name.lower().rpartition(".")[2]
    if suffix == "zip":
        return FileKind.ARCHIVE
    return FileKind.PAGE if suffix in ("html", "htm", "shtml", "xhtml") else FileKind.PAPER


def open_next(*, run: InventoryRun, now: datetime) -> int:
    """Open the next file, or the next papers together; the number opened, 0 when none is left."""
    rows = run.files.filter(opened_at__isnull=True).order_by("kind", "ordinal")
    first = rows.select_related("file").first()
    if first is None:
        return 0
    if reading.holds_rows(first.name):
        open_file(file=first, now=now)
        return 1
    same = rows.filter(kind=first.kind).select_related("file")[:PAPERS_AT_ONCE]
    papers = []
    for file in same:
        if reading.holds_rows(file.name):
            break
        papers.append(file)
    return open_papers(run=run, files=papers, now=now)


@transaction.atomic
def open_papers(*, run: InventoryRun, files: Sequence[InventoryFile], now: datetime) -> int:
    """One row for each paper; it is read only when it is taken in, for reading is what costs."""
    ids = [file.pk for file in files]
    rows = InventoryFile.objects.select_for_update(of=("self",), no_key=True)
    waiting = rows.filter(pk__in=ids, opened_at__isnull=True, page__isnull=True)
    held = list(waiting.select_related("file").order_by("ordinal"))
    items = [_item(run, file, 0, file.file.sha256, raw={}) for file in held]
    InventoryItem.objects.bulk_create(items)
    InventoryFile.objects.filter(pk__in=[file.pk for file in held]).update(opened_at=now)
    count_rows(run.pk, opened_count=len(held), row_count=len(held))
    return len(held)


@transaction.atomic
def open_file(*, file: InventoryFile, now: datetime) -> int:
    """Find the rows of a file; a file that cannot be read is one rejected row with the reason."""
    kept = InventoryFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if kept.opened_at is not None:
        return 0
    run = kept.run
    try:
        inputs = _inputs(kept, store.read(kept.file), run.mapping)
        items = [_item(run, kept, i.row, i.digest, raw=i.raw) for i in inputs]
        with transaction.atomic():
            InventoryItem.objects.bulk_create(items, batch_size=500)
    except (Refusal, ExtractionError) as error:
        sentence = error.sentence if isinstance(error, Refusal) else str(error)
        items = _one_rejected(run, kept, sentence, now)
    except (DataError, ValueError) as error:
        _log.exception("inventory file %s could not be opened", kept.pk)
        sentence = f"里面有存不下的字符（{type(error).__name__}），请另存一份再导入。"
        items = _one_rejected(run, kept, sentence, now)
    kept.opened_at = now
    kept.save(update_fields=["opened_at"])
    refused = sum(item.outcome == Outcome.REJECTED for item in items)
    count_rows(run.pk, opened_count=1, row_count=len(items), rejected_count=refused)
    return len(items)


def _inputs(file: InventoryFile, content: bytes, mapping: str) -> list[reading.Input]:
    if not reading.holds_rows(file.name):
        return [reading.whole(content)]
    found = reading.extracted(file.name, content)
    if not found.tables and found.text.strip():
        return [reading.whole(content)]  # a document saved as XML
    return reading.inputs(file.name, found, sources.named(mapping))


def _item(
    run: InventoryRun, file: InventoryFile, row: int, digest: str, *, raw: dict[str, object]
) -> InventoryItem:
    return InventoryItem(run=run, body_id=run.body_id, file=file, row=row, digest=digest, raw=raw)


def _one_rejected(
    run: InventoryRun, file: InventoryFile, sentence: str, now: datetime
) -> list[InventoryItem]:
    item = _item(run, file, 0, file.file.sha256, raw={})
    item.outcome, item.reason, item.done_at = Outcome.REJECTED, sentence[:300], now
    return InventoryItem.objects.bulk_create([item])
