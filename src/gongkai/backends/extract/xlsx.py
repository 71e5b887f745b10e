"""Rows of a workbook."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, is_zipfile

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.odf import read_odf
from gongkai.backends.extract.ole import MAGIC
from gongkai.backends.extract.rows import table_of
from gongkai.backends.extract.xls_notes import note_xls
from gongkai.backends.extract.xlsx_notes import note_xlsx
from gongkai.ports import Extracted, ExtractionError, Grid, Json, Table

MOST_PRINTED: Final = 2000
"""Rows or columns past which a sheet is a list, not a table to be read as printed."""
MOST_CELLS: Final = 20_000_000
_Place = tuple[int, int]


class XlsxExtractor:
    """``.xlsx``, ``.xls``, ``.et``, ``.ods``: a table for each sheet; hidden ones are told."""

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".et", ".ods")

    def extract(self, path: Path) -> Extracted:
        """Without the files inside it."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """Dates become ISO text, whole numbers lose their decimals."""
        notes, reading = Notes(), _Reading()
        meta, pictures = _beside(path, notes, room)
        try:
            with path.open("rb") as file:
                book = CalamineWorkbook.from_filelike(file)
                for sheet in book.sheets_metadata:
                    reading.take(book, sheet, notes)
        except (CalamineError, BadZipFile, OSError, ValueError) as error:
            raise ExtractionError(
                f"“{path.name}”打不开，可能已加密或损坏，请用表格软件另存再导入。"
            ) from error
        if not reading.tables and pictures:
            notes.unread(f"工作簿里只有{pictures}张图片，程序读不出图片里写着什么。")
        elif not reading.tables:
            reading.warnings.append("工作簿里没有数据行。")
        return Extracted(
            tables=tuple(reading.tables),
            grids=tuple(reading.grids),
            hidden=notes.hidden,
            meta=meta,
            warnings=tuple(reading.warnings),
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _beside(path: Path, notes: Notes, room: Room) -> tuple[dict[str, str], int]:
    """Properties and the number of pictures; what else is beside the cells goes to the notes."""
    with path.open("rb") as file:
        is_old = file.read(8) == MAGIC
    if is_old:
        return note_xls(path, notes, room), 0
    if not is_zipfile(path):
        return {}, 0
    with checked_archive(path) as archive:
        names = archive.namelist()
    pictures = sum(name.startswith(("xl/media/", "Pictures/")) for name in names)
    if "content.xml" in names:
        return read_odf(path, notes, room)[1], pictures
    return note_xlsx(path, notes, room), pictures


class _Reading:
    """Sheets read so far."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.grids: list[Grid] = []
        self.warnings: list[str] = []

    def take(self, book: CalamineWorkbook, sheet: SheetMetadata, notes: Notes) -> None:
        """One sheet; charts and empty ones give nothing."""
        if sheet.typ != SheetTypeEnum.WorkSheet:
            return
        cells = book.get_sheet_by_name(sheet.name)
        if cells.total_height * cells.total_width > MOST_CELLS:
            notes.unread(f"工作表“{sheet.name}”的范围太大，没有读，请删去多余的空行空列。")
            return
        rows = cells.to_python(skip_empty_area=False)
        table, more = table_of(sheet.name, ([_plain(cell) for cell in row] for row in rows))
        self.warnings += more
        for sentence in more:
            notes.unread(sentence)
        is_hidden = sheet.visible != SheetVisibleEnum.Visible
        if is_hidden:
            notes.add("hidden_sheet", f"工作表“{sheet.name}”", _said(table))
        if not table.rows and not (table.columns and not _is_nameless(table)):
            return
        if is_hidden:
            self.warnings.append(f"工作表“{sheet.name}”是隐藏的，请确认里面的内容可以导入。")
        self.tables.append(table)
        if len(rows) <= MOST_PRINTED and rows and len(rows[0]) <= MOST_PRINTED:
            self.grids.append(_grid(rows, cells.merged_cell_ranges or []))


def _is_nameless(table: Table) -> bool:
    """Whether the columns got their name from us: a sheet with nothing on it."""
    return table.columns == ("内容",)


def _said(table: Table) -> str:
    lines = [table.columns, *(tuple(_typed(v) for v in row.values()) for row in table.rows)]
    return "\n".join("\t".join(line) for line in lines)


def _grid(rows: list[list[Any]], merged: Iterable[tuple[_Place, _Place]]) -> Grid:
    """The sheet as printed; numbers as they would be typed."""
    printed: list[list[str | None]] = [[_typed(_plain(cell)) for cell in row] for row in rows]
    for (top, left), (bottom, right) in merged:
        for row in printed[top : bottom + 1]:
            width = len(row[left : right + 1])
            row[left : right + 1] = [None] * width
        if top < len(printed) and left < len(printed[top]):
            printed[top][left] = _typed(_plain(rows[top][left]))
    return tuple(tuple(row) for row in printed)


def _typed(value: Json) -> str:
    return "" if value is None else str(value)


def _plain(cell: Any) -> Json:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ") if cell.time() != dt.time() else cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return str(cell)
    if cell == "":
        return None
    plain: Json = cell
    return plain
