"""Work of the catalog that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.catalog import actions, indexing
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry as Line


@task(unique=True)
def carry_out_orders() -> int:
    """Publish what was scheduled and is due."""
    return actions.carry_out_orders(now=timezone.now())


@task(unique=True)
def follow_journal() -> int:
    """Bring the search index up to the end of the journal; returns its position there."""
    return indexing.catch_up().position


def connect() -> None:
    """Have the index follow each publication at once; the cron run makes up for what was lost."""
    subscribe_within("record.", _hear)


def _hear(line: Line) -> None:
    if indexing.followed(line):
        follow_journal.enqueue()
