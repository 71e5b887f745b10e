"""What the readers of a run's rows are given; and a few rows read right here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gongkai import plug
from gongkai.inventory import chunks, reading, sources
from gongkai.inventory.models import InventoryItem, InventoryRun
from gongkai.orgs.models import Body
from gongkai.ports import Extracted, Json
from gongkai.records import store
from gongkai.review.queries import known_of
from gongkai.text.foreign_names import Own


def options_of(run: InventoryRun) -> dict[str, Any]:
    """What `chunks.read_chunk` needs to read rows of this run."""
    known = known_of(run.body)
    return {
        "extractors": [list(one) for one in plug.extractor_names()],
        "scanners": [list(one) for one in plug.scanner_names()],
        "own": asdict(own_of(run.body)),
        "hosts": list(known.hosts),
        "lists": [asdict(one) for one in known.lists],
        "mappings": {name: dict(sources.content(name)) for name in _mapping_names(run)},
        "unit": run.section.name if run.section else "",
    }


def item_of(item: InventoryItem) -> Json:
    """The row as `read_chunk` takes it; its file and run must have been fetched with it."""
    plain: dict[str, Json] = {"id": item.pk, "name": item.file.name, "mapping": _mapping_of(item)}
    if item.row:
        return {**plain, "raw": item.raw}
    return {**plain, "path": str(store.path_of(item.file.file.sha256).resolve())}


def _mapping_of(item: InventoryItem) -> str:
    """That of its file, else of the run; nothing where the file's own labels are read."""
    name = item.file.mapping or item.run.mapping
    return "" if name == sources.OWN_LABELS else name


def _mapping_names(run: InventoryRun) -> set[str]:
    chosen = run.files.exclude(mapping="").order_by().values_list("mapping", flat=True).distinct()
    return {run.mapping, *chosen} - {"", sources.OWN_LABELS}


def how_of(run: InventoryRun) -> chunks.How:
    """How rows of this run are read in this process, each file in a child process with limits."""
    return chunks.How(
        extract=_extract,
        scanners=plug.scanners(),
        known=known_of(run.body),
        mappings={name: sources.check(sources.content(name)) for name in _mapping_names(run)},
        unit=run.section.name if run.section else "",
        own=own_of(run.body),
    )


def read_here(item: InventoryItem, how: chunks.How) -> Mapping[str, Any]:
    """One row read in this process."""
    found = chunks.read_item(item_of(item), how)
    assert isinstance(found, dict)
    return found


def own_of(body: Body) -> Own:
    """What the body is known by: its place, its name and what its numbers begin with."""
    profile = body.profile if isinstance(body.profile, dict) else {}
    numbers = profile.get("index_number")
    pattern = str(numbers.get("pattern", "")) if isinstance(numbers, dict) else ""
    head, slash, _ = pattern.partition("{")[0].rpartition("/")
    word = str(profile.get("letter_word", "") or "")
    return Own(body.place_name, body.name, head + slash, word)


def _extract(path: Path, name: str) -> Extracted:
    return reading.extracted(name, path.read_bytes())
