"""What was answered to a call that wrote, so that the same call sent again does nothing twice."""

from __future__ import annotations

from django.db import models

from gongkai.disclosure.fields import SealedTextField
from gongkai.orgs.models import AccessToken


class KeptAnswer(models.Model):
    """The first answer to a call with an `Idempotency-Key`, kept for a day.

    Written in the transaction of the deed itself: there is an answer exactly when there was a
    deed. Sealed, for it holds words of a case.
    """

    token = models.ForeignKey(AccessToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    # Of method, address and body: the same key for something else is refused.
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = SealedTextField(default="", blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "接口已答复的调用"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_kept_once")]
        indexes = [models.Index(fields=["kept_at"], name="answer_kept_at")]

    def __str__(self) -> str:
        return self.key
