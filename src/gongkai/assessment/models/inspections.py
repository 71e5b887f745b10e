"""Self-inspections of the own site, what they found, and the samples of availability."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models

from gongkai.assessment.flow import INSPECTION_STATES
from gongkai.orgs.models import Body, Person


class Inspection(models.Model):
    """One inspection of a body's site: a bounded sample of pages, then the data behind them."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inspections")
    state = models.CharField(
        "状态", max_length=10, choices=INSPECTION_STATES.items(), default="running"
    )
    started_at = models.DateTimeField("开始时间")
    started_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    # The pages to read in order, how many are done, and what each address read so far answered.
    pages = models.JSONField("页面", default=list)
    done = models.PositiveIntegerField("已查", default=0)
    answers = models.JSONField("应答", default=dict, blank=True)
    # Check → number of findings, once finished.
    result = models.JSONField("结果", default=dict, blank=True)
    failures = models.PositiveSmallIntegerField("单项否决", default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "网站自查"
        indexes = [models.Index(fields=["body", "-id"], name="inspection_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["body"],
                condition=models.Q(state="running"),
                name="one_inspection_at_a_time",
                violation_error_message="正在自查，请等这一次完成。",
            )
        ]


class InspectionFinding(models.Model):
    """Something a check found, at a place."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    check_key = models.CharField("检查项", max_length=24)
    place = models.CharField("位置", max_length=300)
    sentence = models.CharField("说明", max_length=300)

    class Meta:
        ordering = ["inspection_id", "id"]
        verbose_name = verbose_name_plural = "自查发现"
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "check_key", "place"], name="found_once_at_a_place"
            )
        ]


class Probe(models.Model):
    """One sample: did the home page open, and in what time."""

    at = models.DateTimeField("时间")
    opened = models.BooleanField("打得开")
    status = models.PositiveSmallIntegerField("应答")
    milliseconds = models.PositiveIntegerField("毫秒")

    class Meta:
        ordering = ["-at"]
        verbose_name = verbose_name_plural = "可用性探测"
        indexes = [models.Index(fields=["-at"], name="probe_at")]
