"""Work of the assessment that the worker does: inspections piece by piece, samples."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.assessment.actions import inspecting
from gongkai.assessment.models import Inspection
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry


@task(unique=True)
def inspect(inspection_id: int) -> None:
    """The next piece of an inspection; puts the one after it in line."""
    inspection = Inspection.objects.get(pk=inspection_id)
    if inspecting.work(inspection=inspection, now=timezone.now()):
        inspect.enqueue(inspection_id)


@task(unique=True)
def probe() -> bool:
    """One sample of availability."""
    return inspecting.probe(now=timezone.now()).opened


def connect() -> None:
    """Inspections begun on the desk are carried out by the worker; by the console at once."""
    subscribe_within("inspection.started", _hear)


def _hear(entry: Entry) -> None:
    if entry.subject_id is not None and entry.actor_id is not None:
        inspect.enqueue(entry.subject_id)
