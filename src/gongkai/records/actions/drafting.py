"""Records captured, edited, and drafts thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.workdays import Calendar
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records import policies
from gongkai.records.deadline import set_due
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record, RecordText
from gongkai.records.numbering import take_foreign
from gongkai.records.writing import (
    SECTION_CAPACITIES,
    capacity,
    clean_text,
    locked,
    put,
    refuse_foreign_places,
    refuse_impossible_dates,
    write_down,
)

BASIS = "先审查后公开"


@transaction.atomic
def draft(*, body: Body, fields: Mapping[str, object], by: Person | None, now: datetime) -> Record:
    """Capture information as a draft. Only a title is needed; the rest can come later.

    `fields`: header fields, `section`, `catalog_class`, `column`, `text`, `first_published_on`
    with `carried_from`, `source` (plain values about where it came from) and `index_number` (only
    for what already had one elsewhere; a number never changes afterwards).
    """
    today = civil_day(now)
    values = dict(fields)
    text = clean_text(values.pop("text", ""))
    foreign_number = str(values.pop("index_number", "") or "").strip()
    source = values.pop("source", None) or {}
    record = Record(body=body, captured_at=now, captured_by=by, source=source)
    put(record, values)
    policies.may_keep(by, body, record.section, today).require(BASIS)
    check(record, now)
    save_checked(record, code="record.not_valid")
    RecordText.objects.create(record=record, text=text)
    if foreign_number:
        take_foreign(record, foreign_number, now=now)
    role = capacity(by, record, today, SECTION_CAPACITIES)
    write_down("record.captured", record=record, by=by, role=role, change=Change(to_state="draft"))
    return record


def check(record: Record, now: datetime, days: Calendar | None = None) -> None:
    """What the law and the body's own tables say of it; sets the deadline."""
    if not record.responsible_unit and record.section is not None:
        record.responsible_unit = record.section.name
    refuse_foreign_places(record)
    refuse_impossible_dates(record, civil_day(now))
    set_due(record, days)


@transaction.atomic
def edit(
    *,
    record: Record,
    fields: Mapping[str, object],
    by: Person | None,
    now: datetime,
    read_count: int | None = None,
) -> Record:
    """Change a draft. `read_count` is the `edit_count` the editor saw: refused when another
    person saved in between, so nobody overwrites what he has not read.
    """
    kept, today = locked(record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    RECORD_FLOW.step(kept.state, "edit")
    if read_count is not None and read_count != kept.edit_count:
        raise Refusal(
            "record.changed_meanwhile",
            "您打开之后，别人已经修改并保存了这条信息。您的内容没有丢失，仍在下面；"
            "请对照最新内容后再保存。",
        )
    values = dict(fields)
    new_text = values.pop("text", None)
    changed = put(kept, values)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    check(kept, now)
    if new_text is not None:
        changed += _put_text(kept, clean_text(new_text))
    if not changed:
        return kept
    kept.edit_count += 1
    kept.edited_at = now
    save_checked(kept, code="record.not_valid")
    role = capacity(by, kept, today, SECTION_CAPACITIES)
    data = {"changed": "、".join(_label(name) for name in changed), "fields": changed}
    write_down("record.edited", record=kept, by=by, role=role, change=Change(data=data))
    return kept


def _put_text(record: Record, text: str) -> list[str]:
    row, _ = RecordText.objects.get_or_create(record=record)
    if row.text == text:
        return []
    row.text = text
    row.save(update_fields=["text"])
    return ["text"]


def _label(name: str) -> str:
    if name == "text":
        return "正文"
    return str(getattr(Record._meta.get_field(name), "verbose_name", name))


@transaction.atomic
def discard(*, record: Record, reason: str, by: Person | None, now: datetime) -> None:
    """Throw away a draft that was never reviewed and never numbered. The journal keeps that."""
    kept, today = locked(record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    RECORD_FLOW.step(kept.state, "edit")
    if not reason.strip():
        sentence = "请写明为什么删除这份草稿，如“重复录入”。"
        raise Refusal("record.no_reason", sentence, fields={"reason": sentence})
    if kept.version_number or kept.index_number:
        raise Refusal(
            "record.has_history",
            "这条信息已经审查过或已有索引号，不能删除。不再公开的，请按“不予公开”或“撤下”办理。",
            "索引号一经生成不再改变",
        )
    role = capacity(by, kept, today, SECTION_CAPACITIES)
    change = Change(from_state="draft", reason=reason.strip()[:300])
    write_down("record.discarded", record=kept, by=by, role=role, change=change)
    kept.delete()
