"""Mappings by name: what was saved in the database counts before what ships with the program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import DatabaseError

from gongkai.inventory.models import SourceMapping as Saved
from gongkai.kit.refusal import Refusal
from gongkai.text.mapping import MappingError, SourceMapping, read_mapping

# Chosen instead of a mapping: the file's own Chinese labels. No name can be this.
OWN_LABELS = "-"
FOLDER = Path(__file__).resolve().parent / "mappings"


@dataclass(frozen=True, slots=True)
class Listed:
    """One mapping that can be chosen; `is_saved` when the database holds it."""

    name: str
    label: str
    is_saved: bool


@cache
def shipped() -> Mapping[str, Mapping[str, object]]:
    """Name → content of every mapping that ships, read once."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.json"))
    }


def listed() -> list[Listed]:
    """All mappings by name, for choosing."""
    saved = {row.name: Listed(row.name, row.label, True) for row in Saved.objects.all()}
    built_in = {
        name: Listed(name, str(content.get("source", "")), False)
        for name, content in shipped().items()
    }
    return [mapping for _, mapping in sorted({**built_in, **saved}.items())]


def names() -> list[str]:
    """The names of all mappings; before there is a database, of those that ship."""
    try:
        return [mapping.name for mapping in listed()]
    except DatabaseError:
        return list(shipped())


def content(name: str) -> Mapping[str, object]:
    """The data of a mapping as it would be edited."""
    row = Saved.objects.filter(name=name).first()
    if row is not None:
        kept: Mapping[str, object] = row.content
        return kept
    return built_in(name)


def built_in(name: str) -> Mapping[str, object]:
    """The data of a mapping that ships; `Refusal` names those there are. Reads no database."""
    found = shipped().get(name)
    if found is None:
        known = "、".join(shipped()) or "还没有"
        raise Refusal(
            "mapping.unknown",
            f"没有名为“{name}”的字段对照，内置的有：{known}。请核对名称，或先保存一个。",
            fields={"mapping": "请选择已有的字段对照。"},
        )
    return found


def built_in_or_saved(name: str) -> Mapping[str, object]:
    """Like `content`, also before there is a database: then only what ships is known."""
    try:
        return content(name)
    except DatabaseError:
        return built_in(name)


def named(name: str) -> SourceMapping | None:
    """The mapping of this name, checked; None for no name and for the file's own labels."""
    return check(content(name)) if name and name != OWN_LABELS else None


def check(data: Mapping[str, object]) -> SourceMapping:
    """Read a mapping; a fault in it is a `Refusal` that names the entry."""
    try:
        return read_mapping(data)
    except (MappingError, TypeError, AttributeError) as error:
        sentence = str(error) if isinstance(error, MappingError) else "字段对照应是 JSON 对象。"
        raise Refusal("mapping.not_valid", sentence, fields={"content": sentence}) from error
