"""After the reply: remedies taken against it, and the public log of answers."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import Q

from gongkai.disclosure.fields import SealedTextField
from gongkai.disclosure.models.requests import DisclosureRequest
from gongkai.orgs.models import Person


class RemedyKind(models.TextChoices):
    """The three blocks of the report's table four."""

    RECONSIDERATION = "reconsideration", "行政复议"
    DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
    SUIT_AFTER = "suit_after", "复议后起诉"


class RemedyOutcome(models.TextChoices):
    PENDING = "pending", "尚未审结"
    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class RemedyCase(models.Model):
    """A reconsideration or a lawsuit against a reply."""

    request = models.ForeignKey(
        DisclosureRequest, on_delete=models.PROTECT, related_name="remedies"
    )
    kind = models.CharField("类型", max_length=16, choices=RemedyKind)
    authority = models.CharField("复议机关或法院", max_length=120)
    # Sealed: who searches court databases by it finds the applicant's name.
    case_number = SealedTextField("案号", blank=True)
    filed_on = models.DateField("受理日期")
    outcome = models.CharField(
        "结果", max_length=12, choices=RemedyOutcome, default=RemedyOutcome.PENDING
    )
    ended_on = models.DateField("审结日期", null=True, blank=True)
    note = SealedTextField("说明", blank=True)

    class Meta:
        ordering = ["-filed_on", "-id"]
        verbose_name = verbose_name_plural = "复议诉讼"
        indexes = [models.Index(fields=["kind", "outcome", "ended_on"], name="remedy_cells")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="pending", ended_on__isnull=True)
                # A missing day would make the comparison unknown, which a constraint lets pass.
                | (
                    ~Q(outcome="pending")
                    & Q(ended_on__isnull=False, ended_on__gte=models.F("filed_on"))
                ),
                name="ended_remedy_has_a_day",
                violation_error_message="审结的要填审结日期，且不早于受理日期。",
            )
        ]


class PublicAnswer(models.Model):
    """An answered request shown to everybody, without personal data, released by decision."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    request = models.OneToOneField(
        DisclosureRequest, on_delete=models.PROTECT, related_name="public_answer"
    )
    asked = models.CharField("申请内容", max_length=300)
    answered = models.TextField("答复要点", max_length=4000)
    released_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField("公布时间")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-released_at", "-id"]
        verbose_name = verbose_name_plural = "答复公示"
        indexes = [models.Index(fields=["-released_at", "-id"], name="answer_latest")]
