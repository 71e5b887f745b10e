"""Files attached to a draft and taken off it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.records import policies, store
from gongkai.records.actions.redacting import refuse_original
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import FilePurpose, Record, RecordFile
from gongkai.records.values import NewFile
from gongkai.records.writing import SECTION_CAPACITIES, capacity, locked, write_down

MOST_FILES = 50
LARGEST_FILE = 100 * 1024 * 1024
BASIS = "先审查后公开"


@transaction.atomic
def attach(*, record: Record, file: NewFile, by: Person | None, now: datetime) -> RecordFile:
    """Put a file beside a draft. Its name keeps no path and no control characters."""
    kept, today = locked(record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    RECORD_FLOW.step(kept.state, "edit")
    name = clean_name(file.name)
    if not file.content:
        _refuse("file.empty", f"“{name}”是空文件，请重新选择文件。")
    if len(file.content) > LARGEST_FILE:
        most = LARGEST_FILE // 1024 // 1024
        _refuse("file.too_large", f"“{name}”超过{most}MB。请压缩或分成几个文件后再上传。")
    if kept.files.count() >= MOST_FILES:
        _refuse("file.too_many", f"一条信息最多{MOST_FILES}个文件。请合并后再上传。")
    stored = store.keep(file.content, media_type=file.media_type, now=now)
    if file.purpose == FilePurpose.ATTACHMENT:
        refuse_original(kept, stored, name)
    if kept.files.filter(file=stored, name=name, purpose=file.purpose).exists():
        _refuse("file.twice", f"“{name}”已经添加过，不必重复上传。")
    last = kept.files.aggregate(last=Max("ordinal"))["last"]
    row = RecordFile.objects.create(
        record=kept,
        file=stored,
        name=name,
        purpose=file.purpose,
        ordinal=0 if last is None else last + 1,
    )
    _note("record.file_attached", kept, by, now, {"sha256": stored.sha256, "size": stored.size})
    return row


@transaction.atomic
def detach(*, file: RecordFile, by: Person | None, now: datetime) -> None:
    """Take a file off a draft; the bytes stay in the store while a version shows them."""
    kept, today = locked(file.record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    RECORD_FLOW.step(kept.state, "edit")
    digest = file.file.sha256
    RecordFile.objects.filter(pk=file.pk, record=kept).delete()
    _note("record.file_detached", kept, by, now, {"sha256": digest})


def _note(
    event: str, record: Record, by: Person | None, now: datetime, data: dict[str, object]
) -> None:
    record.edit_count += 1
    record.edited_at = now
    record.save(update_fields=["edit_count", "edited_at"])
    role = capacity(by, record, civil_day(now), SECTION_CAPACITIES)
    write_down(event, record=record, by=by, role=role, change=Change(data=data))


def clean_name(given: str) -> str:
    """The last part of a path, without control characters, as long as the column."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if c.isprintable()).strip()
    return clean[-200:] or "未命名文件"


def _refuse(code: str, sentence: str) -> None:
    raise Refusal(code, sentence, fields={"file": sentence})
