"""Reminders about a case: a due date that is near, one that moved, a letter that came back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.disclosure.models.requests import DisclosureRequest
from gongkai.orgs.models import Person


class ReminderKind(models.TextChoices):
    DUE = "due", "到期提醒"
    MOVED = "moved", "期限变动"
    UNDELIVERED = "undelivered", "邮件退回"


class Reminder(models.Model):
    """Something to be told once about a case. Holds days and numbers, never words of the case.

    For `due`: `distance` working days were left until `due_on` when it was made (`-1`: overdue).
    For `moved`: the due date was `from_on` and is now `due_on`, `reason` names the notice.
    For `undelivered`: `reason` names the letter.
    """

    request = models.ForeignKey(
        DisclosureRequest, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField("类别", max_length=12, choices=ReminderKind)
    due_on = models.DateField("答复期限", null=True, blank=True)
    distance = models.SmallIntegerField("提前工作日", null=True, blank=True)
    from_on = models.DateField("原期限", null=True, blank=True)
    reason = models.CharField("缘由", max_length=200, blank=True)
    made_at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "期限提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "due_on", "distance"],
                condition=Q(kind="due"),
                name="reminded_once_per_distance",
            )
        ]


class ReminderCopy(models.Model):
    """A reminder to one person: on his list until he has seen it, and once by mail."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="copies")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mailed_at = models.DateTimeField("发信时间", null=True, blank=True)
    seen_at = models.DateTimeField("阅知时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "提醒对象"
        indexes = [models.Index(fields=["person", "seen_at", "-id"], name="reminder_unseen")]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "person"], name="reminder_copy_once")
        ]
