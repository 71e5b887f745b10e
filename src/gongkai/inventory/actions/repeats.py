"""Records of one name that nothing else tells apart: a question or two for many drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.records.models import Record

# So many records of the names are looked at; of a name that more bear, so many of the latest.
MOST = 500


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
    named = _named(records[0].body_id, {record.title for record in records})
    found: dict[int, str] = {}
    for record in records:
        other = _among(record, named.get(record.title, ()))
        if other is not None:
            which = other.index_number or other.document_number
            which = which or f"{other.created_on or '无日期'}"
            found[record.pk] = (
                f"与已登记的《{other.title[:60]}》（{which}）同名，请核对是否重复录入。"
            )
    return found


def _named(body_id: int, names: set[str]) -> dict[str, list[_Other]]:
    """Records of the body by name, the earliest first, however many there are: never very many."""
    crowded: set[str] = set()
    while len(others := _others(body_id, names - crowded)) > MOST:
        crowded.add(Counter(other.title for other in others).most_common(1)[0][0])
    for name in crowded:
        others += _others(body_id, [name])[:MOST]
    found: dict[str, list[_Other]] = {}
    for other in sorted(others):
        found.setdefault(other.title, []).append(other)
    return found


def _others(body_id: int, names: Iterable[str]) -> list[_Other]:
    """One more than `MOST` at most; of a single name the latest."""
    asked = list(names)
    rows = Record.objects.filter(body_id=body_id, title__in=asked)
    rows = rows.order_by("-id") if len(asked) == 1 else rows.order_by()
    return [_Other(*row) for row in rows.values_list(*_Other._fields)[: MOST + 1]] if asked else []


def _among(record: Record, others: Sequence[_Other]) -> _Other | None:
    """The first of the others before this one that no number and no day tells apart."""
    number, made = record.document_number, record.created_on
    shown, pk = record.first_published_on, record.pk
    for other in others:
        if (
            other.id < pk
            and not (number and other.document_number and number != other.document_number)
            and not (made and other.created_on and made != other.created_on)
            and not (shown and other.first_published_on and shown != other.first_published_on)
        ):
            return other
    return None
