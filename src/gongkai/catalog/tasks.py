"""Work of the catalog that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from gongkai.catalog import actions


@task(unique=True)
def carry_out_orders() -> int:
    """Publish what was scheduled and is due."""
    return actions.carry_out_orders(now=timezone.now())
