"""The first rows of a table as they would be read, before a run is started.

Our fields beside what stands in the source, what cannot be read cell by cell, every field of the
source that nothing reads with how often it is filled, and what of ours nothing fills. Reads no
database; nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gongkai.inventory import reading
from gongkai.inventory.labels import FIELD_LABELS
from gongkai.inventory.numbers import number_findings
from gongkai.inventory.paper import Paper, digest_of, row_bytes
from gongkai.inventory.places import LABELS as PLACED
from gongkai.inventory.places import Places, placed
from gongkai.inventory.typed import DATES, typed
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted
from gongkai.text.date_units import why_no_day
from gongkai.text.dates import parse_date
from gongkai.text.mapping import (
    SourceMapping,
    apply_mapping,
    as_text,
    is_unmapped,
    leaves,
    plain_path,
)

SHOWN = 10
SAMPLES = 3
LONGEST = 80
# Of more foreign fields than this the rest is not shown one by one.
MOST_FOREIGN = 300
WANTED = {
    "title": "没有信息名称的行不会录入。",
    "created_on": "送审前要逐条填写：公开期限从这一天起算。",
    "section": "送审前要逐条选择；整批都归一个科室的，可以在登记这一批时选定。",
    "abstract": "主动公开的，送审前要逐条填写。",
    "text": "录入的只有目录，没有内容。",
}
NO_MAPPING = SourceMapping(source="", rules={})


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row: as it would be kept, as in the source, what is wrong with it."""

    field: str
    value: str = ""
    raw: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One of the first rows, counted from 1; a repeated header has no cells.

    `digest` tells whether the same was taken in before.
    """

    number: int
    digest: str = ""
    cells: tuple[Cell, ...] = ()
    is_header: bool = False


@dataclass(slots=True)
class Foreign:
    """A field of the source that nothing reads; rows that have it, of those shown and of all."""

    path: str
    samples: list[str] = field(default_factory=list)
    shown: int = 0
    filled: int = 0


@dataclass(frozen=True, slots=True)
class FirstRows:
    """A preview. `tables` are (name, rows, read or not) of the file, `missing` fields with why."""

    file: str
    tables: tuple[tuple[str, int, bool], ...]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    count: int = 0
    headers: int = 0
    untitled: int = 0
    repeats: int = 0
    foreign: tuple[Foreign, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def problems(self) -> int:
        """Cells of the rows shown with something wrong."""
        return sum(bool(cell.problems) for row in self.rows for cell in row.cells)

    @property
    def taken(self) -> int:
        """Rows that will be records, but for what was taken in before and what records refuse."""
        return self.count - self.headers - self.untitled - self.repeats


def first_rows(
    name: str,
    found: Extracted,
    mapping: SourceMapping | None,
    *,
    places: Places | None = None,
    has_section: bool = False,
) -> FirstRows:
    """`mapping` None: by the file's own labels. `places` tells sections and classes apart."""
    tables = tuple(
        (t.name, len(t.rows), mapping is None or mapping.wants(t.name)) for t in found.tables
    )
    wanted = [t for t, (_, _, is_read) in zip(found.tables, tables, strict=True) if is_read]
    looking = _Looking(mapping, places)
    for table in wanted:
        for row in table.rows:
            looking.take(row)
    columns = tuple(name for name in FIELD_LABELS if name in looking.named)
    rows = tuple(replace(row, cells=_ordered(row, columns)) for row in looking.rows)
    return FirstRows(
        file=name,
        tables=tables,
        columns=columns,
        rows=rows,
        count=looking.count,
        headers=looking.headers,
        untitled=looking.untitled,
        repeats=looking.repeats,
        foreign=tuple(looking.foreign.values())[:MOST_FOREIGN],
        missing=tuple(looking.missing(has_section)),
        warnings=tuple(dict.fromkeys((*found.warnings, *found.unread))),
    )


def _ordered(row: Row, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    cells = {cell.field: cell for cell in row.cells}
    return () if row.is_header else tuple(cells.get(name, Cell(name)) for name in columns)


class _Looking:
    """Every row of a file counted, the first ones kept."""

    def __init__(self, mapping: SourceMapping | None, places: Places | None) -> None:
        self.count = self.headers = self.untitled = self.repeats = 0
        self.rows: list[Row] = []
        self.named: set[str] = set()
        self.foreign: dict[str, Foreign] = {}
        self._filled: set[str] = set()
        self._mapping, self._places = mapping, places
        self._own: dict[tuple[str, ...], SourceMapping] = {}
        self._met: set[bytes] = set()
        self._unread: dict[tuple[int, str], str] = {}

    def take(self, row: Mapping[str, Any]) -> None:
        """One row in its turn."""
        self.count += 1
        is_shown = len(self.rows) < SHOWN
        if reading.is_header(row):
            self.headers += 1
            if is_shown:
                self.rows.append(Row(self.count, is_header=True))
            return
        mapping = self._mapping or self._of_labels(row)
        digest = digest_of(row_bytes(row))
        fields = self._found(row, mapping, digest if is_shown else "")
        self.named.update(mapping.rules)
        self._filled.update(name for name, value in fields.items() if value.strip())
        has_title = bool(fields.get("title", "").strip())
        self.untitled += not has_title
        self.repeats += has_title and bytes.fromhex(digest) in self._met
        self._met.add(bytes.fromhex(digest))
        for path, value in self._left(row, mapping).items():
            one = self.foreign.setdefault(path, Foreign(path))
            one.filled += 1
            one.shown += is_shown
            if len(one.samples) < SAMPLES and value[:LONGEST] not in one.samples:
                one.samples.append(value[:LONGEST])

    def _found(
        self, row: Mapping[str, Any], mapping: SourceMapping, digest: str
    ) -> Mapping[str, str]:
        """The fields; with a digest the row is one to be shown."""
        if digest:
            mapped = apply_mapping(mapping, row)
            wrong = {problem.field: problem.sentence for problem in mapped.problems}
            cells = (
                self._cell(name, value, mapped.raw[name], wrong.get(name, ""))
                for name, value in mapped.fields.items()
            )
            self.rows.append(Row(self.count, digest, tuple(cells)))
            return mapped.fields
        # Of the others only what has not been met yet is of interest.
        asked = {n: r for n, r in mapping.rules.items() if n == "title" or n not in self._filled}
        return apply_mapping(SourceMapping("", asked), row, unmapped=False).raw

    def _cell(self, name: str, value: str, raw: str, sentence: str) -> Cell:
        problems = (sentence,) if sentence else tuple(_wrong(name, value, self._places))
        kept = _kept(name, value)
        return Cell(name, _short(kept), _short(raw) if raw != kept else "", problems)

    def _left(self, row: Mapping[str, Any], mapping: SourceMapping) -> dict[str, str]:
        """Value of each path that has one and is neither read nor known."""
        found: dict[str, str] = {}
        for key, item in row.items():
            simple = not isinstance(item, Mapping | list | tuple)
            pairs = [(key, as_text(item))] if simple else leaves(item, str(key))
            for path, value in pairs:
                if not value:
                    continue
                place = (id(mapping), path)
                if place not in self._unread:
                    self._unread[place] = plain_path(path) if is_unmapped(mapping, path) else ""
                if said := self._unread[place]:
                    found.setdefault(said, value)
        return found

    def _of_labels(self, row: Mapping[str, Any]) -> SourceMapping:
        columns = tuple(row)
        if columns not in self._own:
            try:
                self._own[columns] = reading.mapping_of_labels(row, "")
            except Refusal:
                self._own[columns] = NO_MAPPING
        return self._own[columns]

    def missing(self, has_section: bool) -> Iterator[tuple[str, str]]:
        """Fields of ours that stay empty in every row."""
        for name, sentence in WANTED.items():
            if name in self._filled or (name == "section" and has_section):
                continue
            why = "对照了，但文件里都是空的" if name in self.named else "没有对照"
            yield name, f"{why}。{sentence}"


def _wrong(name: str, value: str, places: Places | None) -> Iterator[str]:
    """What would be told of this value alone."""
    if not value.strip():
        return
    if name in DATES:
        yield from () if parse_date(value) else (why_no_day(value),)
        return
    paper = Paper(source="", fields={name: value})
    yield from (finding.reason for finding in typed(paper, carried_from="").findings)
    if name == "document_number":
        yield from (f.reason for f in number_findings(paper.fields, {}) if f.proposal is None)
    if places is not None and name in PLACED:
        yield from (finding.reason for finding in placed(paper, places).findings)


def _kept(name: str, value: str) -> str:
    """As the record would have it."""
    day = parse_date(value) if name in DATES else None
    return day.isoformat() if day is not None else value.strip()


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…（共{len(value)}字）"
