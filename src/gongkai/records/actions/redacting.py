"""A redacted copy in the place of an attachment; the original is kept and never published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.orgs.models import Person
from gongkai.records import policies, redaction, store
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import FilePurpose, Record, RecordFile, Redaction, StoredFile
from gongkai.records.values import Removal
from gongkai.records.writing import SECTION_CAPACITIES, capacity, locked, write_down
from gongkai.text.redaction import Redacted


def redact(
    *,
    file: RecordFile,
    removals: Sequence[Removal],
    as_image: bool = False,
    by: Person | None,
    now: datetime,
) -> Redaction:
    """Make the copy in a child process, prove it, and only then touch any row.

    The copy becomes the attachment and the file a kept original. Refused when anything marked is
    left, a mark finds nothing, or a removal has no ground and reason. A file redacted again gets
    a new copy in the place of the old one.
    """
    today = civil_day(now)
    _allow(file.record, by, now)
    law = in_force(today, region=file.record.body.region)
    redaction.check(removals, law)
    content = store.read(file.file)
    made = redaction.copy_of(redaction.Paper(file.name, content), removals, as_image=as_image)
    with transaction.atomic():
        return _put(file, removals, made, by, now)


def _allow(record: Record, by: Person | None, now: datetime) -> None:
    policies.may_keep(by, record.body, record.section, civil_day(now)).require(redaction.BASIS)
    RECORD_FLOW.step(record.state, "edit")


def _put(
    file: RecordFile,
    removals: Sequence[Removal],
    made: Redacted,
    by: Person | None,
    now: datetime,
) -> Redaction:
    kept = locked(file.record)
    _allow(kept, by, now)
    held = RecordFile.objects.filter(pk=file.pk, record=kept, file=file.file).first()
    if held is None:
        raise Refusal("redaction.gone", f"“{file.name}”刚被别人移除，没有遮盖。请重新打开附件页。")
    result = store.keep(made.content, media_type=made.media_type, now=now)
    earlier = Redaction.objects.filter(record=kept, source=held.file).values("result_id")
    kept.files.filter(file__in=earlier).delete()
    name = redaction.copy_name(held.name, made.suffix)
    RecordFile.objects.create(record=kept, file=result, name=name, ordinal=held.ordinal)
    held.purpose = FilePurpose.SOURCE
    held.save(update_fields=["purpose"])
    row = Redaction.objects.create(
        record=kept,
        source=held.file,
        source_name=held.name,
        result=result,
        result_name=name,
        removals=redaction.rows_of(removals),
        method=made.method,
        checks=redaction.checks_of(made),
        digest=redaction.digest(held.file.sha256, made, removals),
        made_at=now,
        made_by=by,
    )
    _note(row, made, by, now)
    return row


def _note(row: Redaction, made: Redacted, by: Person | None, now: datetime) -> None:
    record = row.record
    record.edit_count += 1
    record.edited_at = now
    record.save(update_fields=["edit_count", "edited_at"])
    data = {
        "source": row.source.sha256,
        "result": row.result.sha256,
        "digest": row.digest,
        "method": made.method,
        "places": sum(made.places),
        "grounds": sorted({str(removal["ground"]) for removal in row.removals}),
    }
    write_down(
        "record.file_redacted",
        record=record,
        by=by,
        role=capacity(by, record, civil_day(now), SECTION_CAPACITIES),
        change=Change(basis=redaction.BASIS, data=data),
    )


def refuse_original(record: Record, stored: StoredFile, name: str) -> None:
    """A file that was redacted for this record does not come back as an attachment."""
    if Redaction.objects.filter(record=record, source=stored).exists():
        sentence = f"“{name}”是遮盖前的原件，不能作为附件公开。请用遮盖后的副本，或把用途选为原件。"
        raise Refusal("file.original", sentence, redaction.BASIS, {"file": sentence})
