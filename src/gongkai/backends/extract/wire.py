"""What was extracted, as JSON between the child and its parent."""

from collections.abc import Mapping
from typing import Any

from gongkai.ports import Concealed, Extracted, Table
from gongkai.text.links import Link


def to_wire(found: Extracted) -> dict[str, Any]:
    """Plain values."""
    return {
        "text": found.text,
        "title": found.title,
        "hidden": found.hidden,
        "header": dict(found.header),
        "meta": dict(found.meta),
        "tables": [
            {"name": t.name, "columns": list(t.columns), "rows": [dict(row) for row in t.rows]}
            for t in found.tables
        ],
        "grids": [[list(row) for row in grid] for grid in found.grids],
        "warnings": list(found.warnings),
        "concealed": [[item.kind, item.where, item.text] for item in found.concealed],
        "unread": list(found.unread),
        "links": [[link.href, link.words, link.where, link.is_picture] for link in found.links],
    }


def from_wire(said: Mapping[str, Any]) -> Extracted:
    """The other way."""
    tables = tuple(
        Table(name=t["name"], columns=tuple(t["columns"]), rows=tuple(t["rows"]))
        for t in said["tables"]
    )
    return Extracted(
        text=said["text"],
        title=said["title"],
        hidden=said["hidden"],
        header=said["header"],
        meta=said["meta"],
        tables=tables,
        grids=tuple(tuple(tuple(row) for row in grid) for grid in said["grids"]),
        warnings=tuple(said["warnings"]),
        concealed=tuple(Concealed(*item) for item in said["concealed"]),
        unread=tuple(said["unread"]),
        links=tuple(Link(*link) for link in said["links"]),
    )
