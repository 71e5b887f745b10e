"""Tables of clean-up runs: what came in, what became of each row, how foreign fields are named."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.inventory.flow import STATES
from gongkai.inventory.tally import NO_ATTRIBUTE
from gongkai.orgs.models import Body, Person, Section
from gongkai.records.choices import Attribute
from gongkai.records.models import CatalogClass, Record, StoredFile


class SourceMapping(models.Model):
    """How one source names its fields: data, edited on the desk. Overrides a shipped one."""

    name = models.CharField("名称", max_length=60, unique=True)
    label = models.CharField("说明", max_length=120, blank=True)
    content = models.JSONField("对照")
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = verbose_name_plural = "字段对照"

    def __str__(self) -> str:
        return self.label or self.name


class InventoryRun(models.Model):
    """One clean-up 清理 of a body: files in, drafts out, counts that add up."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="inventory_runs")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField("名称", max_length=120)
    mapping = models.CharField("字段对照", max_length=60, blank=True)
    platform = models.CharField("原发布平台", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=STATES.items(), default="open")
    opened_at = models.DateTimeField("登记时间")
    opened_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    # What the clean-up covers. Rows outside it are kept and counted apart, never dropped.
    covers_from_on = models.DateField("生成日期自", null=True, blank=True)
    covers_through_on = models.DateField("生成日期至", null=True, blank=True)
    covers_sections = models.ManyToManyField(Section, blank=True, related_name="+")
    source_words = models.CharField("资料来源", max_length=200, blank=True)
    # Kept with every change of the rows they count, so that no page and no job counts rows.
    file_count = models.PositiveBigIntegerField(default=0)
    opened_count = models.PositiveBigIntegerField(default=0)
    attachment_count = models.PositiveBigIntegerField(default=0)
    # Of copied sites: files that only dress pages, and of the rejected rows the list pages.
    dress_count = models.PositiveBigIntegerField(default=0)
    list_count = models.PositiveBigIntegerField(default=0)
    # Of archives: how many were opened, what came out of them, what was left out.
    archive_count = models.PositiveBigIntegerField(default=0)
    unpacked_count = models.PositiveBigIntegerField(default=0)
    left_out_count = models.PositiveBigIntegerField(default=0)
    row_count = models.PositiveBigIntegerField(default=0)
    record_count = models.PositiveBigIntegerField(default=0)
    duplicate_count = models.PositiveBigIntegerField(default=0)
    rejected_count = models.PositiveBigIntegerField(default=0)
    # How fast it goes: rows a second since `paced_at`, smoothed.
    paced_at = models.DateTimeField(null=True, blank=True)
    paced_done = models.PositiveBigIntegerField(default=0)
    rate = models.FloatField(default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "清理批次"

    def __str__(self) -> str:
        return self.label

    @property
    def done_count(self) -> int:
        """Rows that have their end."""
        return self.record_count + self.duplicate_count + self.rejected_count


class FileKind(models.TextChoices):
    """What a file of a run is. They are opened in the order of the words.

    Archives give more files, and pages tell which of the others are their attachments. An archive
    that lies among other files may be such an attachment: it is unpacked last. What only dresses
    pages is found when papers are opened, and is no row.
    """

    ARCHIVE = "archive", "压缩包"
    PAGE = "page", "网页"
    PAPER = "paper", "文件"
    PARCEL = "parcel", "里面的压缩包"
    DRESS = "dress", "版面文件"


class InventoryFile(models.Model):
    """A file of a run, kept as it came; its rows are counted once it has been opened."""

    run = models.ForeignKey(InventoryRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=300)
    # The name as links find it (`site.key_of`).
    key = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("读取时间", null=True, blank=True)
    ordinal = models.PositiveIntegerField("序号")
    kind = models.CharField("种类", max_length=8, choices=FileKind, default=FileKind.PAPER)
    # Chosen at its preview, else found when it is opened; empty: that of the run.
    mapping = models.CharField("字段对照", max_length=60, blank=True)
    # The page that links to this file: it goes with the page and is no row of its own.
    page = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    # The archive it came out of, and its place there: each is taken out once.
    archive = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="entries"
    )
    place = models.PositiveIntegerField("包内位置", null=True, blank=True)

    class Meta:
        ordering = ["run_id", "ordinal"]
        verbose_name = verbose_name_plural = "清理文件"
        indexes = [
            models.Index(
                fields=["run", "kind", "ordinal"],
                condition=Q(opened_at__isnull=True),
                name="inventory_unopened",
            ),
            models.Index(fields=["run", "name"], name="inventory_file_name"),
            models.Index(fields=["run", "key"], name="inventory_file_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="inventory_file_order"),
            models.UniqueConstraint(fields=["archive", "place"], name="inventory_entry_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Unpacking(models.Model):
    """How far an archive of a run is unpacked; what its outermost archive came to so far."""

    file = models.OneToOneField(
        InventoryFile, primary_key=True, on_delete=models.CASCADE, related_name="unpacking"
    )
    outermost = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    depth = models.PositiveSmallIntegerField("层", default=1)
    # Places of the list of contents: all, and those that are done with.
    places = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    # What it unpacks to; and with the archives inside, kept on the outermost one.
    files = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    all_files = models.PositiveBigIntegerField(default=0)
    all_bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "解包进度"


class Outcome(models.TextChoices):
    """What became of an input row. Every row ends in exactly one of the last three."""

    WAITING = "waiting", "待清理"
    RECORD = "record", "登记为信息"
    DUPLICATE = "duplicate", "重复"
    REJECTED = "rejected", "未录入"


class Cause(models.TextChoices):
    """Kinds of rejected rows that are counted apart; the reason stands beside it in words."""

    LIST_PAGE = "list_page", "列表页"


class InventoryItem(models.Model):
    """One input row (or one whole paper) and what became of it."""

    run = models.ForeignKey(InventoryRun, on_delete=models.CASCADE, related_name="items")
    # The body of the run, repeated so that one content is taken in once per body.
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(InventoryFile, on_delete=models.CASCADE, related_name="items")
    row = models.PositiveIntegerField("行", default=0)
    digest = models.CharField(max_length=64)
    raw = models.JSONField("原始内容", default=dict, blank=True)
    title = models.CharField("信息名称", max_length=300, blank=True)
    created_on = models.DateField("生成日期", null=True, blank=True)
    attribute = models.CharField("来源标注属性", max_length=12, choices=Attribute, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, default=Outcome.WAITING)
    record = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="inventory_items"
    )
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats"
    )
    reason = models.CharField("原因", max_length=300, blank=True)
    cause = models.CharField("原因种类", max_length=12, choices=Cause, blank=True)
    finding_count = models.PositiveIntegerField("发现数", default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    # As what a row that became a record is counted (see `RunCount`); lists find rows by it.
    counted_attribute = models.CharField(
        max_length=12,
        blank=True,
        default="",
        choices=[*Attribute.choices, (NO_ATTRIBUTE, "未定")],
    )
    counted_class = models.ForeignKey(
        CatalogClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    counted_section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    counted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["run_id", "file_id", "row"]
        verbose_name = verbose_name_plural = "清理条目"
        indexes = [
            models.Index(fields=["run", "outcome", "id"], name="inventory_waiting"),
            models.Index(fields=["body", "digest"], name="inventory_digest"),
            models.Index(
                fields=["body", "counted_section", "id"],
                condition=Q(outcome="record"),
                name="inventory_section_rows",
            ),
            models.Index(
                fields=["body", "counted_on"],
                condition=Q(outcome="record"),
                name="inventory_day_rows",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="inventory_row_once"),
            models.UniqueConstraint(
                fields=["body", "digest"],
                condition=Q(outcome="record"),
                name="inventory_content_once",
                violation_error_message="同样的内容已经录入过。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(outcome="waiting", record__isnull=True, duplicate_of__isnull=True)
                    | Q(outcome="record", record__isnull=False, duplicate_of__isnull=True)
                    | Q(outcome="duplicate", record__isnull=True, duplicate_of__isnull=False)
                    | (
                        Q(outcome="rejected", record__isnull=True, duplicate_of__isnull=True)
                        & ~Q(reason="")
                    )
                ),
                name="inventory_one_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.file.name}#{self.row}"


class Facet(models.TextChoices):
    """By what the records of a run are counted, each with their attribute."""

    CLASS = "class", "分类"
    SECTION = "section", "科室"
    MONTH = "month", "生成月份"


class RunCount(models.Model):
    """How many records of a run have this class (or section, or month) and this attribute.

    Kept with every change of the records, so that no page counts rows. `key` is the id of the
    class or section, or the month (2008-03); empty for none.
    """

    run = models.ForeignKey(
        InventoryRun, on_delete=models.CASCADE, related_name="counts", db_index=False
    )
    facet = models.CharField(max_length=8, choices=Facet)
    key = models.CharField(max_length=20, blank=True)
    attribute = models.CharField(max_length=12)
    count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "清理计数"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "facet", "key", "attribute"], name="inventory_count_once"
            )
        ]


class Fingerprint(models.Model):
    """One of the numbers by which copies of a record's text are met again (see `text`)."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+", db_index=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="fingerprints")
    value = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "文本指纹"
        # Holds the record too: who has a value is answered by the index alone.
        indexes = [models.Index(fields=["body", "value", "record"], name="fingerprint_holders")]
