"""The texts of a record that scanners look at and findings point into."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from gongkai.records.actions.freezing import text_of
from gongkai.records.models import FilePurpose, Record, RecordFile
from gongkai.review.models import FileReading, Finding
from gongkai.review.targets import is_target

# Fields with free text; "text" is the body, "source" has no place in any field.
SCANNED = ("title", "document_number", "abstract", "responsible_unit", "keywords")
LABELS = {
    "title": "信息名称",
    "document_number": "文号",
    "abstract": "内容概述",
    "responsible_unit": "公开责任部门",
    "keywords": "主题词",
    "text": "正文",
    "source": "原件",
    "files": "附件",
}


# Texts of attachments: "file:12" is what readers see of file 12, "hidden:12" what they do not.
SHOWN, HIDDEN = "file:", "hidden:"
# Findings without a place in a text that could be changed here.
NO_PLACE = ("source", "files")


def texts_of(record: Record) -> dict[str, str]:
    """Field name → present text; empty fields are left out. Attachments are not among them."""
    found = {name: getattr(record, name) for name in SCANNED}
    found["text"] = text_of(record)
    return {name: text for name, text in found.items() if text}


def file_texts(record: Record) -> dict[str, str]:
    """What the attachments to be published say, as far as they were read."""
    found: dict[str, str] = {}
    for held in public_files(record).select_related("file__reading"):
        reading = reading_of(held)
        if reading is not None:
            found[f"{SHOWN}{held.pk}"] = reading.text
            found[f"{HIDDEN}{held.pk}"] = reading.hidden
    return {name: text for name, text in found.items() if text}


def public_files(record: Record) -> QuerySet[RecordFile]:
    """The attachments that would be published; kept originals never are."""
    return record.files.filter(purpose=FilePurpose.ATTACHMENT)


def reading_of(held: RecordFile) -> FileReading | None:
    """The reading of a file, if it was read."""
    try:
        return held.file.reading
    except FileReading.DoesNotExist:
        return None


def is_editable(field: str) -> bool:
    """Whether the words of a finding can be changed in the record itself."""
    return field not in NO_PLACE and not field.startswith((SHOWN, HIDDEN))


def can_change(finding: Finding) -> bool:
    """Whether other words can be put in: at the place, or into the field they are for."""
    return is_target(finding.target) or is_editable(finding.field)


def label_of(field: str, names: Mapping[int, str] | None = None) -> str:
    """The field in words; `names` gives the names of files by their row."""
    for prefix, words in ((SHOWN, "附件"), (HIDDEN, "附件中看不见的内容")):
        if field.startswith(prefix):
            name = (names or {}).get(int(field.removeprefix(prefix)), "")
            return f"{words}：{name}" if name else words
    return LABELS.get(field, field)
