"""Rows of a workbook."""

import datetime as dt
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, is_zipfile

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from gongkai.backends.extract.archive import checked_archive
from gongkai.backends.extract.rows import table_of
from gongkai.ports import Extracted, ExtractionError, Json


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
        tables, warnings = [], []
        for sheet in book.sheets_metadata:
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            table, more = table_of(sheet.name, ([_plain(cell) for cell in row] for row in rows))
            warnings += more
            if not table.rows:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                warnings.append(f"工作表“{sheet.name}”是隐藏的，请确认里面的内容可以导入。")
            tables.append(table)
        if not tables:
            raise ExtractionError(f"“{path.name}”里没有数据行，请核对文件。")
        return Extracted(tables=tuple(tables), warnings=tuple(warnings))


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
