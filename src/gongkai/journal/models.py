"""The journal's two tables: the lines and the head of the chain.

Database triggers (`guards.py`) refuse every change and deletion of a line and let the head only
grow to the newest line.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

HASH_LENGTH = 64
ZERO_HASH = "0" * HASH_LENGTH


class Entry(models.Model):
    """One line: one event of one act. Never changed, never deleted."""

    seq = models.PositiveBigIntegerField("序号", primary_key=True)
    act = models.UUIDField("操作编号")
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=200)
    role = models.CharField("身份", max_length=100)
    body_id = models.BigIntegerField("单位编号", null=True)
    event = models.CharField("事件", max_length=100)
    subject_kind = models.CharField("对象种类", max_length=50, blank=True)
    subject_id = models.BigIntegerField("对象编号", null=True)
    subject_uuid = models.UUIDField("对象通用编号", null=True)
    from_state = models.CharField("原状态", max_length=50, blank=True)
    to_state = models.CharField("新状态", max_length=50, blank=True)
    basis = models.TextField("依据", blank=True)
    reason = models.TextField("理由", blank=True)
    data = models.JSONField("其他内容", default=dict)
    key_id = models.CharField("密钥编号", max_length=16)
    prev_hash = models.CharField("前一条校验值", max_length=HASH_LENGTH)
    hash = models.CharField("校验值", max_length=HASH_LENGTH)
    mac = models.CharField("鉴别码", max_length=HASH_LENGTH)

    class Meta:
        verbose_name = "留痕记录"
        verbose_name_plural = "留痕记录"
        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["act"], name="journal_entry_act"),
            models.Index(fields=["at"], name="journal_entry_at"),
            models.Index(fields=["actor_id", "seq"], name="journal_entry_actor"),
            models.Index(fields=["body_id", "seq"], name="journal_entry_body"),
            models.Index(fields=["event", "seq"], name="journal_entry_event"),
            models.Index(
                fields=["subject_kind", "subject_id", "seq"], name="journal_entry_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event}"


class Head(models.Model):
    """The one row that says how far the chain reaches; locked while a line is appended.

    Without it, cutting off the newest lines would leave a chain that looks whole.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField("最新序号", default=0)
    hash = models.CharField("最新校验值", max_length=HASH_LENGTH, default=ZERO_HASH)
    key_id = models.CharField("密钥编号", max_length=16, blank=True)
    mac = models.CharField("鉴别码", max_length=HASH_LENGTH, blank=True)

    class Meta:
        verbose_name = "留痕链头"
        verbose_name_plural = "留痕链头"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="journal_head_single")
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
