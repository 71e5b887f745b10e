"""Files of a register: Excel or CSV in, CSV or Excel out. Rows carry the spreadsheet's number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from gongkai.disclosure.register_columns import BY_KEY, NEEDED, heads
from gongkai.kit.refusal import Refusal

_LOOKED_THROUGH = 10
_MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class RawRow:
    """Cells by column key; `row` counts from 1 as the spreadsheet shows it."""

    row: int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a register and the headings that were not understood."""

    rows: tuple[RawRow, ...]
    unknown: tuple[str, ...]


def read_sheet(name: str, content: bytes) -> Sheet:
    """The first sheet with a heading row we know; refused with a sentence when there is none."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (".xlsx", ".xls", ".xlsm", ".ods", ".et"):
        tables = _workbook(content)
    elif suffix in (".csv", ".tsv", ".txt"):
        tables = [_csv(content, "\t" if suffix == ".tsv" else ",")]
    else:
        raise Refusal("register.file", f"{name}不是Excel或CSV文件，请另存为xlsx或csv后再导入。")
    for table in tables:
        for at, cells in enumerate(table[:_LOOKED_THROUGH]):
            keys = heads(cells)
            if set(NEEDED) <= set(keys) and {"received_on", "arrived_on"} & set(keys):
                return _sheet(table, at, keys)
    wanted = "、".join(f"{BY_KEY[k].label}（{k}）" for k in ("received_on", *NEEDED))
    raise Refusal("register.headings", f"没有找到表头，请在第一行写明列名，至少要有：{wanted}。")


def _sheet(table: Sequence[Sequence[object]], at: int, keys: list[str]) -> Sheet:
    twice = {key for key in keys if key and keys.count(key) > 1}
    if twice:
        named = "、".join(sorted(BY_KEY[key].label for key in twice))
        raise Refusal("register.headings", f"表头有重复的列：{named}，请只保留一列。")
    if len(table) - at > _MOST_ROWS:
        raise Refusal("register.too_long", f"一次最多导入{_MOST_ROWS}行，请分几个文件导入。")
    rows = []
    for number, cells in enumerate(table[at + 1 :], at + 2):
        filled = any(str(cell if cell is not None else "").strip() for cell in cells)
        if filled:
            given = {k: c for k, c in zip(keys, cells, strict=False) if k}
            rows.append(RawRow(number, given))
    pairs = zip(keys, table[at], strict=True)
    unknown = tuple(str(head).strip() for key, head in pairs if not key and str(head or "").strip())
    return Sheet(tuple(rows), unknown)


def _workbook(content: bytes) -> list[list[list[object]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            [list(row) for row in book.get_sheet_by_name(n).to_python(skip_empty_area=False)]
            for n in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError):
        raise Refusal("register.file", "这个Excel文件打不开，请另存为xlsx后再导入。") from None


def _csv(content: bytes, delimiter: str) -> list[list[object]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
        except UnicodeDecodeError:
            continue
        except csv.Error:
            break
    raise Refusal("register.file", "这个CSV文件读不出来，请另存为UTF-8编码的CSV后再导入。")


def as_csv(keys: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV with Chinese headings and a mark of its encoding; no text a spreadsheet calculates."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([BY_KEY[key].label for key in keys])
    for row in rows:
        writer.writerow([_harmless(row[key]) for key in keys])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def as_xlsx(keys: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The same as a workbook; every cell is text."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("依申请公开台账")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [BY_KEY[key].label for key in keys], book.add_format({"bold": True}))
        for at, row in enumerate(rows, 1):
            for place, key in enumerate(keys):
                sheet.write_string(at, place, row[key])
    return stream.getvalue()
