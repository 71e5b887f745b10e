"""Files of a copied site that are no papers of their own, set apart before papers are opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.inventory.actions.counting import count_rows
from gongkai.inventory.actions.entries import new_item
from gongkai.inventory.actions.joining import twins
from gongkai.inventory.actions.writing import locked
from gongkai.inventory.models import FileKind, InventoryFile, InventoryItem, InventoryRun, Outcome
from gongkai.inventory.site import is_dress


@transaction.atomic
def set_apart(*, run: InventoryRun, files: Sequence[InventoryFile], now: datetime) -> int:
    """Of these unopened papers, those that only dress pages, and repeats of attachments.

    The first are no rows; each of the others is one, a duplicate of its page's. Pages must have
    their end by now: what they link to is joined to them and not among `files`. How many.
    """
    dress = _dress(run, files)
    rest = [file for file in files if file.pk not in dress]
    same = twins(run, rest) if run.attachment_count else {}
    if not dress and not same:
        return 0
    held = locked(run)
    still = InventoryFile.objects.select_for_update(of=("self",), no_key=True)
    still = still.filter(opened_at__isnull=True, page__isnull=True)
    dressing = still.filter(pk__in=dress).values_list("pk", flat=True)
    count = InventoryFile.objects.filter(pk__in=list(dressing)).update(
        kind=FileKind.DRESS, opened_at=now
    )
    repeats = list(still.filter(pk__in=same).select_related("file").order_by("ordinal"))
    InventoryItem.objects.bulk_create([_repeat(held, file, same[file.pk], now) for file in repeats])
    InventoryFile.objects.filter(pk__in=[file.pk for file in repeats]).update(opened_at=now)
    count_rows(
        run.pk,
        dress_count=count,
        opened_count=count + len(repeats),
        row_count=len(repeats),
        duplicate_count=len(repeats),
    )
    return count + len(repeats)


def _repeat(
    run: InventoryRun, file: InventoryFile, page: InventoryItem, now: datetime
) -> InventoryItem:
    item = new_item(run, file, 0, file.file.sha256, raw={})
    item.outcome, item.duplicate_of, item.done_at = Outcome.DUPLICATE, page, now
    item.title, item.created_on = page.title, page.created_on
    item.reason = f"与网页{page.file.name}的附件内容相同"[:300]
    return item


def _dress(run: InventoryRun, files: Sequence[InventoryFile]) -> set[int]:
    """Only beside pages: elsewhere a picture may be a scan, and a script somebody's paper."""
    likely = [file for file in files if is_dress(file.name, file.file.size)]
    roots = {_root(file.name) for file in likely} - {""}
    copies = {root for root in roots if _has_pages(run, root)}
    return {file.pk for file in likely if _root(file.name) in copies}


def _root(name: str) -> str:
    """The outermost folder or archive; files given one by one lie in none, each was chosen."""
    return name.partition("/")[0] if "/" in name else ""


def _has_pages(run: InventoryRun, root: str) -> bool:
    pages = run.files.filter(kind=FileKind.PAGE)
    return pages.filter(name__startswith=f"{root}/").exists()
