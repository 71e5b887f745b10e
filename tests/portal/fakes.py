"""A search index in memory that keeps its word, and a scanner that finds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from gongkai.ports import NOTHING_KNOWN, Known, SearchAnswer, SearchDocument, SearchQuestion
from gongkai.text.finding import Finding


class BlindScanner:
    """Sees nothing."""

    name = "blind"

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        return []


class MemoryIndex:
    """Finds by plain containment; remembers every call."""

    def __init__(self, folder: Path | None = None) -> None:
        self.documents: dict[int, SearchDocument] = {}
        self.at = 0
        self.calls: list[tuple[str, tuple[int, ...], int]] = []
        self.broken = False

    def index(self, documents: Iterable[SearchDocument], position: int) -> None:
        given = list(documents)
        self.documents.update({d.id: d for d in given})
        self._done("index", [d.id for d in given], position)

    def remove(self, ids: Iterable[int], position: int) -> None:
        gone = list(ids)
        for number in gone:
            self.documents.pop(number, None)
        self._done("remove", gone, position)

    def purge(self, ids: Iterable[int], position: int) -> None:
        gone = list(ids)
        for number in gone:
            self.documents.pop(number, None)
        self._done("purge", gone, position)

    def rebuild(self, documents: Iterable[SearchDocument], position: int) -> int:
        self.documents = {d.id: d for d in documents}
        self._done("rebuild", list(self.documents), position)
        return len(self.documents)

    def position(self) -> int:
        return self.at

    def query(self, question: SearchQuestion) -> SearchAnswer:
        if self.broken:
            raise RuntimeError("the index is gone")
        found = [d for d in self.documents.values() if _matches(d, question)]
        start = (question.page - 1) * question.page_size
        counts = {
            name: Counter(v for d in found for v in d.labels.get(name, ()))
            for name in question.facets
        }
        ids = tuple(d.id for d in found[start : start + question.page_size])
        return SearchAnswer(ids=ids, total=len(found), facets=counts)

    def _done(self, verb: str, ids: list[int], position: int) -> None:
        self.at = position
        self.calls.append((verb, tuple(ids), position))


def _matches(document: SearchDocument, question: SearchQuestion) -> bool:
    whole = f"{document.title}\n{document.text}\n{' '.join(document.numbers)}"
    return all(word in whole for word in question.words.split()) and all(
        set(values) & set(document.labels.get(name, ())) for name, values in question.labels.items()
    )
