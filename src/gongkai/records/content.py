"""The canonical content of a version and its digest: what a review judged, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date

from gongkai.records.models import HEADER_FIELDS, Header


def header_of(row: Header) -> dict[str, object]:
    """The header's values, dates as ISO strings."""
    values: dict[str, object] = {}
    for name in HEADER_FIELDS:
        value = getattr(row, name)
        values[name] = value.isoformat() if isinstance(value, date) else value
    return values


def digest(
    header: Mapping[str, object], text: str, files: Iterable[tuple[str, str]], place: str
) -> str:
    """SHA-256 (hex) over canonical JSON of header, text, (name, sha256) of files, and place.

    `place` names class and column, so a reviewed paper cannot be moved to another class unseen.
    """
    content = {"header": dict(header), "text": text, "files": sorted(files), "place": place}
    raw = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()
