"""Classes of a body's catalog, each with the section that answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records import policies
from gongkai.records.models import CatalogClass

FIELDS = ("code", "name", "parent", "ordinal", "responsible_section", "is_active")


@transaction.atomic
def create_class(
    *, body: Body, fields: Mapping[str, object], by: Person | None, now: datetime
) -> CatalogClass:
    """Add a class (`parent` None) or a sub-class."""
    policies.may_keep_classes(by, body, civil_day(now)).require("《条例》第十二条")
    row = CatalogClass(body=body)
    _put(row, fields)
    save_checked(row, code="class.not_valid")
    _note("class.created", row, by, [])
    return row


@transaction.atomic
def edit_class(
    *, row: CatalogClass, fields: Mapping[str, object], by: Person | None, now: datetime
) -> CatalogClass:
    """Change name, order, responsible section, or take it out of use; records keep their class."""
    policies.may_keep_classes(by, row.body, civil_day(now)).require("《条例》第十二条")
    changed = _put(row, fields)
    if changed:
        save_checked(row, code="class.not_valid")
        _note("class.edited", row, by, changed)
    return row


def _put(row: CatalogClass, fields: Mapping[str, object]) -> list[str]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown fields: {sorted(unknown)}")
    changed = [name for name in FIELDS if name in fields and getattr(row, name) != fields[name]]
    for name in changed:
        setattr(row, name, fields[name])
    parent, section = row.parent, row.responsible_section
    if parent is not None and (parent.body_id != row.body_id or parent.parent_id or parent == row):
        sentence = "上级分类须是本机关的一级分类，请重新选择。"
        raise Refusal("class.bad_parent", sentence, fields={"parent": sentence})
    if section is not None and section.body_id != row.body_id:
        sentence = f"{section.name}不是本机关的科室，请重新选择。"
        raise Refusal("class.foreign_section", sentence, fields={"responsible_section": sentence})
    return changed


def _note(event: str, row: CatalogClass, by: Person | None, changed: list[str]) -> None:
    labels = "、".join(str(row._meta.get_field(n).verbose_name) for n in changed)  # type: ignore[union-attr]
    append(
        event=event,
        actor=orgs.actor(by, body=row.body, role="disclosure_office"),
        subject=Subject("catalog_class", row.pk),
        change=Change(data={"name": row.name, "code": row.code, "changed": labels}),
    )
