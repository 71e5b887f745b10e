"""Mappings of foreign field names, saved per source as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.inventory import policies, sources
from gongkai.inventory.models import SourceMapping
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person
from gongkai.orgs.queries import actor


@transaction.atomic
def save_mapping(
    *,
    name: str,
    label: str,
    content: Mapping[str, object],
    by: Person | None,
    now: datetime,
) -> SourceMapping:
    """Keep a mapping under its name; one of the shipped names is then overridden by it."""
    policies.may_keep_mappings(by, civil_day(now)).require()
    sources.check(content)
    row = SourceMapping.objects.select_for_update(no_key=True).filter(name=name).first()
    row = row or SourceMapping(name=name)
    row.label, row.content = label, dict(content)
    row.saved_at, row.saved_by = now, by
    save_checked(row, code="mapping.not_valid")
    _note("mapping.saved", row, by)
    return row


@transaction.atomic
def drop_mapping(*, name: str, by: Person | None, now: datetime) -> None:
    """Forget a saved mapping; a shipped one of that name is in force again."""
    policies.may_keep_mappings(by, civil_day(now)).require()
    row = SourceMapping.objects.select_for_update(no_key=True).filter(name=name).first()
    if row is None:
        raise Refusal("mapping.unknown", f"没有保存过名为“{name}”的字段对照，请核对名称。")
    _note("mapping.dropped", row, by)
    row.delete()


def _note(event: str, row: SourceMapping, by: Person | None) -> None:
    append(
        event=event,
        actor=actor(by, body=None, role="disclosure_office"),
        subject=Subject("source_mapping", row.pk),
        change=Change(data={"name": row.name}),
    )
