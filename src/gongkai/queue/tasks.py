"""The queue's own periodic work."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.queue.actions import control


@task(unique=True)
def purge() -> int:
    """Delete jobs that ended long ago; returns how many."""
    return control.purge(now=timezone.now())
