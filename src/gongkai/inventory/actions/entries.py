"""Rows entered for a file: waiting, or refused at once with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.inventory.models import InventoryFile, InventoryItem, InventoryRun, Outcome


def new_item(
    run: InventoryRun, file: InventoryFile, row: int, digest: str, *, raw: Mapping[str, object]
) -> InventoryItem:
    """A waiting row, not saved."""
    return InventoryItem(
        run=run, body_id=run.body_id, file=file, row=row, digest=digest, raw=dict(raw)
    )


def refused(run: InventoryRun, file: InventoryFile, sentence: str, now: datetime) -> InventoryItem:
    """The whole file as one row that is not taken in, not saved."""
    item = new_item(run, file, 0, file.file.sha256, raw={})
    item.outcome, item.reason, item.done_at = Outcome.REJECTED, sentence[:300], now
    return item
