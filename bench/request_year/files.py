"""The register of an invented year as the files clerks keep: CSV by key, Excel in Chinese."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter

from gongkai.disclosure.register_columns import BY_KEY, COLUMNS, DAY

KEYS = tuple(column.key for column in COLUMNS)


def as_csv(rows: Iterable[dict[str, str]]) -> bytes:
    """Headings are keys, days are ISO, codes are codes."""
    out = io.StringIO()
    writer = csv.DictWriter(out, KEYS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows: Iterable[dict[str, str]]) -> bytes:
    """Headings and codes in Chinese; days in four spellings, one of them Excel's own."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        a_day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [BY_KEY[key].label for key in KEYS])
        for at, row in enumerate(rows, 1):
            for place, key in enumerate(KEYS):
                text, column = row.get(key, ""), BY_KEY[key]
                if text and column.kind == DAY:
                    spelled = _spelled(date.fromisoformat(text), at)
                    if isinstance(spelled, date):
                        sheet.write_datetime(at, place, spelled, a_day)
                    else:
                        sheet.write_string(at, place, spelled)
                elif text:
                    shown = column.codes.get(text, text) if at % 3 else text
                    sheet.write_string(at, place, shown)
    return stream.getvalue()


def _spelled(day: date, at: int) -> date | str:
    spellings: tuple[date | str, ...] = (
        day,
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    return spellings[at % len(spellings)]
