"""What the public sees: entries of the catalog, the guide, orders to publish later.

An entry repeats the header of the version it shows, so that every public list reads one table
in which nothing unpublished can stand.
"""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Body, Person, Section
from gongkai.records.choices import Column, RelationKind
from gongkai.records.models import CatalogClass, Header, Record, RecordVersion
from gongkai.review.models import ReviewSheet


class EntryState(models.TextChoices):
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class WithdrawalCode(models.TextChoices):
    """Why a record was taken off; `secret` ones leave nothing but the number."""

    STATE_SECRET = "state_secret", "涉及国家秘密"
    PRIVACY = "privacy", "涉及个人隐私"
    TRADE_SECRET = "trade_secret", "涉及商业秘密"
    ERROR = "error", "内容有误，待更正"
    SUPERSEDED = "superseded", "已有新版本替代"
    DUPLICATE = "duplicate", "重复发布"
    ORDERED = "ordered", "依复议决定、判决或上级机关要求"
    REDECIDED = "redecided", "重新审查后不再主动公开"


# Withdrawn for one of these, even the title is no longer told.
SILENT_CODES = (
    WithdrawalCode.STATE_SECRET,
    WithdrawalCode.PRIVACY,
    WithdrawalCode.TRADE_SECRET,
)


class CatalogEntry(Header):
    """A published (or withdrawn) record. Triggers refuse one without a finished review."""

    uuid = models.UUIDField(unique=True, editable=False, help_text="与政府信息相同")
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="entry")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.PUBLISHED)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="entries")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    catalog_class = models.ForeignKey(
        CatalogClass, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    top_class = models.ForeignKey(
        CatalogClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    column = models.CharField(max_length=16, choices=Column, default=Column.CATALOG)
    index_number = models.CharField("索引号", max_length=80)
    published_on = models.DateField("发布日期")
    # The true moment on this platform; `published_on` may be earlier only when carried over.
    published_at = models.DateTimeField("上线时间")
    updated_at = models.DateTimeField("更新时间")
    carried_from = models.CharField("原发布平台", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("年份")

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_code = models.CharField(max_length=16, choices=WithdrawalCode, blank=True)
    withdrawal_note = models.CharField("撤下说明", max_length=300, blank=True)

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = verbose_name_plural = "公开目录条目"
        indexes = [
            models.Index(fields=["state", "-published_on", "-id"], name="entry_latest"),
            models.Index(
                fields=["state", "body", "column", "-published_on", "-id"], name="entry_body"
            ),
            models.Index(
                fields=["state", "top_class", "-published_on", "-id"], name="entry_top_class"
            ),
            models.Index(
                fields=["state", "catalog_class", "-published_on", "-id"], name="entry_class"
            ),
            models.Index(
                fields=["state", "legal_item", "-published_on", "-id"], name="entry_legal_item"
            ),
            models.Index(fields=["state", "section", "-published_on", "-id"], name="entry_section"),
            models.Index(fields=["state", "year", "-published_on", "-id"], name="entry_year"),
            models.Index(fields=["state", "genre", "-published_on", "-id"], name="entry_genre"),
            models.Index(
                fields=["state", "validity", "-published_on", "-id"], name="entry_validity"
            ),
            models.Index(fields=["updated_at", "id"], name="entry_updated"),
            # The yearly report: a body's own documents among everybody's.
            models.Index(fields=["body", "legal_item", "created_on"], name="entry_body_legal_item"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["body", "index_number"], name="entry_number_once"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_code="")),
                name="withdrawal_has_code",
            ),
            models.CheckConstraint(
                condition=Q(created_on__isnull=False) & ~Q(title="") & ~Q(index_number=""),
                name="entry_has_art12_fields",
                violation_error_message="目录条目必须有索引、名称、生成日期。",
            ),
            models.CheckConstraint(
                condition=~Q(carried_from="") | Q(published_on=F("released_on")),
                name="date_is_the_true_one",
                violation_error_message="发布日期只能是真实发布的那一天。",
            ),
            models.CheckConstraint(
                condition=Q(published_on__lte=F("released_on")),
                name="not_dated_ahead",
            ),
        ]

    # The civil date (Asia/Shanghai) of `published_at`, kept so that the database can compare.
    released_on = models.DateField("上线日期")


class PublicationOrder(models.Model):
    """An order to publish a decided record at a later moment; the worker carries it out."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="orders")
    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="+")
    not_before = models.DateTimeField("定时发布")
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["not_before", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="one_open_order_per_record",
                violation_error_message="这条信息已经定了发布时间；要改时间，请先取消。",
            )
        ]


class Guide(models.Model):
    """A version of a body's guide to disclosure 公开指南 (Art. 12); one is in use at a time."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="guides")
    number = models.PositiveIntegerField("版本号")
    # Keys are those of law.guide (classification, arrangement, how_to_obtain, office_name, …).
    content = models.JSONField("内容", default=dict)
    note = models.CharField("修订说明", max_length=300, blank=True)
    is_draft = models.BooleanField("草稿", default=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField("修改时间")

    class Meta:
        ordering = ["body_id", "-number"]
        verbose_name = verbose_name_plural = "公开指南"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="guide_version_once"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(is_draft=True), name="one_guide_draft"
            ),
        ]


class ShowingEnd(models.TextChoices):
    REVISED = "revised", "已有新版本"
    WITHDRAWN = "withdrawn", "已撤下"


class Showing(models.Model):
    """A version before the public from a moment until a moment: which versions ever were."""

    entry = models.ForeignKey(CatalogEntry, on_delete=models.PROTECT, related_name="showings")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="showings")
    shown_from = models.DateTimeField("自")
    shown_until = models.DateTimeField("至（不含）", null=True, blank=True)
    ended_by = models.CharField(max_length=10, choices=ShowingEnd, blank=True)

    class Meta:
        ordering = ["entry_id", "id"]
        verbose_name = verbose_name_plural = "展示时段"
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(shown_until__isnull=True), name="one_open_showing"
            ),
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True, ended_by="")
                | (Q(shown_until__isnull=False) & ~Q(ended_by="")),
                name="showing_ends_for_a_cause",
            ),
        ]


class EntryRelation(models.Model):
    """A relation as it stood in the published version; the public reads this, never the desk's."""

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField("关系", max_length=12, choices=RelationKind)
    target = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cited = models.CharField("所指文件", max_length=300, blank=True)

    class Meta:
        ordering = ["entry_id", "id"]


class Generation(models.Model):
    """One row that counts every change the public can see: the key of cached pages."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="generation_single")]
