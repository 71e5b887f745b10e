"""Rounds of assessment, their score sheets, points by hand, appeals, adjusted schemes.

Database triggers (`guards.py`) keep a closed round and everything in it as it was.
"""

from __future__ import annotations

import uuid as uuidlib
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from gongkai.assessment.flow import STATES
from gongkai.orgs.models import Body, Person, Section
from gongkai.records.models import Record


class Audience(models.TextChoices):
    """Who is assessed in a round."""

    SECTIONS = "sections", "本机关各科室"
    BODIES = "bodies", "下级机关"


class SchemeVersion(models.Model):
    """A scheme adjusted for one body by its supervisor, from a day on. Never edited."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="scheme_versions")
    scheme = models.CharField("考核办法", max_length=40)
    number = models.PositiveSmallIntegerField("版本号")
    from_on = models.DateField("自")
    # `weights` by indicator as whole points, `points` by event as decimal text.
    content = models.JSONField("调整")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField("调整时间")

    class Meta:
        ordering = ["body_id", "scheme", "-number"]
        verbose_name = verbose_name_plural = "考核办法调整"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "scheme", "number"], name="scheme_version_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="scheme_version_has_reason"),
        ]


class AssessmentRound(models.Model):
    """One round: a scheme, a period, the sections of a body or the bodies below it."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assessment_rounds")
    title = models.CharField("名称", max_length=120)
    audience = models.CharField(
        "考核对象", max_length=10, choices=Audience, default=Audience.SECTIONS
    )
    scheme = models.CharField("考核办法", max_length=40)
    scheme_version = models.ForeignKey(
        SchemeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period_from = models.DateField("考核期间自")
    period_until = models.DateField("至（不含）")
    state = models.CharField("状态", max_length=10, choices=STATES.items(), default="planned")
    appeal_until = models.DateField("申诉截止（不含）", null=True, blank=True)
    opened_at = models.DateTimeField("安排时间")
    opened_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    measured_at = models.DateTimeField("测算时间", null=True, blank=True)
    drafted_at = models.DateTimeField("公布初评时间", null=True, blank=True)
    closed_at = models.DateTimeField("审定时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The figures as they were decided, and the SHA-256 of their canonical JSON.
    result = models.JSONField("结果", default=dict, blank=True)
    digest = models.CharField("摘要值", max_length=64, blank=True)
    record = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-period_from", "-id"]
        verbose_name = verbose_name_plural = "考核轮次"
        indexes = [models.Index(fields=["body", "-period_from", "-id"], name="round_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_until__gt=F("period_from")),
                name="round_period_has_days",
                violation_error_message="考核期间的最后一天不能早于第一天，请改正日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (Q(closed_at__isnull=False) & ~Q(digest="") & Q(appeal_until__isnull=False)),
                name="closed_round_has_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period_last(self) -> date:
        """The last day of the period, as people write it."""
        return self.period_until - timedelta(days=1)


class ScoreSheet(models.Model):
    """得分表 of one section or one body in a round; the measures as they were taken."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    round = models.ForeignKey(AssessmentRound, on_delete=models.PROTECT, related_name="sheets")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # {"measures": {source: [good, cases]}, "events": {source: [reference, …]}}
    figures = models.JSONField("测算数据", default=dict)
    base = models.DecimalField("指标得分", max_digits=6, decimal_places=2, default=0)
    bonus = models.DecimalField("加分", max_digits=6, decimal_places=2, default=0)
    deducted = models.DecimalField("扣分", max_digits=6, decimal_places=2, default=0)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2, default=0)
    grade = models.CharField("等次", max_length=12, blank=True)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    cases = models.PositiveIntegerField("样本数", default=0)
    comparable = models.BooleanField("参加排名", default=True)

    class Meta:
        ordering = ["round_id", "place", "id"]
        verbose_name = verbose_name_plural = "得分表"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "section"],
                condition=Q(section__isnull=False),
                name="one_sheet_per_section",
            ),
            models.UniqueConstraint(
                fields=["round", "body"],
                condition=Q(section__isnull=True),
                name="one_sheet_per_body",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=0) & Q(total__lte=1000), name="total_bounded"
            ),
        ]

    @property
    def name(self) -> str:
        """Whose sheet it is."""
        return self.section.name if self.section is not None else self.body.name


class HandMark(models.Model):
    """Points by hand, or an event entered by hand; the newest of an indicator holds.

    With `ref` it is an event of the rule `key`: one event enters one sheet once.
    """

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="marks")
    key = models.CharField("指标", max_length=40)
    points = models.DecimalField("分数", max_digits=5, decimal_places=2)
    ref = models.CharField("事项", max_length=120, blank=True)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["sheet_id", "id"]
        verbose_name = verbose_name_plural = "人工评分"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "ref"],
                condition=~Q(ref=""),
                name="event_counted_once",
                violation_error_message="这件事已经计过一次；一件事只加减一次分。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="mark_has_reason",
                violation_error_message="评分要写明理由。",
            ),
        ]


class AppealOutcome(models.TextChoices):
    PENDING = "pending", "待决定"
    GRANTED = "granted", "申诉成立"
    REJECTED = "rejected", "申诉不成立"


class Appeal(models.Model):
    """申诉 of a section or body against a line of its sheet, and the decision on it."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="appeals")
    # An indicator by its key, or an event by its rule and reference.
    key = models.CharField("指标", max_length=40)
    ref = models.CharField("事项", max_length=120, blank=True)
    reason = models.TextField("申诉理由", max_length=2000)
    filed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField("提出时间")
    outcome = models.CharField(
        "决定", max_length=10, choices=AppealOutcome, default=AppealOutcome.PENDING
    )
    points = models.DecimalField("改为", max_digits=5, decimal_places=2, null=True, blank=True)
    decision = models.TextField("决定理由", max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    class Meta:
        ordering = ["sheet_id", "id"]
        verbose_name = verbose_name_plural = "申诉"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "key", "ref"],
                name="appealed_once",
                violation_error_message="这一项已经申诉过；一项只申诉一次。",
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending", decided_at__isnull=True)
                | (
                    ~Q(outcome="pending")
                    & ~Q(decision="")
                    & Q(decided_at__isnull=False)
                    & (Q(filed_by__isnull=True) | ~Q(decided_by=F("filed_by")))
                ),
                name="appeal_decided_by_another",
                violation_error_message="申诉要由提出人以外的人决定，并写明理由。",
            ),
        ]
