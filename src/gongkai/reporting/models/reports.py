"""The yearly report of a body: where it stands, what was entered by hand, written and approved.

Computed figures are kept so that lists need no counting; they are computed anew at every save.
Entries, narrative versions and approvals are only ever added (triggers).
"""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Body, Person
from gongkai.records.models import Record

FIRST_YEAR, LAST_YEAR = 2008, 2200


class ReportState(models.TextChoices):
    """Where a yearly report stands; the table of steps is `flow.py`."""

    DRAFTED = "drafted", "编制中"
    CHECKED = "checked", "已核对，待批准"
    APPROVED = "approved", "已批准，待发布"
    PUBLISHED = "published", "已发布"
    SENT = "sent", "已报送"
    RECEIPTED = "receipted", "上级已签收"


class AnnualReport(models.Model):
    """The report of one body on one statistical year, on the form of that year."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField("统计年度")
    edition = models.CharField("表样", max_length=8)
    state = models.CharField(
        "状态", max_length=12, choices=ReportState, default=ReportState.DRAFTED
    )
    # Cell → whole number, or the digits of a decimal; as last computed.
    figures = models.JSONField("数据", default=dict)
    # Sentences about what could not be decided, and broken identities, as last computed.
    undecided = models.JSONField("无法判定", default=list, blank=True)
    findings = models.JSONField("核对结果", default=list, blank=True)
    computed_at = models.DateTimeField("计算时间")
    record = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="annual_reports"
    )
    # The approval the record was made of, and the files it must carry when it is published.
    record_digest = models.CharField(max_length=64, blank=True)
    record_files = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    sent_at = models.DateTimeField("报送时间", null=True, blank=True)
    package_digest = models.CharField("报送文件摘要", max_length=64, blank=True)
    receipted_at = models.DateTimeField("签收时间", null=True, blank=True)
    receipted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt_note = models.CharField("签收意见", max_length=300, blank=True)

    class Meta:
        ordering = ["body_id", "-year"]
        verbose_name = verbose_name_plural = "年度报告"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"],
                name="one_report_a_year",
                violation_error_message="这个机关这一年的年度报告已经开始编制。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="report_year_bounded",
                violation_error_message="年度报告从2008年开始。请核对年份。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "receipted"])
                | (Q(sent_at__isnull=False) & ~Q(package_digest="")),
                name="sent_report_has_package",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}{self.year}年政府信息公开工作年度报告"


class HandEntry(models.Model):
    """A cell entered by hand, with its source; the newest one counts, older ones stay."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="entries")
    cell = models.CharField("表格单元", max_length=80)
    # Empty: the entry was taken back.
    value = models.DecimalField("数值", max_digits=18, decimal_places=6, null=True, blank=True)
    source = models.CharField("数据来源", max_length=300)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("填写时间")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "手工填写"
        indexes = [models.Index(fields=["report", "cell", "-id"], name="report_entry_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="entry_names_its_source")
        ]


class NarrativeVersion(models.Model):
    """The words of the report, as saved once; every save is a version."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="narratives")
    number = models.PositiveIntegerField("版本号")
    # Section key → text; keys are `narrative.SECTIONS`.
    sections = models.JSONField("文字")
    drafted = models.BooleanField("由数据起草", default=False)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("保存时间")

    class Meta:
        ordering = ["report_id", "-number"]
        verbose_name = verbose_name_plural = "文字版本"
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="narrative_version_once")
        ]


class Approval(models.Model):
    """What the responsible leader approved: figures and words, frozen under one digest."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="approvals")
    number = models.PositiveIntegerField("次数")
    figures = models.JSONField("数据")
    sections = models.JSONField("文字")
    # Keys of the requests carried over, so that next year's carry-in can name what changed.
    carried = models.JSONField("结转申请", default=list)
    digest = models.CharField("摘要", max_length=64)
    remark = models.CharField("说明", max_length=500, blank=True)
    approved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间")

    class Meta:
        ordering = ["report_id", "-number"]
        verbose_name = verbose_name_plural = "批准"
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="approval_once")]
