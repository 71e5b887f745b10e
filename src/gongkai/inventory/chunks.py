"""Many papers read and scanned at once: the pure function that the bulk engines carry.

It runs in worker processes without settings and without a database; what it needs stands in its
options. The worker is itself the child process with limits: an extractor that breaks on a file
breaks the worker, and the engine finds the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from gongkai.inventory.paper import Paper, digest_of, rebased
from gongkai.inventory.reading import paper
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted, ExtractionError, Extractor, Json, Known, Scanner
from gongkai.text.finding import Finding

FUNCTION = "gongkai.inventory.chunks.read_chunk"


def read_chunk(items: Sequence[Json], options: Mapping[str, Any]) -> list[Json]:
    """One result for each item `{"path": …, "name": …}`.

    `options`: `extractors` and `scanners` as lists of `[dotted path, options]`, `place`.
    A result has `sha256` and either `refusal` (a sentence) or `fields` and `findings`, the
    findings as `Finding.as_dict` with places in their field.
    """
    readers = _readers(_frozen(options["extractors"]))
    scanners = _scanners(_frozen(options["scanners"]))
    known = Known(place=options.get("place") or None)
    return [_read(item, readers, scanners, known) for item in items]


def _read(
    item: Json, readers: Mapping[str, Extractor], scanners: Sequence[Scanner], known: Known
) -> Json:
    assert isinstance(item, dict)
    path, name = Path(str(item["path"])), str(item["name"])
    try:
        content = path.read_bytes()
    except OSError:
        return {"sha256": "", "refusal": f"打不开“{name}”，请确认文件还在并且可以读取。"}
    digest = digest_of(content)
    try:
        found = _extracted(path, name, readers)
        read = paper(found, None, place=known.place or "")
    except (ExtractionError, Refusal) as error:
        sentence = error.sentence if isinstance(error, Refusal) else str(error)
        return {"sha256": digest, "refusal": sentence}
    findings = [*rebased(read, read.fields), *_scanned(read, found, scanners, known)]
    fields: dict[str, Json] = dict(read.fields)
    return {
        "sha256": digest,
        "fields": fields,
        "findings": [_plain(finding) for finding in findings],
    }


def _extracted(path: Path, name: str, readers: Mapping[str, Extractor]) -> Extracted:
    reader = readers.get(Path(name).suffix.lower())
    if reader is None:
        known = "、".join(sorted(readers))
        raise ExtractionError(f"不能读取“{name}”: 请换成这些格式之一: {known}。")
    return reader.extract(path)


def _scanned(
    read: Paper, found: Extracted, scanners: Sequence[Scanner], known: Known
) -> list[Finding]:
    """What the scanners say of the fields, and of what readers do not see.

    The damage scanner is left out: reading has looked for damage already.
    """
    # What stands around the paper on its page does not come in with it.
    unseen = found.unseen(without=("source",))
    texts = {**read.fields, **({"hidden": unseen} if unseen else {})}
    return [
        finding
        for scanner in scanners
        if scanner.name != "damage"
        for finding in scanner.scan(texts, known=known)
    ]


def _plain(finding: Finding) -> Json:
    plain: dict[str, Any] = finding.as_dict()
    return plain


def _frozen(named: Sequence[Sequence[Any]]) -> tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]:
    return tuple((path, tuple(sorted(options.items()))) for path, options in named)


@lru_cache(maxsize=4)
def _readers(named: tuple[tuple[str, Any], ...]) -> Mapping[str, Extractor]:
    found: dict[str, Extractor] = {}
    for reader in map(_made, named):
        for suffix in reader.suffixes:
            found.setdefault(suffix, reader)
    return found


@lru_cache(maxsize=4)
def _scanners(named: tuple[tuple[str, Any], ...]) -> tuple[Scanner, ...]:
    return tuple(map(_made, named))


def _made(named: tuple[str, Any]) -> Any:
    path, options = named
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)(**dict(options))
