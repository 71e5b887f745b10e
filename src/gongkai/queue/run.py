"""Running one claimed job: call the handler, write down how it ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from traceback import format_exception
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import get_module_path, normalize_json

from gongkai.kit.act import act
from gongkai.kit.refusal import Refusal
from gongkai.queue import backend, cron
from gongkai.queue.actions import lease
from gongkai.queue.errors import (
    CancelledError,
    GiveUpError,
    InterruptedJob,
    LeaseLostError,
    UnknownTaskError,
)
from gongkai.queue.flow import READY
from gongkai.queue.models import Job
from gongkai.queue.tasktype import JobContext, QueuedTask

# Trying again cannot change these.
_FINAL = (GiveUpError, UnknownTaskError, Refusal)
_log = logging.getLogger(__name__)


def _never() -> bool:
    return False


def run(job: Job, *, stopping: Callable[[], bool] = _never) -> str:
    """Run a job just claimed; returns how it ended: the state it now has, or `lost`.

    `stopping` is asked at checkpoints. Never raises for what the handler does; errors of the
    database itself (it is gone) do come through, and the lease then runs out by itself.
    """
    try:
        with act(job.act, fresh=True):
            ended = _call(job, stopping)
    except CancelledError:
        ended = lease.cancelled(job)
    except InterruptedJob:
        ended = lease.release(job)
    except LeaseLostError:
        ended = False
    except Exception as error:
        ended = lease.fail(job, _described(error), final=isinstance(error, _FINAL))
        return _closed(job, ended, error)
    return _closed(job, ended)


def _closed(job: Job, ended: bool, error: Exception | None = None) -> str:
    """Say how it ended, inside the handler of its error if there was one (for the traceback)."""
    if not ended:
        _log.warning("job %s %s: the lease was lost, nothing of it counts", job.pk, job.task)
        return "lost"
    job.refresh_from_db()
    if error is not None and job.state == READY:
        _log.warning("job %s %s failed, it is tried again", job.pk, job.task, exc_info=error)
    else:
        _signal(job)
    return job.state


def _call(job: Job, stopping: Callable[[], bool]) -> bool:
    task = backend.task_named(job.task)
    result = backend.result_of(job, task)
    task_started.send(backend.OrmBackend, task_result=result)
    args: list[Any] = list(job.args)
    if task.takes_context:
        reporter = partial(_report, job, stopping)
        args.insert(0, JobContext(task_result=result, cursor=job.cursor, _report=reporter))
    together = isinstance(task, QueuedTask) and task.atomic
    with transaction.atomic() if together else nullcontext():
        value = normalize_json(task.call(*args, **job.kwargs))
        ended = lease.succeed(job, value)
        if together and not ended:
            # Another worker runs it; leaving by an error undoes what this one did.
            raise LeaseLostError(job.task)
    return ended


def _report(
    job: Job,
    stopping: Callable[[], bool],
    *,
    done: int,
    total: int,
    note: str,
    cursor: Any,
    write: bool,
    now: datetime | None,
) -> None:
    stop = stopping()
    if not (write or stop):
        return
    if not lease.report(job, done=done, total=total, note=note, cursor=normalize_json(cursor)):
        raise LeaseLostError(job.task)
    if lease.cancel_wanted(job):
        raise CancelledError(job.task)
    if stop:
        raise InterruptedJob(job.task)
    lease.renew(job, now=now)


def _described(error: BaseException) -> dict[str, str]:
    return {
        "exception_class_path": get_module_path(type(error)),
        "traceback": "".join(format_exception(error)).replace("\x00", ""),
    }


def _signal(job: Job) -> None:
    try:
        task: Task[Any, Any] = backend.task_named(job.task)
    except UnknownTaskError:
        return
    result = backend.result_of(job, task)
    if result.is_finished:
        task_finished.send(backend.OrmBackend, task_result=result)


def drain(*, now: datetime | None = None, limit: int = 10_000, worker: str = "inline") -> list[str]:
    """Run what is due, here and now, until nothing is; returns how each ended.

    For tests and for commands that want their follow-ups done. Jobs that failed wait for their
    next try, which is later than now. With `now`, what is due at that moment.
    """
    ended: list[str] = []
    while len(ended) < limit:
        moment = now or timezone.now()
        cron.tick(now=moment)
        job = lease.claim(worker=worker, now=moment, lease=timedelta(minutes=10))
        if job is None:
            break
        ended.append(run(job))
    return ended
