"""Periodic jobs: apps register them in `ready()`, rows remember when each is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from gongkai.queue.actions.enqueue import enqueue
from gongkai.queue.models import CronRow
from gongkai.queue.schedule import Schedule, parse


@dataclass(frozen=True, slots=True)
class Periodic:
    """One registered periodic job."""

    name: str
    task: Task[Any, Any]
    schedule: Schedule
    text: str


_table: dict[str, Periodic] = {}


def register(name: str, task: Task[Any, Any], schedule: str) -> None:
    """Run `task` (no arguments) by `schedule`; `register("queue.purge", purge, "10 3 * * *")`.

    Registering the same name again replaces it. A run that was missed (machine off) is made up
    once, not once per miss; a run still waiting is not doubled.
    """
    _table[name] = Periodic(name, task, parse(schedule), schedule)


def registered() -> tuple[Periodic, ...]:
    """Every periodic job, by name."""
    return tuple(_table[name] for name in sorted(_table))


def tick(*, now: datetime) -> list[str]:
    """Enqueue every periodic job that is due and return their names. Safe in many workers."""
    rows = {row.name: row for row in CronRow.objects.all()}
    done: list[str] = []
    for periodic in registered():
        row = rows.get(periodic.name)
        if row is None or row.schedule != periodic.text:
            _plan(periodic, now)
        elif row.next_at <= now and _fire(periodic, now):
            done.append(periodic.name)
    return done


def _plan(periodic: Periodic, now: datetime) -> None:
    CronRow.objects.update_or_create(
        name=periodic.name,
        defaults={"schedule": periodic.text, "next_at": _next(periodic, now)},
    )


def _fire(periodic: Periodic, now: datetime) -> bool:
    with transaction.atomic():
        row = (
            CronRow.objects.select_for_update(skip_locked=True, no_key=True)
            .filter(name=periodic.name, next_at__lte=now)
            .first()
        )
        if row is None:  # another worker is at it
            return False
        enqueue(periodic.task, unique_key=f"cron:{periodic.name}", now=now)
        row.last_at, row.next_at = now, _next(periodic, now)
        row.save(update_fields=["last_at", "next_at"])
    return True


def _next(periodic: Periodic, now: datetime) -> datetime:
    return periodic.schedule.after(timezone.localtime(now))
