"""A mapping proposed for a table nobody has met: by what its fields are called and hold.

A proposal is for a person to correct and save; nothing is read by it before that. What a field
holds counts more than its name: a date that is no date is not proposed, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.inventory import reading
from gongkai.inventory.field_names import field_called
from gongkai.inventory.labels import DATES, FIELD_LABELS
from gongkai.inventory.typed import ATTRIBUTES
from gongkai.kit.refusal import Refusal
from gongkai.law import document_number, index_number
from gongkai.law import validity as law_validity
from gongkai.ports import Extracted, Table
from gongkai.text.date_units import unit_of
from gongkai.text.mapping import leaves, plain_path

LOOKED_AT = 50
MOST_PATHS = 300
ALIKE = 0.5
MOSTLY = 0.7
BY_NAME, BY_CONTENT, BY_BOTH = 4, 6, 10
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FILES = re.compile(r"\S*\.(?:docx?|pdf|xlsx?|wps|ofd|rar|zip|et)(?:[;；,，|\s]|$)", re.IGNORECASE)
_TITLE = re.compile(
    r"关于.+|.+(?:通知|意见|办法|方案|公告|通告|决定|批复|规定|细则|函|报告|规划|计划|总结|解读)"
)
_PUBLISHED = re.compile(r"pub|release|发布|公开|fb", re.IGNORECASE)
_OF_MACHINES = re.compile(
    r"updat|modif|creat|cr_?time|index|visib|first|sys|warehouse|input|post|save|edit|load|reltime"
    r"|stamp|更新|修改|入库|录入",
    re.IGNORECASE,
)
_IN_CHINESE = ("theme", "genre", "responsible_unit", "section", "made_by", "class_name")
_SINGLE = ("title", "document_number", "index_number", "url")
"""Hardly two rows have the same."""
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class Source:
    """A field of the source: values of the rows looked at, the way its days are written."""

    path: str
    values: list[str] = field(default_factory=list)

    @property
    def unit(self) -> str:
        """How its days are written; nothing where it holds none, or in one of two ways."""
        return unit_of(self.values)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping as data, and for each path why it was taken."""

    content: Mapping[str, Any]
    reasons: Mapping[str, str]


def sources_of(tables: Sequence[Table]) -> list[Source]:
    """The fields of these tables in their order, by plain paths."""
    found: dict[str, Source] = {}
    rows = (row for table in tables for row in table.rows[:LOOKED_AT])
    for row in rows:
        if reading.is_header(row):
            continue
        for path, value in leaves(row):
            plain = plain_path(path)
            if plain in found or len(found) < MOST_PATHS:
                found.setdefault(plain, Source(plain)).values.append(value)
    return list(found.values())


def propose(found: Extracted, label: str = "") -> Proposal | None:
    """For the largest table and those like it; None when not even a title can be guessed."""
    alike = like_largest(found.tables)
    sources = sources_of(alike)
    scores = sorted(
        ((score, -place, name, why) for place, one in enumerate(sources)
         for name, score, why in _candidates(one)),
        key=lambda one: one[:2],
        reverse=True,
    )  # fmt: skip
    fields: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    for _, place, name, why in scores:
        source = sources[-place]
        if name in fields or source.path in reasons:
            continue
        reasons[source.path] = why
        unit = source.unit if name in DATES else ""
        fields[name] = {"path": [source.path], "date": unit} if unit else [source.path]
    if "title" not in fields:
        return None
    content: dict[str, Any] = {"source": label, "fields": fields}
    if len(alike) < len(found.tables):
        content["tables"] = [table.name for table in alike]
    return Proposal(content, reasons)


def like_largest(tables: Sequence[Table]) -> list[Table]:
    """The table with most rows, and those that have about the same columns."""
    if not tables:
        return []
    largest = max(tables, key=lambda table: len(table.rows))
    columns = set(largest.columns)
    return [
        table
        for table in tables
        if len(columns & set(table.columns)) >= ALIKE * len(columns | set(table.columns))
    ]


def _candidates(source: Source) -> Iterator[tuple[str, float, str]]:
    """What it may be, how sure, and why."""
    called = field_called(source.path)
    held = {name: share for name, share in _held(source) if share >= MOSTLY}
    if called and called in held:
        yield called, BY_BOTH + held[called], f"名称和内容都像{FIELD_LABELS[called]}"
    elif called and called not in DATES and _may_hold(called, source):
        yield called, BY_NAME, f"名称像{FIELD_LABELS[called]}"
    for name, share in held.items():
        if name == called or (name in DATES and (called or name != _date_field(source.path))):
            continue
        # A name we know that says something else is believed before the look of its content.
        sure = BY_CONTENT if not called or called in _CHECKS else 1
        yield name, sure + share, f"内容像{FIELD_LABELS[name]}"


def _may_hold(name: str, source: Source) -> bool:
    """Words where words are wanted; what has a form of its own is known by that."""
    if name in _CHECKS:
        return name in ("title", "text")
    words = sum(bool(_HAN.search(value)) for value in source.values)
    return name not in _IN_CHINESE or 2 * words >= len(source.values)


def _date_field(path: str) -> str:
    """What days under a name we do not know may be; of a machine's own doings nothing."""
    if _OF_MACHINES.search(path):
        return ""
    return "published_on" if _PUBLISHED.search(path) else "created_on"


def _held(source: Source) -> Iterator[tuple[str, float]]:
    """Fields of ours by the share of values that could be theirs."""
    if source.unit:
        yield from ((name, 1.0) for name in DATES)
        return
    distinct = len(set(source.values))
    for name, check in _CHECKS.items():
        if name in _SINGLE and 2 * distinct < len(source.values):
            continue
        yield name, sum(map(check, source.values)) / max(len(source.values), 1)


def _is_number(value: str) -> bool:
    if not 4 <= len(value) <= 40 or _ADDRESS.match(value):
        return False
    try:
        number = document_number.parse(value)
    except Refusal:
        return False
    return bool(number.word) and not number.lead and bool(_HAN.search(value))


def _is_index(value: str) -> bool:
    return 8 <= len(value) <= 60 and index_number.parse(value).grammar != "opaque"


def _is_title(value: str) -> bool:
    return 6 <= len(value) <= 150 and "\n" not in value and bool(_TITLE.fullmatch(value))


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "title": _is_title,
    "document_number": _is_number,
    "index_number": _is_index,
    "validity": lambda value: law_validity.read(value) is not None,
    "attribute": lambda value: value in ATTRIBUTES,
    "attachments": lambda value: bool(_FILES.search(value)),
    "url": lambda value: bool(_ADDRESS.fullmatch(value)) and not _FILES.search(value),
    "text": lambda value: len(value) > 150,
}
"""Fields that can be told by what stands in them."""
