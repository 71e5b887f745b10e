"""Rows of a run's lists whose dates are written otherwise than most: told once, at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from gongkai.inventory.models import InventoryRun, Outcome
from gongkai.inventory.typed import LABELS
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.values import Noticed
from gongkai.text.date_styles import Styles

MOST = 200
"""Rows told in a run: half of a long list written otherwise says nothing of single rows."""
COLUMNS = ("created_on", "published_on")


def note_date_styles(run: InventoryRun, now: datetime) -> int:
    """Tell the rows of the rarer ways; how many. Reads two short values of each row, no texts."""
    noticed: dict[int, list[Noticed]] = {}
    for name in COLUMNS:
        styles = Styles(raw for _, raw in _values(run, name))
        if not styles.is_mixed:
            continue
        others = (pair for pair in _values(run, name) if styles.is_other(pair[1]))
        for pk, raw in islice(others, MOST):
            noticed.setdefault(pk, []).append(_noticed(raw, styles.sentence(LABELS[name], raw)))
    if not noticed:
        return 0
    records = Record.objects.select_related("body").in_bulk(noticed)
    with transaction.atomic():
        review.note_later(noticed=[(records[pk], told) for pk, told in noticed.items()], now=now)
    return len(noticed)


def _values(run: InventoryRun, name: str) -> Iterator[tuple[int, str]]:
    """(record, value as it stood) of the rows of lists, in their order."""
    rows = Record.objects.filter(
        inventory_items__run=run,
        inventory_items__outcome=Outcome.RECORD,
        inventory_items__row__gt=0,
    )
    values = rows.order_by("id").values_list("id", f"source__written__{name}")
    for pk, raw in values.iterator(chunk_size=2_000):
        yield pk, str(raw or "").strip()


def _noticed(raw: str, sentence: str) -> Noticed:
    return Noticed(
        "intake", "mixed_dates", "source", 0, 0, raw, severity="info", sentence=sentence[:300]
    )
