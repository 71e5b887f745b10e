"""The tables of the queue."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CronRow",
            fields=[
                (
                    "name",
                    models.CharField(
                        max_length=100, primary_key=True, serialize=False, verbose_name="名称"
                    ),
                ),
                ("schedule", models.CharField(max_length=100, verbose_name="周期")),
                ("next_at", models.DateTimeField(verbose_name="下次")),
                ("last_at", models.DateTimeField(null=True, verbose_name="上次")),
            ],
            options={
                "verbose_name": "定期任务",
                "verbose_name_plural": "定期任务",
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="编号"
                    ),
                ),
                ("task", models.CharField(max_length=200, verbose_name="任务")),
                ("queue", models.CharField(default="default", max_length=50, verbose_name="队列")),
                ("priority", models.SmallIntegerField(default=0, verbose_name="优先级")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "等待执行"),
                            ("running", "正在执行"),
                            ("succeeded", "已完成"),
                            ("dead", "多次失败，已停止"),
                            ("cancelled", "已取消"),
                        ],
                        default="ready",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("args", models.JSONField(blank=True, default=list, verbose_name="参数")),
                ("kwargs", models.JSONField(blank=True, default=dict, verbose_name="具名参数")),
                (
                    "unique_key",
                    models.CharField(blank=True, max_length=200, null=True, verbose_name="合并键"),
                ),
                ("act", models.UUIDField(null=True, verbose_name="操作编号")),
                (
                    "run_after",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="不早于"),
                ),
                (
                    "enqueued_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="排队时间"
                    ),
                ),
                ("started_at", models.DateTimeField(null=True, verbose_name="首次开始")),
                ("last_attempted_at", models.DateTimeField(null=True, verbose_name="最近开始")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="已试次数")),
                ("max_attempts", models.PositiveIntegerField(default=8, verbose_name="最多次数")),
                ("claims", models.PositiveBigIntegerField(default=0, verbose_name="领取次数")),
                ("worker", models.CharField(blank=True, max_length=200, verbose_name="执行进程")),
                (
                    "worker_ids",
                    models.JSONField(blank=True, default=list, verbose_name="执行过的进程"),
                ),
                ("lease_until", models.DateTimeField(null=True, verbose_name="租约到")),
                ("cancel_requested", models.BooleanField(default=False, verbose_name="要求取消")),
                ("progress_done", models.PositiveBigIntegerField(default=0, verbose_name="已做")),
                ("progress_total", models.PositiveBigIntegerField(default=0, verbose_name="总数")),
                (
                    "progress_note",
                    models.CharField(blank=True, max_length=200, verbose_name="进度说明"),
                ),
                ("cursor", models.JSONField(blank=True, null=True, verbose_name="续做位置")),
                ("result", models.JSONField(blank=True, null=True, verbose_name="结果")),
                ("errors", models.JSONField(blank=True, default=list, verbose_name="错误")),
            ],
            options={
                "verbose_name": "后台任务",
                "verbose_name_plural": "后台任务",
                "indexes": [
                    models.Index(
                        models.F("queue"),
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("run_after"),
                        models.F("id"),
                        condition=models.Q(("state", "ready")),
                        name="queue_job_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["lease_until"],
                        name="queue_job_leases",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["unique_key"],
                        name="queue_job_running_keys",
                    ),
                    models.Index(
                        condition=models.Q(("state", "dead")),
                        fields=["finished_at"],
                        name="queue_job_dead",
                    ),
                    models.Index(fields=["state", "finished_at"], name="queue_job_finished"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ready")),
                        fields=("unique_key",),
                        name="queue_job_one_waiting_per_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["ready", "running", "succeeded", "dead", "cancelled"])
                        ),
                        name="queue_job_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="queue_job_running_has_lease",
                    ),
                ],
            },
        ),
    ]
