"""Excel files read and written, within limits. A cell is always text, never a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from gongkai.desk.bulk.columns import Heading
from gongkai.kit.refusal import Refusal

MOST_ROWS = 2000
MOST_COLUMNS = 100
MOST_BYTES = 20 * 1024 * 1024
# What an .xlsx may unpack to: 255 KB of zip can hold hundreds of megabytes.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_CELL = 32_767


class Line(NamedTuple):
    """One filled row: its line as the spreadsheet counts, its cells as text."""

    number: int
    cells: list[str]


def read_rows(content: bytes) -> tuple[list[str], list[Line]]:
    """Headings and rows of the first sheet; blank rows are left out but counted.

    Refuses what is no Excel file, is too large, or has no heading row.
    """
    _refuse_large(content)
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        height, width = sheet.total_height, sheet.total_width
        if height > MOST_ROWS + 1 or width > MOST_COLUMNS:
            raise Refusal(
                "bulk.too_long",
                f"表里有{height}行{width}列，一次最多{MOST_ROWS}行{MOST_COLUMNS}列。请分成几张表再导入。",
            )
        first = (sheet.start or (0, 0))[0] + 1
        cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
    except (CalamineError, zipfile.BadZipFile, ValueError, IndexError, OSError) as error:
        raise Refusal(
            "bulk.unreadable", "这个文件打不开。请用 Excel 或 WPS 另存为 .xlsx 再上传。"
        ) from error
    filled = [Line(n, row) for n, row in enumerate(cells, first) if any(row)]
    if not filled:
        raise Refusal("bulk.empty", "表里没有内容。请先下载模板，按模板填写。")
    return [h.strip() for h in filled[0].cells], filled[1:]


def _refuse_large(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Refusal("bulk.too_big", f"文件超过{most}MB。请分成几张表再导入。")
    if not zipfile.is_zipfile(BytesIO(content)):
        raise Refusal("bulk.not_xlsx", "这不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 再上传。")
    with zipfile.ZipFile(BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise Refusal("bulk.too_big", "文件展开后太大。请删去图片和多余的工作表再上传。")


def _text(cell: Any) -> str:
    """A cell as text: days as ISO days, whole numbers without a decimal point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("_x000D_", "").strip()


def write_table(headings: Sequence[Heading], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A table as an .xlsx, chunk by chunk; the heading row is frozen and filtered."""
    with TemporaryFile() as file:
        book = _book(file)
        _fill(book, headings, rows)
        book.close()
        file.seek(0)
        while chunk := file.read(64 * 1024):
            yield chunk


def _book(file: IO[bytes]) -> Any:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return xlsxwriter.Workbook(file, options)


def _fill(book: Any, headings: Sequence[Heading], rows: Iterable[Sequence[str]]) -> Any:
    sheet = book.add_worksheet("政府信息")
    bold = book.add_format({"bold": True, "bg_color": "#E7EEF6", "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, heading.width, wrap)
        sheet.write_string(0, column, heading.label, bold)
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(last, column, text[:MOST_CELL])
    sheet.autofilter(0, 0, max(last, 1), len(headings) - 1)
    return sheet


def write_template(
    headings: Sequence[Heading], lists: dict[str, list[str]], example: Sequence[str]
) -> bytes:
    """The empty table with drop-down lists, and a second sheet that explains each column."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = _fill(book, headings, [])
    words = book.add_worksheet("可选的词")
    help_sheet = book.add_worksheet("填写说明")
    for column, heading in enumerate(headings):
        options = lists.get(heading.choices, [])
        if options:
            words.write_column(0, column, [heading.label, *options])
            last = xlsxwriter.utility.xl_rowcol_to_cell(len(options), column, True, True)
            first = xlsxwriter.utility.xl_rowcol_to_cell(1, column, True, True)
            rule = {"validate": "list", "source": f"=可选的词!{first}:{last}"}
            sheet.data_validation(1, column, MOST_ROWS, column, rule)
    _explain(help_sheet, headings, example)
    book.close()
    return out.getvalue()


def _explain(sheet: Any, headings: Sequence[Heading], example: Sequence[str]) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 2, 44)
    sheet.write_row(0, 0, ["列", "怎么填", "例"])
    for line, (heading, shown) in enumerate(zip(headings, example, strict=False), 1):
        advice = heading.advice or ("从下拉列表里选" if heading.choices else "可以留空")
        sheet.write_row(line, 0, [heading.label, advice, shown])
