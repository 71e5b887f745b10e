"""The counts of a run, kept with the rows they count; and how fast it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F

from gongkai.inventory.actions.tallying import recount_records
from gongkai.inventory.models import InventoryRun, Outcome

COLUMNS = {
    Outcome.RECORD: "record_count",
    Outcome.DUPLICATE: "duplicate_count",
    Outcome.REJECTED: "rejected_count",
}
# A pace is taken over so many seconds at least, and the newest weighs so much.
PACE_SECONDS = 5.0
NEWEST = 0.4


def count_rows(run_id: int, **more: int) -> None:
    """Add to the counts, in the transaction of the rows."""
    added = {name: F(name) + n for name, n in more.items() if n}
    if added:
        InventoryRun.objects.filter(pk=run_id).update(**added)


def count_ends(run_id: int, outcomes: Iterable[str]) -> None:
    """Rows that were waiting have their end."""
    ended = Counter(outcomes)
    count_rows(run_id, **{COLUMNS[Outcome(o)]: n for o, n in ended.items()})


def pace(run: InventoryRun, now: datetime) -> None:
    """Take the pace anew, if the last one is old enough. The run as just read."""
    if run.paced_at is None:
        InventoryRun.objects.filter(pk=run.pk).update(paced_at=now, paced_done=run.done_count)
        return
    seconds = (now - run.paced_at).total_seconds()
    if seconds < PACE_SECONDS:
        return
    fresh = (run.done_count - run.paced_done) / seconds
    rate = NEWEST * fresh + (1 - NEWEST) * run.rate if run.rate else fresh
    InventoryRun.objects.filter(pk=run.pk).update(
        paced_at=now, paced_done=run.done_count, rate=max(rate, 0)
    )


def recount(run: InventoryRun) -> InventoryRun:
    """The counts taken from the rows themselves: once, at the end, to prove the kept ones."""
    found = dict(run.items.order_by().values_list("outcome").annotate(n=Count("id")))
    run.row_count = sum(found.values())
    for outcome, column in COLUMNS.items():
        setattr(run, column, found.get(outcome, 0))
    run.save(update_fields=["row_count", *COLUMNS.values()])
    recount_records(run)
    return run
