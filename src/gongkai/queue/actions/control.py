"""What people and time do to jobs: cancel, resume, purge."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gongkai.kit.refusal import Refusal
from gongkai.queue.flow import CANCELLED, DEAD, JOB, READY, RUNNING, SUCCEEDED
from gongkai.queue.models import Job

KEEP_SUCCEEDED = timedelta(days=30)
KEEP_FAILED = timedelta(days=365)
PURGE_BATCH = 1000


def cancel(*, uuid: UUID, now: datetime) -> Job:
    """Cancel a job: at once while it waits; a running one stops at its next checkpoint."""
    with transaction.atomic():
        job = _locked(uuid)
        JOB.step(job.state, "cancel")
        if job.state == RUNNING:
            job.cancel_requested = True
            job.save(update_fields=["cancel_requested"])
            return job
        job.state, job.finished_at = CANCELLED, now
        job.save(update_fields=["state", "finished_at"])
    return job


def resume(*, uuid: UUID, now: datetime) -> Job:
    """Run a dead or cancelled job again, from where its last checkpoint stood."""
    try:
        with transaction.atomic():
            job = _locked(uuid)
            JOB.step(job.state, "resume")
            job.state, job.run_after, job.attempts, job.losses = READY, now, 0, 0
            job.finished_at, job.cancel_requested = None, False
            counted = ("attempts", "losses", "finished_at", "cancel_requested")
            job.save(update_fields=("state", "run_after", *counted))
    except IntegrityError:
        raise Refusal(
            "queue.waiting_already", "同样的任务已经在等待执行，不用重新执行这一个。"
        ) from None
    return job


def purge(*, now: datetime) -> int:
    """Delete what ended long ago; in batches, so that no lock is held long. Returns how many."""
    gone = 0
    for state, keep in (
        (SUCCEEDED, KEEP_SUCCEEDED),
        (CANCELLED, KEEP_SUCCEEDED),
        (DEAD, KEEP_FAILED),
    ):
        while True:
            old = Job.objects.filter(state=state, finished_at__lt=now - keep)
            ids = list(old.values_list("pk", flat=True)[:PURGE_BATCH])
            gone += Job.objects.filter(pk__in=ids, state=state).delete()[0]
            if len(ids) < PURGE_BATCH:
                break
    return gone


def _locked(uuid: UUID) -> Job:
    job = Job.objects.select_for_update(no_key=True).filter(uuid=uuid).first()
    if job is None:
        raise Refusal("queue.unknown_job", f"没有编号为 {uuid} 的任务，请核对编号。")
    return job
