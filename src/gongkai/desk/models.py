"""What people typed but have not handed in yet, and the keys of their calendars.

Kept forms and uploaded import tables are no part of the record of the body: scratch paper, thrown
away when used or old.
"""

from __future__ import annotations

import uuid as uuidlib

from django.db import models

from gongkai.orgs.models import Body, Person


class KeptInput(models.Model):
    """The fields of one form as one person typed them, kept until the form is handed in.

    Written when the sign-in had run out, when the page's token was stale, and by the optional
    autosave. `fields` maps each field's name to its list of raw values.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    path = models.CharField("页面", max_length=300)
    fields = models.JSONField("内容", default=dict)
    cause = models.CharField("缘由", max_length=20, default="autosave")
    kept_at = models.DateTimeField("保存时间")

    class Meta:
        ordering = ["-kept_at"]
        verbose_name = verbose_name_plural = "未提交的内容"
        constraints = [
            models.UniqueConstraint(fields=["person", "path"], name="one_kept_input_per_page")
        ]

    def __str__(self) -> str:
        return self.path


class BulkUpload(models.Model):
    """An import table as read from the file, shown row by row before it is carried out."""

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("文件名", max_length=200)
    rows = models.JSONField("各行", default=list)
    outcome = models.JSONField("结果", default=list)
    uploaded_at = models.DateTimeField("上传时间")
    done_at = models.DateTimeField("导入时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "导入表"

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """The address of a person's calendar: only the digest of its secret is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("取得时间")
    used_on = models.DateField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return str(self.person_id)
