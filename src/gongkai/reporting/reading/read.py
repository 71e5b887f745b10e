"""Reads a file's text and tables into the cells of the form it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.kit.refusal import Refusal
from gongkai.reporting.reading import classic
from gongkai.reporting.reading.decide import (
    Decisions,
    decide_plain,
    decide_remedies,
    decide_requests,
)
from gongkai.reporting.reading.grids import (
    Printed,
    match,
    printed_rows,
    remedies,
    rows_by_label,
)
from gongkai.reporting.reading.labels import (
    FOUR_HEAD,
    THREE_HEAD,
    Label,
    han,
    table_three,
    table_two,
)
from gongkai.reporting.reading.model import Reading, Row, Source
from gongkai.reporting.reading.runs import rows_in_text
from gongkai.reporting.reading.sections import Sections, sections, year_of
from gongkai.reporting.schema import layout

_ENOUGH_ROWS: Final = 0.4
"""Share of a table's rows that must be found for the table to be there."""
_EDITIONS: Final = ("2021", "2019")


@dataclass(frozen=True, slots=True)
class _Tables:
    """The rows found for one edition."""

    edition: str
    two: Mapping[str, Row]
    three: Mapping[str, Row]
    four: Row | None


def read(source: Source) -> Reading:
    """The report in a file; refuses a file in which there is none.

    Never a guess: a cell is decided, blank, or named as undecided.
    """
    cut = sections(source.text)
    printed = printed_rows(source.grids)
    tables = _best([_tables(edition, printed, cut, source.text) for edition in _EDITIONS])
    if not (tables.two or tables.three or tables.four):
        return _without_tables(source)
    into = Decisions(_edition(tables, source.text))
    missing = []
    if tables.two:
        decide_plain(into, tables.two, table_two(into.edition))
    else:
        missing.append("t2")
    if tables.three:
        decide_requests(into, tables.three, table_three(into.edition))
    else:
        missing.append("t3")
    if tables.four is not None:
        decide_remedies(into, tables.four)
    else:
        missing.append("t4")
    return Reading(
        into.edition,
        into.cells,
        tuple(into.undecided),
        tuple(into.blanks),
        tuple(missing),
        tuple(into.unsolved),
    )


def _without_tables(source: Source) -> Reading:
    year = year_of(source.text)
    found = classic.read(source)
    if found and (year is None or year < 2019):
        return Reading("2008", found)
    raise Refusal(
        "report.no_tables",
        "没有在文件里找到年度报告的表（二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
        "四、行政复议、行政诉讼情况）。请确认文件是政府信息公开工作年度报告，表格是文字而不是图片。",
    )


def _best(tables: Sequence[_Tables]) -> _Tables:
    """The edition whose own rows are there; of equal ones the newer."""
    return max(tables, key=lambda t: (_own(t), len(t.three) + len(t.two)))


def _own(tables: _Tables) -> int:
    """How clearly the rows that only this edition has are there."""
    if tables.edition == "2019":
        merged = tables.three.get("ot_all")
        own = merged is not None and any(merged.tokens)
        return 2 * own + (tables.two.keys() >= {"其他对外管理服务事项"})
    return 2 * (len(tables.three.keys() & {"ot_nocorrect", "ot_nofee"}) > 0)


def _edition(tables: _Tables, text: str) -> str:
    """What the rows say; where no row tells, what the headings of table two or the year say."""
    if _own(tables):
        return tables.edition
    words = han(text)
    if "本年新制作" in words or "对外公开总数" in words:
        return "2019"
    year = year_of(text)
    return "2019" if year in (2019, 2020) and "本年制发" not in words else tables.edition


def _tables(edition: str, printed: Sequence[Printed], cut: Sections, text: str) -> _Tables:
    labels_two, labels_three = table_two(edition), table_three(edition)
    found = match(printed, labels_three)
    first, last = _extent(found, labels_three, len(printed))
    three = _one(
        rows_by_label(printed[first:last], labels_three),
        rows_in_text(cut.three or text, THREE_HEAD, labels_three),
        labels_three,
    )
    two = _one(
        rows_by_label(printed[:first] or printed, labels_two),
        rows_in_text(cut.two, "", labels_two),
        labels_two,
    )
    cells = layout(edition)["t4"]
    assert isinstance(cells, tuple)
    four = remedies(printed[last:], cells)
    if four is None or not any(four.tokens):
        label = Label("t4", FOUR_HEAD, cells=cells)
        four = rows_in_text(cut.four, "", (label,)).get("t4") or four
    return _Tables(edition, two, three, four)


def _extent(found: Mapping[int, int], labels: Sequence[Label], height: int) -> tuple[int, int]:
    """Where table three lies among the rows as printed: all of them when it is not there."""
    if len(found) < _ENOUGH_ROWS * len(labels):
        return 0, 0 if found else height
    return min(found.values()), max(found.values()) + 1


def _one(
    grid: Mapping[str, Row], text: Mapping[str, Row], labels: Sequence[Label]
) -> Mapping[str, Row]:
    """The table from where more of it is; none when there is too little of it."""
    due = sum(bool(label.cells) for label in labels)
    best = grid if len(grid) >= len(text) else text
    return best if len(best) >= _ENOUGH_ROWS * due else {}
