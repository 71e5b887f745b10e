"""What may be plugged in: protocols over plain values.

A backend is a class named by its dotted path in the settings and made without arguments or with
the options written beside the path. MUST and MAY are meant as in RFC 2119; every backend of a
kind has to pass that kind's contract test.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal, Protocol, runtime_checkable

from gongkai.text.archives import Piece, Unpacked, UnpackLimits
from gongkai.text.finding import Finding, Severity
from gongkai.text.links import Link
from gongkai.text.redaction import Inspection, Look, Mark, Place, Redacted

FACETS: Final = (
    "body",
    "class",
    "legal_item",
    "section",
    "year",
    "genre",
    "validity",
    "column",
)
"""Names of the labels a document may carry, filter by and count by."""

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """What a search backend learns of one published record.

    ``id`` is positive and below 2**40. ``numbers`` are its index and document numbers. ``labels``
    maps names of ``FACETS`` to the values it is filtered and counted by (keys, not sentences).
    """

    id: int
    title: str
    text: str = ""
    numbers: tuple[str, ...] = ()
    dated_on: date | None = None
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuestion:
    """What a reader asks: words (blanks mean AND; empty means all), labels, dates, one page.

    ``labels``: each name has to match one of its values. ``dated_from`` is the first day,
    ``dated_until`` the first day no longer wanted. ``page`` counts from 1.
    """

    words: str = ""
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dated_from: date | None = None
    dated_until: date | None = None
    facets: Sequence[str] = ()
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """``ids`` of one page in order, the exact ``total`` and, for each facet asked, its counts."""

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


class SearchBackend(Protocol):
    """An index of published records. It is a cache: it may be deleted and rebuilt at any time.

    One process writes (the worker); many read. A backend MUST analyse with ``gongkai.text.tokens``
    and MUST NOT answer with a document that is not in it. Callers filter results once more by
    what may be seen.
    """

    def index(self, documents: Iterable[SearchDocument], position: int) -> None:
        """Put documents in, replacing those of the same id, and store the journal position.

        Both MUST become durable and visible in one commit: after a crash either all of the call
        is there with ``position``, or nothing of it.
        """

    def remove(self, ids: Iterable[int], position: int) -> None:
        """Take documents out, in one commit with the position. Unknown ids are no error."""

    def purge(self, ids: Iterable[int], position: int) -> None:
        """Like ``remove``, and when it returns no file of the index MUST hold any of their text.

        For withdrawals that must leave no trace. It may take long.
        """

    def query(self, question: SearchQuestion) -> SearchAnswer:
        """Answer with committed documents only. A page past the end MUST have no ids."""

    def position(self) -> int:
        """The journal position of the last commit; 0 for a new, foreign or outdated index."""

    def rebuild(self, documents: Iterable[SearchDocument], position: int) -> int:
        """Replace the whole index; readers MUST see the old one until the new one is complete.

        Returns the number of documents.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Words a body wants to be stopped at: names of people, words it keeps inside.

    ``key`` is different for every different content, so that what was built from it may be kept.
    ``sentence`` is what a reviewer reads beside each hit. Words of fewer than two characters
    MUST NOT be given.
    """

    key: str
    label: str
    words: tuple[str, ...]
    severity: Severity = "warning"
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the caller knows about the text: helps a scanner to propose, never to decide.

    ``place`` is the name a replaced one should be (门头沟区); ``hosts`` are the host names that
    may be linked to besides government ones; ``lists`` are the word lists the body keeps.
    """

    place: str | None = None
    hosts: tuple[str, ...] = ()
    lists: tuple[WordList, ...] = ()


NOTHING_KNOWN: Final = Known()


class Scanner(Protocol):
    """Looks through the fields of one record before review."""

    name: str
    """Stable, unique: stands in the journal beside what it found."""

    def scan(self, fields: Mapping[str, str], *, known: Known = NOTHING_KNOWN) -> list[Finding]:
        """Findings with ``field`` set, in the order of fields and places.

        MUST be a pure function of its arguments and MUST NOT raise on any text; offsets MUST be
        such that ``fields[f.field][f.start:f.end] == f.evidence``.
        """


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one sheet or list: ``name`` is the sheet, or the dotted path inside a JSON file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Json], ...]


Grid = tuple[tuple[str | None, ...], ...]
"""A table as it is printed: rows of one length; a merged cell has its text at its top left and
``None`` in the places it covers, an empty cell is ``""``."""


CONCEALED: Final[Mapping[str, str]] = {
    "comment": "批注",
    "tracked_change": "修订痕迹",
    "hidden_text": "隐藏文字",
    "hidden_sheet": "隐藏的工作表",
    "hidden_cells": "隐藏的行或列",
    "hidden_slide": "隐藏的幻灯片",
    "speaker_notes": "演讲者备注",
    "unreferenced": "没有放进页面的文字",
    "embedded_file": "内嵌文件",
    "script": "宏或脚本",
    "form_field": "表单内容",
    "location": "拍摄位置",
    "margin": "正文以外的文字",
    "metadata": "文件属性",
    "hidden_link": "隐藏链接",
    "portal_link": "名称与去处不符的链接",
    "injected_title": "被改写的网页标题或关键词",
    "source": "网页源码里的文字",
}
"""Kinds of what a file holds beside its text, with their names for people."""
QUIET: Final = frozenset({"margin", "metadata", "source"})
"""Kinds nearly every file has: they are scanned, but are no reason to ask a person."""


@dataclass(frozen=True, slots=True)
class Concealed:
    """One thing that a file holds and its reader does not see.

    ``kind`` is a key of ``CONCEALED``; ``where`` tells a person how to find it (第3页, 工作表“乙”),
    and may be empty; ``text`` is what it says, empty where it says nothing (a macro).
    """

    kind: str
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What could be read out of one file.

    ``text`` is what a reader sees, paragraphs on lines of their own; ``hidden`` is what he does
    not see (comments, deleted text, hidden blocks) and a scanner must, ``concealed`` the same
    piece by piece and named, with the quiet kinds besides. ``header`` holds label/value pairs of
    a header table, ``meta`` machine tags and document properties. ``tables`` are lists with named
    columns, ``grids`` all tables as printed, in reading order. ``warnings`` are Chinese sentences.
    ``unread`` are Chinese sentences too, one for each part that no program could look through (a
    locked entry of an archive, a scanned page): where it is not empty, a person MUST look.
    ``links`` are those of the paper on a page; its own address may stand in ``meta`` as
    ``canonical``, ``base`` or ``saved_from``.
    """

    text: str = ""
    title: str = ""
    hidden: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    grids: tuple[Grid, ...] = ()
    warnings: tuple[str, ...] = ()
    concealed: tuple[Concealed, ...] = ()
    unread: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def unseen(self, *, without: Collection[str] = ()) -> str:
        """All that is concealed, but for the kinds in ``without``, and ``hidden``; once each."""
        texts = (item.text for item in self.concealed if item.kind not in without)
        more = [text for text in dict.fromkeys(texts) if text and text not in self.hidden]
        return "\n".join(filter(None, (self.hidden, *more)))

    def as_row(self) -> dict[str, Json]:
        """A page as one row, for a mapping: ``header.索引号``, ``meta.PubDate``, ``text``."""
        return {
            "title": self.title,
            "text": self.text,
            "header": dict(self.header),
            "meta": dict(self.meta),
        }


class ExtractionError(Exception):
    """A file that could not be read; ``str(error)`` is one clear Chinese sentence."""


@runtime_checkable
class Extractor(Protocol):
    """Reads one kind of file."""

    suffixes: tuple[str, ...]
    """Lower case, with the dot: ``(".html", ".htm")``."""

    def extract(self, path: Path) -> Extracted:
        """Read the file. MUST raise ``ExtractionError`` and nothing else when it cannot.

        What is not refused MUST be told: in ``text``, ``tables``, ``hidden`` or ``concealed``, or
        as a part in ``unread``. A file without any text is no error for a format that can be
        blank (a workbook, a picture). MAY run in a child process with limits; callers MUST NOT
        pass it a file they do not want read whole.
        """


class Unpacker(Protocol):
    """Takes archives apart, some entries at a time, so that no archive is held whole."""

    suffixes: tuple[str, ...]
    """Lower case, with the dot."""

    def unpack(
        self, path: Path, name: str, folder: Path, piece: Piece, limits: UnpackLimits
    ) -> Unpacked:
        """The entries of the piece, as files of ``folder`` under numbers; in archive order.

        MUST give the same for the same piece however often it is asked, MUST write nothing by
        the name of an entry, and MUST refuse (``ExtractionError``, one Chinese sentence) an
        archive that would unpack to more than the limits before it unpacks any of it. An entry
        that cannot be had is told by its ``refusal``. ``name`` is what sentences call it.
        """


class RedactionError(Exception):
    """A copy that could not be made or not be proved; one clear Chinese sentence."""


@runtime_checkable
class Redactor(Protocol):
    """Makes copies of one kind of file from which what was marked is gone.

    A copy MUST be searched by the redactor itself, by two readers of different origin and in its
    raw parts, and MUST NOT be given when anything is left or a mark found nothing:
    ``RedactionError``. What nobody sees (metadata, comments, attachments, scripts, earlier
    versions) MUST be gone too. Nothing MAY be written to disk outside a folder that is removed.
    """

    suffixes: tuple[str, ...]
    """Lower case, with the dot."""

    def look(self, path: Path) -> Look:
        """The pages and what they say."""

    def find(self, path: Path, words: Sequence[str]) -> tuple[tuple[Place, ...], ...]:
        """Where each of the words stands, in the order by which ``Mark.only`` counts."""

    def picture(self, path: Path, page: int) -> bytes:
        """One page as a PNG image; ``page`` from 1."""

    def redact(self, path: Path, marks: Sequence[Mark], *, as_image: bool = False) -> Redacted:
        """The copy; ``as_image`` makes a picture of every page."""

    def inspect(self, path: Path) -> Inspection:
        """Look for what was only covered."""


@dataclass(frozen=True, slots=True)
class BulkChunk:
    """Items of a bulk job that are worked on together, as plain values.

    ``number`` is unique in the job; ``first`` is the place of its first item in the chunk it was
    halved from, 0 for a whole one.
    """

    number: int
    items: tuple[Json, ...]
    first: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkDone:
    """A whole chunk's results, one for each item in order; ``None`` for those in ``failed``.

    ``failed`` maps the place of an item that could not be worked on to the reason, in Chinese.
    """

    number: int
    results: tuple[Json, ...]
    failed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkJob:
    """``function`` is the dotted path of a pure function ``(items, options) -> results``.

    It MUST give one result for each item, MUST depend on nothing but its arguments and the files
    they name, and MAY be called again for the same items. ``options`` are plain values.
    """

    function: str
    options: Mapping[str, Json] = field(default_factory=dict)


class BulkEngine(Protocol):
    """Carries a function over very many items, on one machine or on several.

    Every chunk taken MUST come back exactly once, in any order. A worker that dies at any moment
    MUST cost nothing but the time its chunk took; an item that kills or stops its workers each
    time MUST end as failed and MUST NOT hold up the others. No more chunks MUST be taken ahead
    than the workers need, so that memory stays the same however many there are. Closing the
    iterator MUST end the work.
    """

    name: str

    def run(self, job: BulkJob, chunks: Iterable[BulkChunk]) -> Iterator[BulkDone]:
        """The chunks' results as they come."""
