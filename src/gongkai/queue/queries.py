"""Reads of the queue, for operators."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min, QuerySet, Sum

from gongkai.queue.flow import READY, STATES
from gongkai.queue.models import Job


def counts() -> dict[str, int]:
    """How many jobs are in each state; every state is named."""
    rows = Job.objects.values_list("state").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(STATES, 0) | dict(rows)


def oldest_due_at(now: datetime) -> datetime | None:
    """Since when the longest-waiting due job waits; None when nothing is due."""
    due = Job.objects.filter(state=READY, run_after__lte=now)
    found: datetime | None = due.aggregate(first=Min("run_after"))["first"]
    return found


def claims() -> int:
    """How often a worker has taken a job, of those still kept."""
    return Job.objects.aggregate(all=Sum("claims"))["all"] or 0


def jobs(*, state: str = "", task: str = "") -> QuerySet[Job]:
    """Jobs, newest first, of one state and of tasks whose path contains `task`."""
    found = Job.objects.order_by("-id")
    if state:
        found = found.filter(state=state)
    return found.filter(task__contains=task) if task else found
