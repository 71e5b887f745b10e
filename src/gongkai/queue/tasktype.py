"""What a task of this queue may declare beyond the Django Tasks API, and what a handler is given.

`from django_tasks import task` gives these, because the backend names `QueuedTask`:
`@task(unique=True, max_attempts=3)`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django_tasks.base import Task, TaskContext

P = ParamSpec("P")
T = TypeVar("T")

MAX_ATTEMPTS = 8
TIME_LIMIT = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedTask(Task[P, T]):
    """A task with what our queue can do for it."""

    max_attempts: int = MAX_ATTEMPTS
    """Failures before the job is a dead letter; lost workers are counted apart (`lease.lost`)."""

    unique: bool = False
    """Calls with equal arguments that still wait are one job. The job may start only after every
    transaction that asked for it has committed, and never beside another of the same key."""

    atomic: bool = False
    """Handler and completion commit together: exactly once, for effects in the database alone.
    On SQLite the handler then holds the write lock; for short work only."""

    time_limit: int = TIME_LIMIT
    """Seconds after which the worker breaks the handler off (counts as a failure)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext(TaskContext):
    """Given to a handler declared with `takes_context=True` as its first argument, `context`."""

    cursor: Any = None
    """What the last `checkpoint` kept: where to go on after a crash, a cancel or a stop."""

    _report: Callable[..., None]
    _clock: list[float] = field(default_factory=lambda: [0.0])

    def checkpoint(
        self,
        *,
        done: int,
        total: int = 0,
        note: str = "",
        cursor: Any = None,
        now: datetime | None = None,
    ) -> None:
        """Report progress and where to resume; call often, at safe points, never in a transaction.

        Written at most once a second. Raises `CancelledError` when a person cancelled the job,
        `InterruptedJob` when the worker is to stop, `LeaseLostError` when the job is another's.
        Effects before the checkpoint must be committed before it.
        """
        moment = time.monotonic()
        last = self._clock[0]
        due = not last or moment - last >= 1.0 or (total > 0 and done >= total)
        if due:
            self._clock[0] = moment
        self._report(done=done, total=total, note=note, cursor=cursor, write=due, now=now)
