"""Files of a run opened: archives give more files, tables their rows, papers one row each."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from django.db import DataError, transaction
from django.db.models import QuerySet

from gongkai.inventory import fitting, reading, sources
from gongkai.inventory.actions.counting import count_rows
from gongkai.inventory.actions.entries import new_item, refused
from gongkai.inventory.actions.parting import set_apart
from gongkai.inventory.actions.unpacking import unpack_next
from gongkai.inventory.models import (
    FileKind,
    InventoryFile,
    InventoryItem,
    InventoryRun,
    Outcome,
)
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted, ExtractionError
from gongkai.records import store

FEEDS = frozenset({"rss_feed", "atom_feed"})
SITE_MAPS = frozenset({"urlset", "sitemapindex"})
# Papers are not read when they are opened: so many are opened at once.
PAPERS_AT_ONCE = 500
_log = logging.getLogger(__name__)


def next_file(run: InventoryRun) -> InventoryFile | None:
    """The file to be opened next. None when none is left, and while pages wait for their drafts:
    only those tell which of the other files go with them.
    """
    first = _unopened(run).select_related("file", "run").first()
    if first is not None and first.kind in (FileKind.PAPER, FileKind.PARCEL):
        # Rows of pages are the last that were entered, for pages are opened before these.
        waiting = run.items.filter(outcome=Outcome.WAITING).order_by("-id")
        last = waiting.values_list("file__kind", flat=True).first()
        return None if last == FileKind.PAGE else first
    return first


def _unopened(run: InventoryRun) -> QuerySet[InventoryFile]:
    """Files that are to be opened, in their order."""
    rows = run.files.filter(opened_at__isnull=True, page__isnull=True)
    return rows.order_by("kind", "ordinal")


def open_next(*, run: InventoryRun, now: datetime) -> bool:
    """Open the next file, or the next papers together; False when there is none to open now."""
    first = next_file(run)
    if first is None:
        return False
    if first.kind in (FileKind.ARCHIVE, FileKind.PARCEL):
        unpack_next(file=first, now=now)
        return True
    together = _together(run, first)
    if first.kind == FileKind.PAPER and set_apart(run=run, files=together, now=now):
        return True
    if reading.holds_rows(first.name):
        open_file(file=first, now=now)
    else:
        open_papers(run=run, files=together, now=now)
    return True


def _together(run: InventoryRun, first: InventoryFile) -> list[InventoryFile]:
    """The first alone if it holds rows, else the papers up to the next that does."""
    if reading.holds_rows(first.name):
        return [first]
    same = _unopened(run).filter(kind=first.kind).select_related("file")[:PAPERS_AT_ONCE]
    return list(takewhile(lambda file: not reading.holds_rows(file.name), same))


@transaction.atomic
def open_papers(*, run: InventoryRun, files: Sequence[InventoryFile], now: datetime) -> int:
    """One row for each paper; it is read only when it is taken in, for reading is what costs."""
    ids = [file.pk for file in files]
    rows = InventoryFile.objects.select_for_update(of=("self",), no_key=True)
    waiting = rows.filter(pk__in=ids, opened_at__isnull=True, page__isnull=True)
    held = list(waiting.select_related("file").order_by("ordinal"))
    items = [new_item(run, file, 0, file.file.sha256, raw={}) for file in held]
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
        inputs, unread = _inputs(kept, store.read(kept.file))
        items = [new_item(run, kept, i.row, i.digest, raw=i.raw) for i in inputs]
        if unread:  # rows past the limit, a sheet too wide: the part counts as one row
            items.append(refused(run, kept, "".join(unread), now))
        with transaction.atomic():
            InventoryItem.objects.bulk_create(items, batch_size=500)
    except (Refusal, ExtractionError) as error:
        sentence = error.sentence if isinstance(error, Refusal) else str(error)
        items = InventoryItem.objects.bulk_create([refused(run, kept, sentence, now)])
    except (DataError, ValueError) as error:
        _log.exception("inventory file %s could not be opened", kept.pk)
        sentence = f"里面有存不下的字符（{type(error).__name__}），请另存一份再导入。"
        items = InventoryItem.objects.bulk_create([refused(run, kept, sentence, now)])
    kept.opened_at = now
    kept.save(update_fields=["opened_at", "mapping"])
    lost = sum(item.outcome == Outcome.REJECTED for item in items)
    count_rows(run.pk, opened_count=1, row_count=len(items), rejected_count=lost)
    return len(items)


def _inputs(file: InventoryFile, content: bytes) -> tuple[list[reading.Input], tuple[str, ...]]:
    """Its rows, and what of it could not be read; the mapping found for it is set."""
    if not reading.holds_rows(file.name):
        return [reading.whole(content)], ()
    found = reading.extracted(file.name, content)
    if not found.tables and found.text.strip():
        return [reading.whole(content)], ()  # a document saved as XML
    file.mapping = file.mapping or file.run.mapping
    if not file.mapping:
        file.mapping = fitting.fitting_tables(found)
        _refuse_feed(file, found)
    return reading.inputs(file.name, found, sources.named(file.mapping)), found.unread


def _refuse_feed(file: InventoryFile, found: Extracted) -> None:
    """Beside the pages of a site its feeds and maps only name them again.

    Whoever wants a feed all the same chooses its mapping at the preview.
    """
    is_map = any(table.name.partition(".")[0] in SITE_MAPS for table in found.tables)
    if not is_map and file.mapping not in FEEDS:
        return
    if file.run.files.filter(kind=FileKind.PAGE).exists():
        kind = "网站地图" if is_map else "订阅源"
        raise Refusal(
            "inventory.feed_of_pages",
            f"这是{kind}，里面列的就是同一批的网页，没有另外录入。要录入的话，请单独放进一批。",
        )
