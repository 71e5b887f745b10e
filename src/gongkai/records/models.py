"""Tables of records, their texts, files, versions, relations, classes and number series.

Bodies of text and files stand in tables of their own so that lists never read them.
"""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.orgs.models import Body, Person, Section
from gongkai.records.choices import (
    Attribute,
    Carrier,
    Column,
    Origin,
    RecordState,
    RelationKind,
    Validity,
)


class CatalogClass(models.Model):
    """A class or sub-class of a body's own catalog, with the section that answers for it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="classes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.CharField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    ordinal = models.PositiveSmallIntegerField("排序", default=0)
    responsible_section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        ordering = ["body_id", "ordinal", "code"]
        verbose_name = verbose_name_plural = "信息分类"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "code"],
                name="class_code_once",
                violation_error_message="这个机关里已有同代码的分类。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Header(models.Model):
    """The descriptive metadata shared by the working copy and every frozen version.

    The eight header fields of the Beijing platform and the rest of the core metadata
    (国办秘函〔2009〕6号).
    """

    title = models.CharField("信息名称", max_length=300)
    document_number = models.CharField("文号", max_length=120, blank=True)
    abstract = models.TextField("内容概述", blank=True, max_length=2000)
    created_on = models.DateField("生成日期", null=True, blank=True)
    changed_on = models.DateField("变更日期", null=True, blank=True)
    validity = models.CharField(
        "信息有效性", max_length=12, choices=Validity, default=Validity.UNKNOWN
    )
    effective_from = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    repealed_on = models.DateField("废止日期", null=True, blank=True)
    validity_cause = models.CharField("有效性原因", max_length=200, blank=True)
    responsible_unit = models.CharField("公开责任部门", max_length=120, blank=True)
    legal_item = models.CharField("法定公开事项", max_length=24, blank=True)
    genre = models.CharField("体裁", max_length=24, blank=True)
    keywords = models.CharField("主题词", max_length=200, blank=True)
    origin = models.CharField("来源", max_length=12, choices=Origin, default=Origin.MADE)
    carrier = models.CharField(
        "载体形式", max_length=12, choices=Carrier, default=Carrier.ELECTRONIC
    )
    made_by = models.CharField("制作机关", max_length=120, blank=True)
    held_by = models.CharField("保存机关", max_length=120, blank=True)
    lead_body = models.CharField("牵头机关", max_length=120, blank=True)

    class Meta:
        abstract = True


HEADER_FIELDS: tuple[str, ...] = tuple(f.name for f in Header._meta.local_fields)


class Record(Header):
    """Government information 政府信息 as the desk works on it. Never shown to the public."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="records")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    catalog_class = models.ForeignKey(
        CatalogClass, null=True, blank=True, on_delete=models.PROTECT, related_name="records"
    )
    column = models.CharField("栏目", max_length=16, choices=Column, default=Column.CATALOG)
    state = models.CharField("状态", max_length=12, choices=RecordState, default=RecordState.DRAFT)
    # Empty until a decided review gives it; the proposal stands on the review sheet.
    attribute = models.CharField("公开属性", max_length=12, choices=Attribute, blank=True)
    ground = models.CharField("不予公开理由", max_length=32, blank=True)
    ground_reason = models.TextField("理由说明", blank=True, max_length=2000)
    rereview_on = models.DateField("下次评估日期", null=True, blank=True)

    index_number = models.CharField("索引号", max_length=80, blank=True)
    first_published_on = models.DateField("原发布日期", null=True, blank=True)
    carried_from = models.CharField("原发布平台", max_length=200, blank=True)

    law_override = models.CharField("适用规定", max_length=40, blank=True)
    law_override_reason = models.CharField("适用理由", max_length=300, blank=True)
    publish_due_on = models.DateField("公开期限", null=True, blank=True)
    publish_due_provisional = models.BooleanField("期限暂定", default=False)
    publish_due_basis = models.CharField("期限依据", max_length=120, blank=True)

    version_number = models.PositiveIntegerField("版本", default=0)
    source = models.JSONField("来源记录", default=dict, blank=True)
    captured_at = models.DateTimeField("录入时间")
    captured_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("最后修改", null=True, blank=True)
    # Optimistic lock: an editor sends back the number he read, so two clerks never overwrite.
    edit_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "政府信息"
        indexes = [
            models.Index(fields=["body", "state", "publish_due_on"], name="record_due"),
            models.Index(fields=["body", "section", "state"], name="record_section_state"),
            models.Index(fields=["body", "-created_on", "-id"], name="record_created"),
            models.Index(fields=["body", "attribute", "rereview_on"], name="record_rereview"),
            models.Index(fields=["body", "document_number"], name="record_docno"),
            # Asked for every row of a clean-up: is there another of this name, and which is first?
            models.Index(fields=["body", "title", "id"], name="record_title"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "index_number"],
                condition=~Q(index_number=""),
                name="index_number_once",
                violation_error_message="这个索引号已经用过；索引号一经分配不再改变，也不重复使用。",
            ),
            models.CheckConstraint(
                condition=Q(first_published_on__isnull=True) | ~Q(carried_from=""),
                name="earlier_publication_names_its_place",
                violation_error_message="填了原发布日期，就要写明原来发布在哪里。",
            ),
            models.CheckConstraint(
                condition=~Q(attribute="withheld") | (~Q(ground="") & ~Q(ground_reason="")),
                name="withheld_has_ground_and_reason",
                violation_error_message="不予公开必须写明法律依据和理由。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RecordText(models.Model):
    """Body text of the working copy: plain paragraphs, one per line."""

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="body_text"
    )
    text = models.TextField("正文", blank=True)


class StoredFile(models.Model):
    """A file kept once under its SHA-256 in the file store; rows point to it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "文件"


class FilePurpose(models.TextChoices):
    ATTACHMENT = "attachment", "附件"
    SOURCE = "source", "原件（不公开）"


class RecordFile(models.Model):
    """A file of the working copy; `source` originals never reach the public side."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    purpose = models.CharField(
        "用途", max_length=12, choices=FilePurpose, default=FilePurpose.ATTACHMENT
    )
    ordinal = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        ordering = ["record_id", "ordinal", "id"]
        verbose_name = verbose_name_plural = "附件"


class RedactionMethod(models.TextChoices):
    """How the copy came about; as in the redactors' port."""

    TEXT = "text", "删去文字，其余保留"
    IMAGE = "image", "页面转为图片"
    MIXED = "mixed", "部分页面转为图片"
    PARTS = "parts", "改写文档"
    PLAIN = "plain", "改写文本"


class Redaction(models.Model):
    """A copy of a file from which what was marked is gone; written only once it was proved.

    Triggers refuse any change. `removals` are `values.Removal` as rows, `checks` the proof.
    """

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="redactions")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField("原件", max_length=200)
    result = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    result_name = models.CharField("副本", max_length=200)
    removals = models.JSONField("遮去的内容", default=list)
    method = models.CharField("办法", max_length=8, choices=RedactionMethod)
    checks = models.JSONField("复查", default=list)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField("遮盖时间")
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["record_id", "id"]
        verbose_name = verbose_name_plural = "遮盖"
        constraints = [
            models.CheckConstraint(
                condition=~Q(result=models.F("source")), name="redacted_copy_differs"
            )
        ]


class RecordVersion(Header):
    """A frozen copy of a record: what a review judged and what a publication shows.

    Triggers refuse any change. `digest` is the SHA-256 of its canonical content.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本号")
    digest = models.CharField(max_length=64)
    reason = models.CharField("变更原因", max_length=300, blank=True)
    frozen_at = models.DateTimeField("形成时间")
    frozen_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    catalog_class = models.ForeignKey(
        CatalogClass, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    column = models.CharField("栏目", max_length=16, choices=Column, default=Column.CATALOG)

    class Meta:
        ordering = ["record_id", "number"]
        verbose_name = verbose_name_plural = "版本"
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="version_once")]


class VersionText(models.Model):
    """Body text of a frozen version."""

    version = models.OneToOneField(
        RecordVersion, primary_key=True, on_delete=models.PROTECT, related_name="body_text"
    )
    text = models.TextField(blank=True)


class VersionFile(models.Model):
    """An attachment of a frozen version: the only files the public can ever fetch."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["version_id", "ordinal", "id"]


class Relation(models.Model):
    """One record acts on another: interprets, amends, repeals, replaces.

    `target` is a record of ours, or `cited` names a paper we do not hold.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField("关系", max_length=12, choices=RelationKind)
    target = models.ForeignKey(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="related_from"
    )
    cited = models.CharField("所指文件", max_length=300, blank=True)

    class Meta:
        ordering = ["record_id", "id"]
        verbose_name = verbose_name_plural = "关联"
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "target"], name="relation_once"),
            models.CheckConstraint(
                condition=Q(target__isnull=False) | ~Q(cited=""),
                name="relation_names_its_target",
                violation_error_message="请选择关联的信息，或写明文件名称。",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | ~Q(target=models.F("record")),
                name="relation_not_to_itself",
                violation_error_message="信息不能与自己关联。",
            ),
        ]


class NumberSeries(models.Model):
    """A running count of a body: index numbers, review sheets, letters. Locked while allotting.

    `year` is 0 for a series that never starts again.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "kind", "year"], name="series_once")]


class Allotment(models.Model):
    """One number given out, for good."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="allotments")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.PositiveBigIntegerField()
    allotted_at = models.DateTimeField()

    class Meta:
        ordering = ["series_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["series", "serial"], name="serial_once"),
        ]
