"""Files of a case (sealed), letters out, and their service."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.disclosure.fields import SealedTextField
from gongkai.disclosure.models.requests import DisclosureRequest
from gongkai.orgs.models import Body, Person


class FilePart(models.TextChoices):
    IDENTITY = "identity", "身份证明"
    FILED = "filed", "申请材料"
    MAIL = "mail", "原邮件"
    SUPPLEMENT = "supplement", "补正材料"
    REPLY = "reply", "答复附件"
    ORIGINAL = "original", "原件（不外发）"
    EVIDENCE = "evidence", "送达凭证"
    LETTER = "letter", "文书"
    OTHER = "other", "其他"


class SealedFile(models.Model):
    """A file of one case, sealed on disk under a random name. Never in the public store."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="files")
    part = models.CharField("用途", max_length=12, choices=FilePart)
    name = SealedTextField("文件名", blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    # Of the sealed bytes on disk: a digest of the plain ones would let a known file be recognised.
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField("存入时间")
    # The bytes are gone and the name is empty; the row stays for the case's table of contents.
    purged_at = models.DateTimeField("已清除", null=True, blank=True)

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = verbose_name_plural = "案卷文件"


class LetterState(models.TextChoices):
    DRAFT = "draft", "草拟"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已审批"
    SERVED = "served", "已送达"
    VOID = "void", "作废"


class Letter(models.Model):
    """A letter of a case: parts stated, number of its kind and year, approved, then served."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="letters")
    # The request's body, so that a number is given once per body.
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField("文书", max_length=32)
    number = models.CharField("文号", max_length=80, blank=True)
    state = models.CharField("状态", max_length=12, choices=LetterState, default=LetterState.DRAFT)
    # The day the letter sets the other side (supplement, delay), and which consultation it is of.
    due_on = models.DateField("所定期限", null=True, blank=True)
    ref = models.CharField("对应", max_length=40, blank=True)
    outcome = models.CharField("答复类型", max_length=32, blank=True)
    ground = models.CharField("法定理由", max_length=32, blank=True)
    # The parts of `law.letters`, key → text, sealed as canonical JSON; empty once purged.
    parts = SealedTextField(default="{}", blank=True)
    addressee = SealedTextField("收件人", blank=True)
    attachments = models.ManyToManyField(SealedFile, blank=True, related_name="letters")
    # The letter as it was sent, kept when it is served.
    paper = models.ForeignKey(
        SealedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # Why it was sent back or made void; sealed, for people write names into reasons.
    note = SealedTextField("退回或作废理由", blank=True)

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = verbose_name_plural = "文书"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"], condition=~Q(number=""), name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "served"])
                | (Q(approved_by__isnull=False) & ~Q(number="")),
                name="letter_approved_and_numbered",
            ),
        ]


class Sending(models.Model):
    """Service 送达 of a letter with its evidence; `served_on` is the day that counts."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="sendings")
    way = models.CharField("方式", max_length=12)
    posted_on = models.DateField("交邮（发出）日期", null=True, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    served_on = models.DateField("送达日期")
    tracking = models.CharField("邮件号", max_length=60, blank=True)
    evidence = models.ForeignKey(
        SealedFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["letter_id", "id"]
        verbose_name = verbose_name_plural = "送达"
