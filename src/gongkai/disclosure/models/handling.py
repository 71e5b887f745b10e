"""What happens to a request: the steps its clock counts, assignments, consultations, fees."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosure.fields import SealedTextField
from gongkai.disclosure.models.requests import DisclosureRequest
from gongkai.orgs.models import Body, Person, Section


class Step(models.Model):
    """One event of the clock (`law.clock_events.Kind`), in order; the clock is run over them."""

    request = models.ForeignKey(DisclosureRequest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("事项", max_length=24)
    on = models.DateField("日期")
    days = models.PositiveSmallIntegerField("工作日", default=0)
    due_on = models.DateField("所定期限", null=True, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    ref = models.CharField("对应", max_length=40, blank=True)
    # Sealed: people write names into reasons.
    reason = SealedTextField("理由", blank=True)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["request_id", "on", "id"]
        verbose_name = verbose_name_plural = "办理环节"


class Assignment(models.Model):
    """分级受理: which section (or other body) was told to handle it, by whom and why."""

    request = models.ForeignKey(
        DisclosureRequest, on_delete=models.CASCADE, related_name="assignments"
    )
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT)
    case_officer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other_body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT)
    note = SealedTextField("交办意见", blank=True)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = verbose_name_plural = "交办"


class Consultation(models.Model):
    """A third party or a joint maker asked for its opinion (Art. 32, 34)."""

    request = models.ForeignKey(
        DisclosureRequest, on_delete=models.CASCADE, related_name="consultations"
    )
    ref = models.CharField("编号", max_length=40)
    kind = models.CharField(
        "对象", max_length=16, choices=[("third_party", "第三方"), ("joint_body", "共同制作机关")]
    )
    party = SealedTextField("名称")
    address = SealedTextField("地址", blank=True)
    information = SealedTextField("所涉信息（以必要为限）")
    reason = SealedTextField("为何涉及其权益", blank=True)
    # The day the letter went out; empty while it is being drafted.
    asked_on = models.DateField("发出日期", null=True, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    opinion = models.CharField(
        "意见",
        max_length=12,
        blank=True,
        choices=[("agrees", "同意公开"), ("disagrees", "不同意公开"), ("silent", "逾期未答")],
    )
    opinion_reason = SealedTextField("意见理由", blank=True)
    reason_is_sound = models.BooleanField("理由合理", null=True, blank=True)
    opinion_on = models.DateField("收到意见日期", null=True, blank=True)
    override_notice_on = models.DateField("公共利益告知日期", null=True, blank=True)

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = verbose_name_plural = "征求意见"
        constraints = [models.UniqueConstraint(fields=["request", "ref"], name="consultation_once")]


class Fee(models.Model):
    """信息处理费: one way per request, never both (国办函〔2020〕109号)."""

    request = models.OneToOneField(DisclosureRequest, on_delete=models.CASCADE, related_name="fee")
    way = models.CharField("方式", max_length=8, choices=[("items", "按件"), ("pages", "按量")])
    units = models.PositiveIntegerField("件数", default=1)
    pages = models.PositiveIntegerField("页数", default=0)
    amount_yuan = models.PositiveIntegerField("金额（元）")
    tariff = models.CharField("标准", max_length=40)
    # Both empty while the notice is being drafted.
    noticed_on = models.DateField("通知送达日期", null=True, blank=True)
    due_on = models.DateField("缴费期限", null=True, blank=True)
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    receipt_number = models.CharField("票据号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信息处理费"
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True)
                | (Q(noticed_on__isnull=False) & Q(paid_on__gte=models.F("noticed_on"))),
                name="fee_paid_after_notice",
            )
        ]


class SearchEntry(models.Model):
    """检索记录: where, with which words, by whom; the proof behind 不存在 (Art. 36(4))."""

    request = models.ForeignKey(
        DisclosureRequest, on_delete=models.CASCADE, related_name="searches"
    )
    place = models.CharField("检索范围", max_length=200)
    terms = SealedTextField("检索方法和用词")
    found = SealedTextField("结果")
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField("检索日期")

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = verbose_name_plural = "检索记录"
