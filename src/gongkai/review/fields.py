"""The texts of a record that scanners look at and findings point into."""

from __future__ import annotations

from gongkai.records.actions.freezing import text_of
from gongkai.records.models import Record

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


def texts_of(record: Record) -> dict[str, str]:
    """Field name → present text; empty fields are left out."""
    found = {name: getattr(record, name) for name in SCANNED}
    found["text"] = text_of(record)
    return {name: text for name, text in found.items() if text}
