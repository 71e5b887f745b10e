"""The request, its applicant, and what asking once solved without a request."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull

from gongkai.catalog.models import CatalogEntry
from gongkai.disclosure.fields import SealedTextField
from gongkai.orgs.models import Body, Person, Section


class RequestState(models.TextChoices):
    RECEIVED = "received", "已收到，待登记"
    AWAITING_CONFIRMATION = "awaiting_confirmation", "待双方确认"
    ACCEPTED = "accepted", "办理中"
    AWAITING_SUPPLEMENT = "awaiting_supplement", "等待补正"
    CONSULTING = "consulting", "征求意见中"
    AWAITING_FEE = "awaiting_fee", "等待缴费"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"


class DisclosureRequest(models.Model):
    """One request 一事一申请, from its first word to the archived file."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="requests")
    # Empty only between the insert and the allotment, inside one transaction.
    number = models.CharField("登记号", max_length=60, blank=True)
    # What the applicant gets: a short number to name it by and a long secret to open it with.
    receipt_number = models.CharField("回执号", max_length=24, unique=True)
    secret_digest = models.CharField(max_length=128, blank=True)
    # Keyed digest of one sending of a form and of all it holds: sent again, nothing new is filed.
    # None and not empty, so that a table of a million rows is not rewritten for it.
    sending_index = models.CharField(  # noqa: DJ001
        max_length=64, null=True, blank=True, editable=False
    )
    state = models.CharField("状态", max_length=24, choices=RequestState)

    channel = models.CharField("渠道", max_length=16)
    arrived_on = models.DateField("到达日期")
    arrived_at = models.DateTimeField("到达时间", null=True, blank=True)
    # The two halves of a confirmation; the later day is the day both have confirmed (Art. 31).
    applicant_confirmed_on = models.DateField("申请人确认日期", null=True, blank=True)
    office_confirmed_on = models.DateField("机关确认日期", null=True, blank=True)
    confirmed_on = models.DateField("双方确认日期", null=True, blank=True)
    received_on = models.DateField("收到申请之日", null=True, blank=True)
    received_basis = models.CharField("收到日依据", max_length=200, blank=True)
    taken_down_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # What is asked for: name, number or other marks (Art. 29). Applicants write names into it.
    subject = SealedTextField("所需信息名称", blank=True)
    document_number = models.CharField("文号", max_length=120, blank=True)
    description = SealedTextField("其他特征描述", blank=True)
    supplement = SealedTextField("补正内容", blank=True)
    purpose = SealedTextField("用途", blank=True, help_text="仅2019年以前的申请")
    own_records = models.BooleanField("查询自身信息", default=False)
    provided_as = models.CharField("提供形式", max_length=16, blank=True)
    provided_by = models.CharField("获取途径", max_length=16, blank=True)
    wants_publication = models.BooleanField("建议主动公开", default=False)
    # The suggestion was examined and not followed; sealed, for people write names into reasons.
    declined_on = models.DateField("建议审核日期", null=True, blank=True)
    # Null where nobody examined it, so that the table is not rewritten for the column.
    declined_reason = SealedTextField(  # type: ignore[misc]
        "不主动公开的理由", null=True, blank=True
    )

    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    case_officer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    law_day = models.DateField("适用规定之日", null=True, blank=True)
    law_reason = models.CharField("适用理由", max_length=300, blank=True)

    # Written by the clock of `law` whenever a step or the calendar changes.
    due_on = models.DateField("答复期限", null=True, blank=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    due_basis = models.CharField("期限依据", max_length=200, blank=True)

    outcome = models.CharField("办理结果", max_length=32, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    in_time = models.BooleanField("按期答复", null=True, blank=True)
    earlier_reply = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats"
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    joined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )
    reopened_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reopenings"
    )
    is_rectification = models.BooleanField("更正申请", default=False)
    imported_from = models.CharField("导入来源", max_length=200, blank=True)

    created_at = models.DateTimeField("录入时间")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)
    purge_on = models.DateField("个人信息清除日期", null=True, blank=True)
    purged_at = models.DateTimeField("个人信息已清除", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "公开申请"
        indexes = [
            models.Index(fields=["body", "state", "due_on", "id"], name="request_due"),
            models.Index(fields=["body", "-received_on", "-id"], name="request_received"),
            models.Index(fields=["body", "outcome", "replied_on"], name="request_outcome"),
            # The yearly report: what was open at a day, what ended in a span.
            models.Index(fields=["body", "replied_on", "received_on"], name="request_ended"),
            models.Index(fields=["case_officer", "state", "due_on"], name="request_officer"),
            # The register's filter of officers: who handles anything of this body.
            models.Index(
                fields=["body", "case_officer"],
                condition=Q(case_officer__isnull=False),
                name="request_handled",
            ),
            # The whole register by its due date, those without one last, a late page as well.
            models.Index(
                F("body"), IsNull(F("due_on"), True), F("due_on"), F("id"), name="request_by_due"
            ),
            models.Index(fields=["purge_on"], name="request_purge"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"],
                condition=~Q(number=""),
                name="request_number_once",
            ),
            models.UniqueConstraint(
                fields=["sending_index"],
                condition=Q(sending_index__isnull=False),
                name="request_sent_once",
            ),
            models.UniqueConstraint(
                fields=["body", "imported_from"],
                condition=~Q(imported_from=""),
                name="request_imported_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["replied", "closed", "archived"])
                | (~Q(outcome="") & Q(replied_on__isnull=False))
                | Q(joined_into__isnull=False),
                name="ended_request_has_one_outcome",
                violation_error_message="办结的申请必须有一个办理结果和答复日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Applicant(models.Model):
    """Who asks. Least visible, sealed, purged by schedule; kinds as in the report's columns."""

    request = models.OneToOneField(
        DisclosureRequest, primary_key=True, on_delete=models.CASCADE, related_name="applicant"
    )
    kind = models.CharField("申请人类型", max_length=16)
    name = SealedTextField("姓名或名称", blank=True)
    representative = SealedTextField("法定代表人", blank=True)
    contact = SealedTextField("联系人", blank=True)
    identity_kind = models.CharField("证件类型", max_length=24, blank=True)
    identity_number = SealedTextField("证件号码", blank=True)
    phone = SealedTextField("联系电话", blank=True)
    email = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("通信地址", blank=True)
    postcode = models.CharField("邮政编码", max_length=10, blank=True)
    agent = SealedTextField("代理人", blank=True)
    assistance = SealedTextField("需要的帮助", blank=True)
    # Blind indexes of the identity number and of name with phone or address: same applicant again.
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)
    contact_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请人"


class Solved(models.Model):
    """How often, on a day, what was shown while an applicant wrote made the request needless."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "day"], name="solved_once_a_day")]
