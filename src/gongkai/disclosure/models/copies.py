"""Redacted copies of a case's papers."""

from __future__ import annotations

import uuid as uuidlib

from django.db import models

from gongkai.disclosure.fields import SealedTextField
from gongkai.disclosure.models.correspondence import SealedFile
from gongkai.disclosure.models.requests import DisclosureRequest
from gongkai.orgs.models import Person
from gongkai.records.models import RedactionMethod


class RedactedCopy(models.Model):
    """A reply file from which what was marked is gone; written only once it was proved.

    Triggers refuse any change but the purge of `removals` (rows of `records.values.Removal`).
    """

    uuid = models.UUIDField(default=uuidlib.uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        DisclosureRequest, on_delete=models.PROTECT, related_name="redacted_copies"
    )
    source = models.ForeignKey(SealedFile, on_delete=models.PROTECT, related_name="+")
    result = models.OneToOneField(
        SealedFile, on_delete=models.PROTECT, related_name="redacted_copy"
    )
    removals = SealedTextField("遮去的内容", blank=True)
    method = models.CharField("办法", max_length=8, choices=RedactionMethod)
    checks = models.JSONField("复查", default=list)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField("遮盖时间")
    made_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["request_id", "id"]
        verbose_name = verbose_name_plural = "遮盖后的副本"
