"""The embedded search index: Tantivy over the tokens of ``gongkai.text.tokens``.

Tokens are joined by blanks and cut at them again, so the analysis is ours alone. The journal
position is a document of its own in the same commit. Each document's source is stored with it:
a purge writes the whole index anew without those that go, because a deletion alone leaves their
words in the files. Searching reads the files of the last commit; it never waits for the writer.
"""

import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import tantivy

from gongkai.backends.search.generations import Generations
from gongkai.backends.search.tantivy_query import build, label_field
from gongkai.ports import FACETS, SearchAnswer, SearchDocument, SearchQuestion
from gongkai.text.normalise import VERSION as ANALYSIS
from gongkai.text.tokens import tokens

SCHEMA_VERSION: Final = 1
LARGEST_ID: Final = 2**40 - 1
MOST_PER_PAGE: Final = 200
DEEPEST: Final = 100_000
"""Hits past this are counted, never listed: nobody reads them, and listing costs memory."""
MOST_VALUES: Final = 1_000
_CHUNK: Final = 2_000
_TRIES: Final = 5
"""A reader may find its folder gone because a new one was switched to: it looks again."""


@dataclass(slots=True)
class _Reader:
    """An open index and the moment of the commit it shows."""

    folder: Path
    index: Any
    seen: tuple[int, int]


class TantivyBackend:
    """See ``gongkai.ports.SearchBackend``; ``folder`` is made when first written to."""

    def __init__(self, folder: Path | str, *, memory_mb: int = 64) -> None:
        self._places = Generations(Path(folder), f"t{SCHEMA_VERSION}a{ANALYSIS}")
        self._memory = memory_mb * 2**20
        self._schema = _schema()
        self._reader: _Reader | None = None
        self._lock = threading.Lock()

    def index(self, documents: Iterable[SearchDocument], position: int) -> None:
        """One commit."""
        with self._places.writing():
            self._write(self._folder(), position, put=documents)

    def remove(self, ids: Iterable[int], position: int) -> None:
        """One commit; the words stay in the files until they are merged or purged."""
        with self._places.writing():
            self._write(self._folder(), position, gone=ids)

    def purge(self, ids: Iterable[int], position: int) -> None:
        """Hidden at once, then written anew without them; the position moves only at the end.

        After a crash in between the caller still has the old position and purges again.
        """
        gone = tuple(ids)
        with self._places.writing():
            before = self.position()
            self._write(self._folder(), before, gone=gone)
            fresh = self._places.new()
            self._write(fresh, before, put=self._sources())
            self._places.switch(fresh)
            self._write(fresh, position)

    def rebuild(self, documents: Iterable[SearchDocument], position: int) -> int:
        """Into a new folder, then switched to."""
        with self._places.writing():
            fresh = self._places.new()
            count = self._write(fresh, position, put=documents)
            self._places.switch(fresh)
        return count

    def position(self) -> int:
        """From the last commit."""
        searcher = self._searcher()
        if searcher is None:
            return 0
        hits = searcher.search(self._term("kind", "position"), limit=1).hits
        values = searcher.fast_field_values("position", [address for _, address in hits])
        return int(values[0] or 0) if values else 0

    def query(self, question: SearchQuestion) -> SearchAnswer:
        """Unknown facet names are a ``ValueError``."""
        facets = [name for name in question.facets if _known(name)]
        for name in question.labels:
            _known(name)
        searcher = self._searcher()
        query = build(self._schema, question) if searcher is not None else None
        if searcher is None or query is None:
            return SearchAnswer(ids=(), total=0, facets={name: {} for name in facets})
        ids, total = _page(searcher, query, question)
        return SearchAnswer(ids=ids, total=total, facets=_counts(searcher, query, facets))

    def _folder(self) -> Path:
        """The folder to write to; a first one is made and switched to."""
        folder = self._places.current()
        if folder is None or not (folder / "meta.json").exists():
            folder = self._places.new()
            self._write(folder, 0)
            self._places.switch(folder)
        return folder

    def _write(
        self,
        folder: Path,
        position: int,
        *,
        put: Iterable[SearchDocument] = (),
        gone: Iterable[int] = (),
    ) -> int:
        """One commit in one folder; nothing of it is there if anything fails."""
        index = tantivy.Index(self._schema, path=str(folder))
        index.config_reader(reload_policy="manual")  # else a thread goes on watching the folder
        writer = index.writer(self._memory, 1)
        count = 0
        try:
            for number in gone:
                writer.delete_documents_by_query(self._term("id", number))
            for document in put:
                writer.delete_documents_by_query(self._term("id", _checked(document).id))
                writer.add_document(self._made(_fields(document)))
                count += 1
            writer.delete_documents_by_query(self._term("kind", "position"))
            writer.add_document(self._made({"kind": "position", "position": position}))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()  # also gives the lock of the folder back
        return count

    def _term(self, field: str, value: str | int) -> Any:
        return tantivy.Query.term_query(self._schema, field, value)

    def _made(self, fields: dict[str, Any]) -> Any:
        return tantivy.Document.from_dict(fields, self._schema)

    def _sources(self) -> Iterator[SearchDocument]:
        """Every document as it was given, by rising id."""
        searcher = self._searcher()
        last = 0
        while searcher is not None:
            query = tantivy.Query.range_query(
                self._schema, "id", tantivy.FieldType.Unsigned, lower_bound=last + 1
            )
            hits = searcher.search(
                query, limit=_CHUNK, count=False, order_by_field="id", order=tantivy.Order.Asc
            ).hits
            for number, address in hits:
                last = int(number)
                yield _restored(searcher.doc(address).get_first("source"))
            if len(hits) < _CHUNK:
                return

    def _searcher(self) -> Any:
        """Of the last commit; ``None`` when there is no readable index."""
        for _ in range(_TRIES):
            folder = self._places.current()
            if folder is None:
                return None
            with self._lock:
                try:
                    return self._read(folder).index.searcher()
                except (OSError, ValueError):
                    self._reader = None
        return None  # damaged: the next catch-up makes it anew

    def _read(self, folder: Path) -> _Reader:
        status = (folder / "meta.json").stat()
        seen = (status.st_mtime_ns, status.st_ino)
        reader = self._reader
        if reader is None or reader.folder != folder:
            index = tantivy.Index.open(str(folder))
            index.config_reader(reload_policy="manual")
            reader = self._reader = _Reader(folder, index, (0, 0))
        if reader.seen != seen:
            reader.index.reload()
            reader.seen = seen
        return reader


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("title", "text", "numbers"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(
            label_field(name), tokenizer_name="raw", index_option="basic", fast=True
        )
    for name in ("id", "day", "rank", "position"):
        builder.add_unsigned_field(name, indexed=name in ("id", "day"), fast=True)
    builder.add_bytes_field("source", stored=True, indexed=False)
    return builder.build()


def _known(name: str) -> str:
    if name not in FACETS:
        raise ValueError(f"没有“{name}”这个筛选项，可用的有: {'、'.join(FACETS)}。")
    return name


def _checked(document: SearchDocument) -> SearchDocument:
    if not 0 < document.id <= LARGEST_ID:
        raise ValueError(f"检索编号{document.id}应在1与{LARGEST_ID}之间。")
    for name in document.labels:
        _known(name)
    return document


def _fields(document: SearchDocument) -> dict[str, Any]:
    day = document.dated_on.toordinal() if document.dated_on else 0
    fields: dict[str, Any] = {
        "kind": "document",
        "id": document.id,
        "title": " ".join(tokens(document.title)),
        "text": " ".join(tokens(document.text)),
        "numbers": [" ".join(tokens(number)) for number in document.numbers],
        "day": day,
        "rank": day << 40 | document.id,
        "source": _source(document),
    }
    for name, values in document.labels.items():
        fields[label_field(name)] = list(values)
    return fields


def _source(document: SearchDocument) -> bytes:
    kept = {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "numbers": list(document.numbers),
        "dated_on": document.dated_on.isoformat() if document.dated_on else None,
        "labels": {name: list(values) for name, values in document.labels.items()},
    }
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _restored(source: bytes) -> SearchDocument:
    kept = json.loads(bytes(source).decode("utf-8", "surrogatepass"))
    day = kept.pop("dated_on")
    kept["numbers"] = tuple(kept["numbers"])
    return SearchDocument(**kept, dated_on=date.fromisoformat(day) if day else None)


def _page(searcher: Any, query: Any, question: SearchQuestion) -> tuple[tuple[int, ...], int]:
    size = min(max(question.page_size, 1), MOST_PER_PAGE)
    offset = (max(question.page, 1) - 1) * size
    listed = offset + size <= DEEPEST
    order = tantivy.Order.Asc if question.sort == "oldest" else tantivy.Order.Desc
    found = searcher.search(
        query,
        limit=size if listed else 1,
        offset=offset if listed else 0,
        count=True,
        order_by_field=None if question.sort == "relevance" else "rank",
        order=order,
    )
    addresses = [address for _, address in found.hits] if listed else []
    ids = searcher.fast_field_values("id", addresses) if addresses else []
    return tuple(int(number) for number in ids), int(found.count)


def _counts(searcher: Any, query: Any, facets: list[str]) -> dict[str, dict[str, int]]:
    if not facets:
        return {}
    wanted = {name: {"terms": {"field": label_field(name), "size": MOST_VALUES}} for name in facets}
    said = searcher.aggregate(query, wanted)
    return {
        name: {str(b["key"]): int(b["doc_count"]) for b in said[name]["buckets"]} for name in facets
    }
