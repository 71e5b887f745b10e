"""A frozen version made of the working copy: called by the review when it is proposed."""

from __future__ import annotations

from datetime import datetime

from gongkai.orgs.models import Person
from gongkai.records.content import digest, header_of
from gongkai.records.models import (
    HEADER_FIELDS,
    FilePurpose,
    Record,
    RecordVersion,
    VersionFile,
    VersionText,
)


def text_of(record: Record) -> str:
    """The body text of the working copy."""
    row = getattr(record, "body_text", None)
    return row.text if row is not None else ""


def freeze(*, record: Record, reason: str, by: Person | None, now: datetime) -> RecordVersion:
    """Copy a locked record's working copy into the next version. Part of a larger action."""
    attachments = list(record.files.filter(purpose=FilePurpose.ATTACHMENT).select_related("file"))
    text = text_of(record)
    place = f"{record.catalog_class.code if record.catalog_class else ''}|{record.column}"
    version = RecordVersion.objects.create(
        record=record,
        number=record.version_number + 1,
        digest=digest(
            header_of(record), text, [(f.name, f.file.sha256) for f in attachments], place
        ),
        reason=reason[:300],
        frozen_at=now,
        frozen_by=by,
        catalog_class=record.catalog_class,
        column=record.column,
        **{name: getattr(record, name) for name in HEADER_FIELDS},
    )
    VersionText.objects.create(version=version, text=text)
    VersionFile.objects.bulk_create(
        VersionFile(version=version, file=f.file, name=f.name, ordinal=f.ordinal)
        for f in attachments
    )
    record.version_number = version.number
    record.save(update_fields=["version_number"])
    return version
