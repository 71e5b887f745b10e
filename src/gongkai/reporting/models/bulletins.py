"""Bulletins 通报: the board's figures of a period with a text, frozen when they are issued."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models
from django.db.models import F, Q

from gongkai.orgs.models import Body, Person


class BulletinKind(models.TextChoices):
    """How long the period is."""

    QUARTER = "quarter", "季度通报"
    HALF = "half", "半年通报"
    YEAR = "year", "年度通报"


class BulletinState(models.TextChoices):
    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已印发"


class Bulletin(models.Model):
    """One bulletin of a body and a period. Triggers refuse any change once it is issued."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="bulletins")
    kind = models.CharField("种类", max_length=8, choices=BulletinKind)
    year = models.PositiveSmallIntegerField("年份")
    # Which quarter or half of the year; 0 for the whole year.
    part = models.PositiveSmallIntegerField("第几", default=0)
    first_on = models.DateField("自")
    last_on = models.DateField("至")
    occasion = models.CharField("通报场合", max_length=80)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文", max_length=20_000)
    # As `progress.figures.figures_of` gives them: whole numbers and texts.
    figures = models.JSONField("数字", default=dict)
    counted_on = models.DateField("数字截至")
    state = models.CharField(
        "状态", max_length=8, choices=BulletinState, default=BulletinState.DRAFT
    )
    number = models.CharField("编号", max_length=60, blank=True)
    # SHA-256 of title, number, text and figures, given when it is issued.
    digest = models.CharField("校验值", max_length=64, blank=True)
    edited_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField("修改时间")
    issued_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)

    class Meta:
        ordering = ["-last_on", "-id"]
        verbose_name = verbose_name_plural = "通报"
        indexes = [models.Index(fields=["body", "-last_on", "-id"], name="bulletin_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "year", "part"],
                name="bulletin_once",
                violation_error_message="这段时间已有一份通报，请打开它继续。",
            ),
            models.UniqueConstraint(
                fields=["body", "number"], condition=~Q(number=""), name="bulletin_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number="", digest="", issued_at__isnull=True)
                | (Q(state="issued", issued_at__isnull=False) & ~Q(number="") & ~Q(digest="")),
                name="issued_bulletin_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(
                    last_on__gte=F("first_on"), year__gte=1999, year__lte=2200, part__lte=4
                ),
                name="bulletin_bounded",
            ),
        ]

    def __str__(self) -> str:
        return self.title
