"""Taking a job, keeping it, and saying how it ended. Called by workers only.

Every write asks for the fence (`claims`) the worker was given; 0 rows means the job is another's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.queue.flow import CANCELLED, DEAD, READY, RUNNING, SUCCEEDED
from gongkai.queue.models import Job

LEASE = timedelta(seconds=60)
BACKOFF_FIRST = 5.0
BACKOFF_MOST = 3600.0
# A worker is lost to a restart, a deployment, a machine without memory: seldom the job's fault, so
# the first losses cost no time. Whoever takes workers down stops after these, about an hour.
LOSSES_AT_ONCE = 3
LOSS_BACKOFF_MOST = 300.0
MOST_LOSSES = 20
KEPT_ERRORS = 5
KEPT_TRACEBACK = 8000


def claim(
    *,
    worker: str,
    queues: Sequence[str] = (),
    lease: timedelta = LEASE,
    now: datetime | None = None,
) -> Job | None:
    """Take the next job that is due, or None.

    First those whose lease ran out (their worker is gone), then the waiting ones by priority, due
    time and order. PostgreSQL: many claimers at once (SKIP LOCKED). SQLite: one at a time, by the
    IMMEDIATE transaction; asking costs no write lock while nothing is due.
    """
    moment = now or timezone.now()
    while _expired(moment, queues).exists() or _waiting(moment, queues).exists():
        with transaction.atomic():
            job = _expired(moment, queues).select_for_update(skip_locked=True, no_key=True).first()
            if job is not None and not _lost(job, moment):
                continue
            if job is None:
                job = (
                    _waiting(moment, queues)
                    .select_for_update(skip_locked=True, no_key=True)
                    .first()
                )
            if job is None:  # others were quicker
                return None
            _take(job, worker=worker, until=moment + lease, moment=moment)
            return job
    return None


def _expired(moment: datetime, queues: Sequence[str]) -> QuerySet[Job]:
    found = Job.objects.filter(state=RUNNING, lease_until__lt=moment)
    return (found.filter(queue__in=queues) if queues else found).order_by("lease_until", "id")


def _waiting(moment: datetime, queues: Sequence[str]) -> QuerySet[Job]:
    busy = Job.objects.filter(state=RUNNING, unique_key=OuterRef("unique_key"))
    found = Job.objects.filter(state=READY, run_after__lte=moment)
    found = found.filter(Q(unique_key__isnull=True) | ~Exists(busy))
    if queues:
        found = found.filter(queue__in=queues)
    return found.order_by("-priority", "run_after", "id")


def _take(job: Job, *, worker: str, until: datetime, moment: datetime) -> None:
    job.state = RUNNING
    job.claims += 1
    job.attempts += 1
    job.worker = worker
    job.worker_ids = [*job.worker_ids, worker][-20:]
    job.lease_until = until
    job.started_at = job.started_at or moment
    job.last_attempted_at = moment
    job.save(
        update_fields=[
            "state",
            "claims",
            "attempts",
            "losses",
            "worker",
            "worker_ids",
            "lease_until",
            "started_at",
            "last_attempted_at",
        ]
    )


def _lost(job: Job, moment: datetime) -> bool:
    """Count a lost worker: True when the job may be taken now, else it waits, or is buried.

    It never ended, so it was no attempt: a killed process says nothing about the handler.
    """
    job.losses += 1
    job.attempts = max(job.attempts - 1, 0)
    if job.losses <= LOSSES_AT_ONCE:
        return True
    counted = {"losses": job.losses, "attempts": job.attempts}
    if job.losses < MOST_LOSSES:
        wait = min(backoff(job.losses - LOSSES_AT_ONCE), LOSS_BACKOFF_MOST)
        _put_back(job, moment + timedelta(seconds=wait), moment, **counted)
        return False
    note = {
        "exception_class_path": "gongkai.queue.errors.LeaseLostError",
        "traceback": f"执行它的进程 {job.losses} 次中途消失（最近一次：{job.worker}）。",
    }
    errors = [*job.errors, note][-KEPT_ERRORS:]
    held(job).update(state=DEAD, finished_at=moment, lease_until=None, errors=errors, **counted)
    return False


def held(job: Job) -> QuerySet[Job]:
    """The row of `job` while the lease is ours."""
    return Job.objects.filter(pk=job.pk, state=RUNNING, claims=job.claims)


def renew(job: Job, *, lease: timedelta = LEASE, now: datetime | None = None) -> bool:
    """Push the end of the lease forward; False when the job is not ours any more."""
    return bool(held(job).update(lease_until=(now or timezone.now()) + lease))


def report(job: Job, *, done: int, total: int, note: str, cursor: Any) -> bool:
    """Keep progress and the place to resume from; False when the job is not ours any more.

    A job that got further than before has not been stopped by lost workers: they count anew.
    """
    fields: dict[str, Any] = {
        "progress_done": max(done, 0),
        "progress_total": max(total, 0),
        "progress_note": note[:200],
    }
    if cursor is not None:
        fields |= {"cursor": cursor, "losses": 0}
    return bool(held(job).update(**fields))


def cancel_wanted(job: Job) -> bool:
    """Tell whether a person asked to cancel the running job."""
    return Job.objects.filter(pk=job.pk, cancel_requested=True).exists()


def succeed(job: Job, result: object, *, now: datetime | None = None) -> bool:
    """The handler returned; False when the job is not ours any more."""
    moment = now or timezone.now()
    return bool(
        held(job).update(state=SUCCEEDED, result=result, finished_at=moment, lease_until=None)
    )


def fail(
    job: Job, error: dict[str, str], *, final: bool = False, now: datetime | None = None
) -> bool:
    """The handler raised: try again later, or bury it. False when the job is not ours any more."""
    moment = now or timezone.now()
    kept = {**error, "traceback": error["traceback"][-KEPT_TRACEBACK:]}
    errors = [*job.errors, kept][-KEPT_ERRORS:]
    if final or job.attempts >= job.max_attempts:
        return bool(
            held(job).update(state=DEAD, errors=errors, finished_at=moment, lease_until=None)
        )
    wait = timedelta(seconds=backoff(job.attempts))
    return _put_back(job, moment + wait, moment, errors=errors)


def release(job: Job, *, now: datetime | None = None) -> bool:
    """Give the job back untried (the worker stops); it does not count as an attempt."""
    moment = now or timezone.now()
    return _put_back(job, moment, moment, attempts=F("attempts") - 1)


def cancelled(job: Job, *, now: datetime | None = None) -> bool:
    """The handler stopped because a person cancelled."""
    moment = now or timezone.now()
    return bool(held(job).update(state=CANCELLED, finished_at=moment, lease_until=None))


def backoff(attempts: int) -> float:
    """Seconds to wait after so many attempts: 5, 10, 20 … 3600, each ± 20 % to spread a herd."""
    exact = min(BACKOFF_FIRST * 2.0 ** min(max(attempts - 1, 0), 20), BACKOFF_MOST)
    return exact * random.uniform(0.8, 1.2)  # noqa: S311 - spreading, not secrecy


def _put_back(job: Job, run_after: datetime, moment: datetime, **more: Any) -> bool:
    try:
        with transaction.atomic():
            return bool(
                held(job).update(state=READY, run_after=run_after, lease_until=None, **more)
            )
    except IntegrityError:
        # Meanwhile a newer job with the same key waits: it does this one's work.
        return bool(
            held(job).update(
                state=CANCELLED,
                finished_at=moment,
                lease_until=None,
                progress_note="由同一键的新任务接替",
                **more,
            )
        )


def free_orphans(*, is_dead: Callable[[str], bool], now: datetime | None = None) -> int:
    """End the leases of workers that `is_dead` says are gone, so nobody waits for the time-out."""
    moment = now or timezone.now()
    freed = 0
    running = Job.objects.filter(state=RUNNING, lease_until__gt=moment)
    for pk, claims, name in running.values_list("pk", "claims", "worker"):
        if is_dead(name):
            past = moment - timedelta(microseconds=1)
            freed += Job.objects.filter(pk=pk, state=RUNNING, claims=claims).update(
                lease_until=past
            )
    return freed
