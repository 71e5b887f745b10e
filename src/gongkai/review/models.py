"""Tables of findings and review sheets. A sheet is the proof without which nothing is published."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Body, Person
from gongkai.records.choices import Attribute
from gongkai.records.models import Record, RecordVersion, StoredFile
from gongkai.review.targets import TARGETS


class FindingAnswer(models.TextChoices):
    OPEN = "open", "待答复"
    ACCEPTED = "accepted", "采用建议"
    EDITED = "edited", "已改为"
    KEPT = "kept", "保留原文"


class Severity(models.TextChoices):
    """As in the scanners' port; `info` is for reading only and waits for no answer."""

    INFO = "info", "提示"
    WARNING = "warning", "警示"
    ERROR = "error", "严重"


class Finding(models.Model):
    """Something a scanner or an import noticed in a record, with its place and a proposal.

    `start` and `end` are character positions in the field's present text, half open; a finding
    without a place in a field has field "source". Nothing changes until a person answers.
    """

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="findings")
    scanner = models.CharField("来源", max_length=40)
    kind = models.CharField("类别", max_length=40)
    severity = models.CharField("程度", max_length=8, choices=Severity, default=Severity.WARNING)
    field = models.CharField("位置", max_length=40)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    evidence = models.TextField("原文", blank=True)
    # None: nothing certain to propose; "": leave it out. Two meanings, so null is needed.
    proposal = models.TextField("建议", null=True, blank=True)  # noqa: DJ001
    # The field that the proposal is for, where that is not the place of the evidence itself.
    target = models.CharField("建议填入", max_length=24, blank=True)
    candidates = models.JSONField("可能的读法", default=list, blank=True)
    sentence = models.CharField("说明", max_length=300, blank=True)
    answer = models.CharField(
        "答复", max_length=8, choices=FindingAnswer, default=FindingAnswer.OPEN
    )
    answer_text = models.TextField("改为", blank=True, max_length=2000)
    answer_reason = models.CharField("理由", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["record_id", "field", "start", "id"]
        verbose_name = verbose_name_plural = "发现"
        indexes = [models.Index(fields=["record", "answer"], name="finding_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="open")
                | (Q(answered_by__isnull=False) & Q(answered_at__isnull=False)),
                name="answered_by_a_person",
            ),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="finding_half_open"),
        ]

    @property
    def target_label(self) -> str:
        """The field that the proposal is for, in words; empty where it is the place itself."""
        return TARGETS.get(self.target, "")


class SheetState(models.TextChoices):
    PROPOSED = "proposed", "科室已提出"
    VERIFIED = "verified", "审查小组已核实"
    DECIDED = "decided", "主管领导已确定"
    RETURNED = "returned", "已退回"


class ReviewSheet(models.Model):
    """保密审查单: one judgement of one frozen version, in three steps by three people."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="sheets")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="sheets")
    version = models.ForeignKey(RecordVersion, on_delete=models.PROTECT, related_name="sheets")
    number = models.CharField("编号", max_length=60)
    state = models.CharField("状态", max_length=10, choices=SheetState, default=SheetState.PROPOSED)
    is_rereview = models.BooleanField("定期评估", default=False)

    proposed_attribute = models.CharField("拟公开属性", max_length=12, choices=Attribute)
    proposed_ground = models.CharField("依据", max_length=32, blank=True)
    proposed_reason = models.TextField("理由", blank=True, max_length=2000)
    # The checklist of the sheet: state secret, trade secret, privacy, security, work secret, …
    checklist = models.JSONField("逐项审查", default=dict, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    verified_opinion = models.TextField("审查小组意见", blank=True, max_length=2000)
    verified_attribute = models.CharField("核实属性", max_length=12, choices=Attribute, blank=True)
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)

    decided_attribute = models.CharField("确定属性", max_length=12, choices=Attribute, blank=True)
    decided_ground = models.CharField("依据", max_length=32, blank=True)
    decided_reason = models.TextField("理由", blank=True, max_length=2000)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    rereview_on = models.DateField("下次评估日期", null=True, blank=True)

    returned_reason = models.TextField("退回理由", blank=True, max_length=2000)
    returned_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "保密审查单"
        indexes = [models.Index(fields=["body", "state", "proposed_at"], name="sheet_state")]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="sheet_number_once"),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(state__in=["proposed", "verified"]),
                name="one_open_sheet_per_record",
                violation_error_message="这条信息已有一张在办的审查单。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "decided"])
                | (Q(verified_by__isnull=False) & ~Q(verified_by=F("proposed_by"))),
                name="verified_by_another_person",
                violation_error_message="提出和核实必须是两个人。",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided")
                | (
                    Q(decided_by__isnull=False)
                    & ~Q(decided_attribute="")
                    & ~Q(decided_by=F("proposed_by"))
                    & ~Q(decided_by=F("verified_by"))
                ),
                name="decided_by_a_third_person",
                violation_error_message="提出、核实、确定必须是三个人。",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided", decided_attribute="withheld")
                | (~Q(decided_ground="") & ~Q(decided_reason="") & Q(rereview_on__isnull=False)),
                name="withheld_sheet_has_ground_reason_and_rereview",
                violation_error_message="不予公开必须写明依据和理由，并定下次评估日期。",
            ),
        ]


class WordList(models.Model):
    """Words at which a body wants to be stopped before it publishes, one to a line.

    A list taken out of use stays, so that what it once found can be explained.
    """

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="word_lists")
    label = models.CharField("名称", max_length=60)
    severity = models.CharField("程度", max_length=8, choices=Severity, default=Severity.WARNING)
    sentence = models.CharField("提示", max_length=200, blank=True)
    words = models.TextField("词语", blank=True)
    count = models.PositiveIntegerField("词数", default=0)
    digest = models.CharField(max_length=64)
    is_active = models.BooleanField("启用", default=True)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["body_id", "label", "id"]
        verbose_name = verbose_name_plural = "核查词表"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "label"],
                name="word_list_named_once",
                violation_error_message="本机关已有同名的词表，请换一个名称。",
            )
        ]

    def __str__(self) -> str:
        return self.label


class FileReading(models.Model):
    """What an attachment says, read once for each content; a file nobody can read says why."""

    file = models.OneToOneField(
        StoredFile, primary_key=True, on_delete=models.CASCADE, related_name="reading"
    )
    text = models.TextField("文字", blank=True)
    # Comments, deleted and hidden text, properties: nobody sees them, everybody can open them.
    hidden = models.TextField("看不见的文字", blank=True)
    hides = models.BooleanField("藏有内容", default=False)
    # Pairs of a kind in ports.CONCEALED and where it is; properties as ["metadata", "作者：…"].
    concealed = models.JSONField("藏有的内容", default=list, blank=True)
    warnings = models.JSONField("读取提示", default=list, blank=True)
    refusal = models.CharField("读不了的原因", max_length=300, blank=True)
    read_at = models.DateTimeField("读取时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件读取"
