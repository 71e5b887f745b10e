"""Work of review that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry
from gongkai.records.choices import RecordState
from gongkai.records.models import Record
from gongkai.review import actions


@task(unique=True)
def look_through_files(record_id: int) -> int:
    """Read a draft's attachments and scan them; returns how many findings are new."""
    record = Record.objects.filter(pk=record_id, state=RecordState.DRAFT).first()
    return len(actions.rescan(record=record, now=timezone.now())) if record is not None else 0


def connect() -> None:
    """Look through each file as soon as it was attached; proposing does it where this is late."""
    subscribe_within("record.file_attached", _hear)
    subscribe_within("record.file_redacted", _hear)


def _hear(entry: Entry) -> None:
    if entry.subject_id is not None:
        look_through_files.enqueue(entry.subject_id)
