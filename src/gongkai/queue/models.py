"""The queue's two tables."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from gongkai.queue.flow import DEAD, READY, RUNNING, STATES


class Job(models.Model):
    """One call of a task. Times are moments (aware); `claims` is the fence of the lease.

    Every claim raises `claims`; what a worker writes about its job counts only while `claims` is
    what it was when that worker took the job.
    """

    uuid = models.UUIDField("编号", unique=True, default=uuid4, editable=False)
    task = models.CharField("任务", max_length=200)
    queue = models.CharField("队列", max_length=50, default="default")
    priority = models.SmallIntegerField("优先级", default=0)
    state = models.CharField("状态", max_length=10, choices=STATES.items(), default=READY)
    args = models.JSONField("参数", default=list, blank=True)
    kwargs = models.JSONField("具名参数", default=dict, blank=True)
    unique_key = models.CharField("合并键", max_length=200, null=True, blank=True)  # noqa: DJ001
    act = models.UUIDField("操作编号", null=True)

    run_after = models.DateTimeField("不早于", default=timezone.now)
    enqueued_at = models.DateTimeField("排队时间", default=timezone.now)
    started_at = models.DateTimeField("首次开始", null=True)
    last_attempted_at = models.DateTimeField("最近开始", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    attempts = models.PositiveIntegerField("已试次数", default=0)
    max_attempts = models.PositiveIntegerField("最多次数", default=8)
    losses = models.PositiveIntegerField("进程中断次数", default=0)
    claims = models.PositiveBigIntegerField("领取次数", default=0)
    worker = models.CharField("执行进程", max_length=200, blank=True)
    worker_ids = models.JSONField("执行过的进程", default=list, blank=True)
    lease_until = models.DateTimeField("租约到", null=True)
    cancel_requested = models.BooleanField("要求取消", default=False)

    progress_done = models.PositiveBigIntegerField("已做", default=0)
    progress_total = models.PositiveBigIntegerField("总数", default=0)
    progress_note = models.CharField("进度说明", max_length=200, blank=True)
    cursor = models.JSONField("续做位置", null=True, blank=True)
    result = models.JSONField("结果", null=True, blank=True)
    errors = models.JSONField("错误", default=list, blank=True)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        constraints = [
            # One waiting job per key. A running one does not count: what changed after it looked
            # needs another run.
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=models.Q(state=READY),
                name="queue_job_one_waiting_per_key",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(STATES)), name="queue_job_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RUNNING) | models.Q(lease_until__isnull=False),
                name="queue_job_running_has_lease",
            ),
        ]
        indexes = [
            models.Index(
                "queue",
                models.F("priority").desc(),
                "run_after",
                "id",
                condition=models.Q(state=READY),
                name="queue_job_waiting",
            ),
            models.Index(
                fields=["lease_until"], condition=models.Q(state=RUNNING), name="queue_job_leases"
            ),
            models.Index(
                fields=["unique_key"],
                condition=models.Q(state=RUNNING),
                name="queue_job_running_keys",
            ),
            models.Index(
                fields=["finished_at"], condition=models.Q(state=DEAD), name="queue_job_dead"
            ),
            models.Index(fields=["state", "finished_at"], name="queue_job_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.task} {self.state}"

    def last_error(self) -> dict[str, Any] | None:
        """The newest error: `exception_class_path`, `traceback`; None when there was none."""
        return self.errors[-1] if self.errors else None


class CronRow(models.Model):
    """When a periodic job registered in `cron.py` is due next."""

    name = models.CharField("名称", max_length=100, primary_key=True)
    schedule = models.CharField("周期", max_length=100)
    next_at = models.DateTimeField("下次")
    last_at = models.DateTimeField("上次", null=True)

    class Meta:
        verbose_name = "定期任务"
        verbose_name_plural = "定期任务"

    def __str__(self) -> str:
        return f"{self.name} {self.schedule}"
