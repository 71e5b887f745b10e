"""A run carried out by the worker: for some minutes per job, each putting the next one in line.

Killed at any moment nothing is lost: the job is run again and goes on behind the last committed
row. A stopped run's job does nothing and puts nothing in line.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.inventory import actions
from gongkai.inventory.models import InventoryRun
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry

# Then other jobs have their turn.
SECONDS = 300


@task(unique=True)
def work(run_id: int) -> None:
    """The next minutes of the run; what was done is committed chunk by chunk."""
    run = InventoryRun.objects.select_related("body", "section").get(pk=run_id)
    until = timezone.now() + timedelta(seconds=SECONDS)
    if actions.work_through(run=run, clock=timezone.now, until=until):
        work.enqueue(run_id)


@task(unique=True)
def compare(run_id: int, after: int = 0) -> None:
    """The next drafts of a finished run beside the earlier records of its body."""
    run = InventoryRun.objects.select_related("body").get(pk=run_id)
    last = actions.compare(run=run, now=timezone.now(), after=after)
    if last:
        compare.enqueue(run_id, last)


def connect() -> None:
    """Runs started on the desk are carried out by the worker; by the console at once."""
    subscribe_within("inventory.started", _hear)
    subscribe_within("inventory.finished", _hear_end)


def _hear(entry: Entry) -> None:
    if entry.subject_id is not None and entry.actor_id is not None:
        work.enqueue(entry.subject_id)


def _hear_end(entry: Entry) -> None:
    if entry.subject_id is not None:
        compare.enqueue(entry.subject_id)
