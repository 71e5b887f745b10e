"""Meetings, training, mobilisation, leaflets, seminars: kept as evidence for the assessment."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Body, Person
from gongkai.records.models import StoredFile


class ActivityKind(models.TextChoices):
    """What was held or handed out."""

    MOBILISATION = "mobilisation", "动员会"
    TRAINING = "training", "培训"
    SEMINAR = "seminar", "研讨"
    MEETING = "meeting", "工作会议"
    LEAFLET = "leaflet", "宣传折页"
    MATERIAL = "material", "文字材料"
    PUBLICITY = "publicity", "其他宣传"


HANDED_OUT = (ActivityKind.LEAFLET, ActivityKind.MATERIAL, ActivityKind.PUBLICITY)


class Activity(models.Model):
    """One meeting, training or handing out, on its day. Struck out with a reason, never deleted."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField("类别", max_length=16, choices=ActivityKind)
    subject = models.CharField("主题", max_length=200)
    held_on = models.DateField("日期")
    called_by = models.CharField("召集人（单位）", max_length=120, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    # None: nobody counted; 0 would claim that nobody came.
    attendance = models.PositiveIntegerField("到会人数", null=True, blank=True)
    attendees = models.TextField("到会名单", blank=True, max_length=10_000)
    copies = models.PositiveIntegerField("发放份数", default=0)
    note = models.TextField("内容纪要", blank=True, max_length=20_000)
    recorded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("划去时间", null=True, blank=True)
    struck_reason = models.CharField("划去理由", max_length=300, blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = verbose_name_plural = "活动台账"
        indexes = [models.Index(fields=["body", "-held_on", "-id"], name="activity_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_reason="")
                | (Q(struck_at__isnull=False) & ~Q(struck_reason="")),
                name="struck_for_a_reason",
                violation_error_message="划去要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ActivityFile(models.Model):
    """Minutes, a sign-in sheet, the leaflet itself: kept once under its digest, for staff only."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    added_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("存入时间")

    class Meta:
        ordering = ["activity_id", "id"]
        verbose_name = verbose_name_plural = "活动材料"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "file", "name"],
                name="activity_file_once",
                violation_error_message="这份材料已经添加过，不必重复上传。",
            )
        ]
