"""Work of the API that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task(unique=True)
def forget_answers() -> int:
    """Drop kept answers of more than a day ago; how many."""
    from gongkai.api.actions import forget_answers as forget

    return forget(now=timezone.now())
