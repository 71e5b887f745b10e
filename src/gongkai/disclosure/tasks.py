"""Work of requests that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task(unique=True)
def purge_due() -> int:
    """Clear personal data whose time is over; the number of requests cleared."""
    from gongkai.disclosure.actions.purging import purge_due as purge

    return purge(now=timezone.now())
