"""Rows of a workbook."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, is_zipfile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.rows import table_of
from gongkai.ports import Extracted, ExtractionError, Grid, Json, Table

MOST_PRINTED: Final = 2000
"""Rows or columns past which a sheet is a list, not a table to be read as printed."""
_Place = tuple[int, int]


class XlsxExtractor:
    """``.xlsx``, ``.xls``, ``.ods``: a table for each sheet with rows; hidden ones are named."""

    suffixes: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".ods")

    def extract(self, path: Path) -> Extracted:
        """Dates become ISO text, whole numbers lose their decimals."""
        try:
            if is_zipfile(path):
                checked_archive(path).close()
            book = CalamineWorkbook.from_path(str(path))
        except (CalamineError, BadZipFile) as error:
            raise ExtractionError(
                f"“{path.name}”打不开，可能已加密或损坏，请用表格软件另存再导入。"
            ) from error
        tables: list[Table] = []
        grids: list[Grid] = []
        warnings: list[str] = []
        for sheet in book.sheets_metadata:
            cells = book.get_sheet_by_name(sheet.name)
            rows = cells.to_python(skip_empty_area=False)
            table, more = table_of(sheet.name, ([_plain(cell) for cell in row] for row in rows))
            warnings += more
            if not table.rows:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                warnings.append(f"工作表“{sheet.name}”是隐藏的，请确认里面的内容可以导入。")
            tables.append(table)
            if len(rows) <= MOST_PRINTED and rows and len(rows[0]) <= MOST_PRINTED:
                grids.append(_grid(rows, cells.merged_cell_ranges or []))
        if not tables:
            raise ExtractionError(f"“{path.name}”里没有数据行，请核对文件。")
        return Extracted(tables=tuple(tables), grids=tuple(grids), warnings=tuple(warnings))


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
