"""Records of one name that nothing else tells apart: one question for many drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from gongkai.records.models import Record

# More records of these names than this, and each draft asks for itself.
MOST = 500
COLUMNS = ("document_number", "created_on", "first_published_on")


class _Other(NamedTuple):
    """What of another record is needed."""

    id: int
    title: str
    document_number: str
    created_on: date | None
    first_published_on: date | None
    index_number: str


def possible_repeats(records: Sequence[Record]) -> dict[int, str]:
    """For each record that may repeat an earlier one, the sentence that says which."""
    if not records:
        return {}
    names = {record.title for record in records}
    rows = Record.objects.filter(body_id=records[0].body_id, title__in=names).order_by("id")
    others = [_Other(*row) for row in rows.values_list(*_Other._fields)[:MOST]]
    found: dict[int, str] = {}
    for record in records:
        other = _among(record, others) if len(others) < MOST else _asked(record)
        if other is not None:
            which = other.index_number or other.document_number
            which = which or f"{other.created_on or '无日期'}"
            found[record.pk] = (
                f"与已登记的《{other.title[:60]}》（{which}）同名，请核对是否重复录入。"
            )
    return found


def _among(record: Record, others: Sequence[_Other]) -> _Other | None:
    for other in others:
        if other.id < record.pk and other.title == record.title and not _apart(record, other):
            return other
    return None


def _apart(record: Record, other: _Other) -> bool:
    """Whether a number or a day that both have differs."""
    pairs = [(getattr(record, name), getattr(other, name)) for name in COLUMNS]
    return any(mine and its and mine != its for mine, its in pairs)


def _asked(record: Record) -> _Other | None:
    same = Record.objects.filter(body=record.body_id, title=record.title, pk__lt=record.pk)
    for name in COLUMNS:
        mine = getattr(record, name)
        if mine:
            empty = Q(**{name: ""}) if name == "document_number" else Q(**{f"{name}__isnull": True})
            same = same.filter(Q(**{name: mine}) | empty)
    row = same.order_by("id").values_list(*_Other._fields).first()
    return _Other(*row) if row else None
