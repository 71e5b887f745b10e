"""Putting a job into the queue, inside the transaction of whoever asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks.utils import normalize_json

from gongkai.kit.act import current
from gongkai.queue.errors import QueueError
from gongkai.queue.flow import READY
from gongkai.queue.models import Job
from gongkai.queue.tasktype import QueuedTask

MERGE_TRIES = 50


def enqueue(
    task: Task[Any, Any],
    *,
    args: Sequence[object] = (),
    kwargs: Mapping[str, object] | None = None,
    unique_key: str = "",
    now: datetime | None = None,
) -> Job:
    """Add a job and return it; with a key already waiting, return the one that waits.

    The waiting one is then locked until the caller commits, so it cannot run before the caller's
    change can be seen. Defaults (priority, queue, `run_after`) are those of `task`, see
    `task.using(...)`. An earlier `run_after` moves a waiting job forward.
    """
    moment = now or timezone.now()
    job = Job(
        task=task.module_path,
        queue=task.queue_name,
        priority=task.priority,
        args=normalize_json(list(args)),
        kwargs=normalize_json(dict(kwargs or {})),
        run_after=task.run_after or moment,
        enqueued_at=moment,
        act=current(),
    )
    if isinstance(task, QueuedTask):
        job.max_attempts = task.max_attempts
        if task.unique and not unique_key:
            unique_key = key_of(job)
    if not unique_key:
        job.save(force_insert=True)
        return job
    job.unique_key = unique_key
    return _merge(job)


def key_of(job: Job) -> str:
    """The key of a call: its task and a digest of its arguments."""
    text = json.dumps([job.args, job.kwargs], sort_keys=True, ensure_ascii=True)
    return f"{job.task}#{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _merge(job: Job) -> Job:
    with transaction.atomic():
        for _ in range(MERGE_TRIES):
            Job.objects.bulk_create([job], ignore_conflicts=True)
            waiting = (
                Job.objects.select_for_update(no_key=True)
                .filter(unique_key=job.unique_key, state=READY)
                .first()
            )
            # None: a worker took it between the two statements; then ours goes in next time round.
            if waiting is None:
                continue
            if waiting.uuid != job.uuid and job.run_after < waiting.run_after:
                waiting.run_after = job.run_after
                waiting.save(update_fields=["run_after"])
            return waiting
    raise QueueError(f"{job.task}: cannot be put into the queue under {job.unique_key!r}")
