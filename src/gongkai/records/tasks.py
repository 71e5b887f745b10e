"""Work of records that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.records import actions


@task(unique=True)
def lapse_expired() -> int:
    """Mark what has lapsed by its own last day."""
    return actions.lapse_expired(now=timezone.now())
