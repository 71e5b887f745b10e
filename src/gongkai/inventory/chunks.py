"""Many papers and rows read and scanned at once: the pure function that the bulk engines carry.

It runs in worker processes without settings and without a database; what it needs stands in its
options. The worker is itself the child process with limits: an extractor that breaks on a file
breaks the worker, and the engine finds the file. The desk reads a few rows by the same code, its
files in a child process each.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

from gongkai.inventory import reading, site
from gongkai.inventory.listing import LIST_PAGE
from gongkai.inventory.paper import Paper, digest_of, plain_paper
from gongkai.inventory.typed import typed
from gongkai.inventory.unseen import hidden_findings
from gongkai.kit.refusal import Refusal
from gongkai.kit.suffixes import unreadable
from gongkai.ports import Extracted, ExtractionError, Extractor, Json, Known, Scanner, WordList
from gongkai.text.foreign_names import NOBODY, Own
from gongkai.text.mapping import SourceMapping, read_mapping

FUNCTION = "gongkai.inventory.chunks.read_chunk"
# Refusals that a run counts apart, by their code.
CAUSES = {LIST_PAGE: "list_page"}
# The texts of a record that scanners look at; "text" is its body.
SCANNED = ("title", "document_number", "abstract", "responsible_unit", "keywords", "text")


@dataclass(frozen=True, slots=True)
class How:
    """What reading needs besides the item: `unit` stands where a paper names no department."""

    extract: Callable[[Path, str], Extracted]
    scanners: Sequence[Scanner]
    known: Known
    mappings: Mapping[str, SourceMapping] = field(default_factory=dict)
    unit: str = ""
    own: Own = NOBODY


def read_chunk(items: Sequence[Json], options: Mapping[str, Any]) -> list[Json]:
    """One result for each item: a file `{"path": …, "name": …}`, a row `{"raw": {…}, "name": …}`.

    `options`: `extractors` and `scanners` as lists of `[dotted path, options]`; may have `own`
    (`Own` as plain values), `lists` (word lists too), `hosts`, `mappings` (name to data; an item
    names its own) and `unit`. A result has `refusal`
    (a sentence), or `paper` (`paper.plain_paper`), `texts` (the digest of the texts that were
    scanned) and `findings` (`Finding.as_dict` with `scanner`, places in their field); of a page
    also `address` and `links`. A refusal may have a `cause` (`models.Cause`)
    and the `title` of what is refused.
    """
    readers = _readers(_frozen(options["extractors"]))
    own = Own(**options.get("own", {}))
    how = How(
        extract=lambda path, name: _extracted(path, name, readers),
        scanners=_scanners(_frozen(options["scanners"])),
        known=Known(
            place=own.place or None,
            hosts=tuple(options.get("hosts", ())),
            lists=_lists(options.get("lists", ())),
        ),
        mappings={name: read_mapping(data) for name, data in options.get("mappings", {}).items()},
        unit=str(options.get("unit", "")),
        own=own,
    )
    return [read_item(item, how) for item in items]


def read_item(item: Json, how: How) -> Json:
    """One item; what is wrong with the file itself is a refusal, never an error."""
    assert isinstance(item, dict)
    name = str(item["name"])
    digest, title, of_page = "", "", dict[str, Any]()
    mapping = how.mappings.get(str(item.get("mapping", "")))
    try:
        if "raw" in item:
            row: Any = item["raw"]
            read = reading.row_paper(name, row, mapping, own=how.own)
        else:
            path = Path(str(item["path"]))
            digest = digest_of(path.read_bytes())
            found = how.extract(path, name)
            title = found.title
            read = reading.paper(found, mapping, own=how.own, name=name)
            read = _with_hidden(read, found, how)
            of_page = _of_page(name, found)
    except OSError:
        return {"sha256": "", "refusal": f"打不开“{name}”，请确认文件还在并且可以读取。"}
    except (ExtractionError, Refusal) as error:
        sentence = error.sentence if isinstance(error, Refusal) else str(error)
        cause = CAUSES.get(error.code, "") if isinstance(error, Refusal) else ""
        return {"sha256": digest, "refusal": sentence, "cause": cause, "title": title}
    texts = _texts(read, how.unit)
    return {
        "sha256": digest,
        "paper": plain_paper(read),
        "texts": digest_of_texts(texts),
        "findings": _scanned(texts, how),
        **of_page,
    }


def _of_page(name: str, found: Extracted) -> dict[str, Any]:
    """Of a page its old address, and the files it links to (`site.Linked` as lists)."""
    if site.suffix_of(name) not in site.PAGES:
        return {}
    links = [list(astuple(one)) for one in site.files_of(name, found.links, found.meta)]
    return {"address": site.address_of(name, found.meta), "links": links}


def _with_hidden(read: Paper, found: Extracted, how: How) -> Paper:
    """With what the scanners say of that which readers of the file do not see, if there is any."""
    if not found.concealed and not found.hidden:
        return read
    more = hidden_findings(
        found,
        lambda texts: (f for scanner in how.scanners for f in scanner.scan(texts, known=how.known)),
    )
    return replace(read, findings=(*read.findings, *more)) if more else read


def _texts(read: Paper, unit: str) -> dict[str, str]:
    """The texts as a draft made of this paper will hold them."""
    values = typed(read, carried_from="").values
    texts = {name: str(values.get(name, "") or "") for name in SCANNED}
    texts["responsible_unit"] = texts["responsible_unit"] or unit
    return {name: text for name, text in texts.items() if text}


def digest_of_texts(texts: Mapping[str, str]) -> str:
    """Tells whether a record holds the texts that were scanned."""
    return sha256(json.dumps(dict(texts), sort_keys=True).encode()).hexdigest()


def _scanned(texts: Mapping[str, str], how: How) -> list[Json]:
    """What the scanners say. The damage scanner is left out: reading has looked already."""
    found: list[Json] = []
    for scanner in how.scanners:
        if scanner.name != "damage":
            for finding in scanner.scan(texts, known=how.known):
                plain: dict[str, Any] = finding.as_dict()
                found.append({**plain, "scanner": scanner.name})
    return found


def _extracted(path: Path, name: str, readers: Mapping[str, Extractor]) -> Extracted:
    """Read the file under its own name: kept files are named by their digest."""
    suffix = PurePosixPath(name).suffix.lower()
    reader = readers.get(suffix)
    if reader is None:
        raise ExtractionError(unreadable(name, readers))
    own = PurePosixPath(name).name
    if path.name == own:
        return reader.extract(path)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        named = Path(folder) / own.encode()[-200:].decode(errors="ignore")
        named.symlink_to(path.resolve())
        return reader.extract(named)


def _lists(given: Sequence[Mapping[str, Any]]) -> tuple[WordList, ...]:
    return tuple(WordList(**{**one, "words": tuple(one["words"])}) for one in given)


def _frozen(named: Sequence[Sequence[Any]]) -> tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]:
    """Hashable, so that what is made of it is kept; `{"hosts": ["example.com"]}` too."""
    return tuple(
        (path, tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(given.items())))
        for path, given in named
    )


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
