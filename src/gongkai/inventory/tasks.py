"""A run carried out by the worker: one piece per job, each job putting the next one in line.

Killed at any moment nothing is lost: the job is run again and goes on behind the last committed
row. A stopped run's job does nothing and puts nothing in line.
"""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.inventory import actions
from gongkai.inventory.models import InventoryRun
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry


@task(unique=True)
def work(run_id: int) -> None:
    """The next piece of the run; every row commits by itself."""
    run = InventoryRun.objects.get(pk=run_id)
    if actions.work(run=run, now=timezone.now()):
        work.enqueue(run_id)


def connect() -> None:
    """Runs started on the desk are carried out by the worker; by the console at once."""
    subscribe_within("inventory.started", _hear)


def _hear(entry: Entry) -> None:
    if entry.subject_id is not None and entry.actor_id is not None:
        work.enqueue(entry.subject_id)
