"""The catalog as files: CSV (RFC 4180, with BOM), XLSX, JSON. Row by row, never all in memory.

A cell that a spreadsheet would take for a formula gets an apostrophe in CSV (OWASP, CSV
injection); in XLSX every text is written as text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

import xlsxwriter
from django.db.models import QuerySet

from gongkai.catalog.directory import Directory, genre_name, legal_item_name, validity_name
from gongkai.catalog.models import CatalogEntry
from gongkai.records.choices import Column

# Key in JSON, heading in CSV and XLSX; the eight header fields in Beijing's order come first.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("index_number", "索引号"),
    ("responsible_unit", "公开责任部门"),
    ("title", "信息名称"),
    ("document_number", "文号"),
    ("validity", "信息有效性"),
    ("created_on", "生成日期"),
    ("published_on", "发布日期"),
    ("abstract", "内容概述"),
    ("body", "公开机关"),
    ("column", "栏目"),
    ("top_class", "信息分类"),
    ("catalog_class", "子类"),
    ("legal_item", "法定公开事项"),
    ("genre", "体裁"),
    ("keywords", "主题词"),
    ("url", "网址"),
)
_READ = (
    "uuid", "index_number", "responsible_unit", "title", "document_number", "validity",
    "created_on", "published_on", "abstract", "body_id", "column", "top_class_id",
    "catalog_class_id", "legal_item", "genre", "keywords",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHUNK = 500
XLSX_ROWS = 200_000
Address = Callable[[UUID], str]


def rows(
    entries: QuerySet[CatalogEntry], names: Directory, address: Address
) -> Iterator[dict[str, str]]:
    """One mapping of texts per entry, keys as in `COLUMNS`; dates are ISO days."""
    for values in entries.values(*_READ).iterator(chunk_size=CHUNK):
        body = names.bodies.get(values["body_id"])
        yield {
            "index_number": values["index_number"],
            "responsible_unit": values["responsible_unit"] or (body.name if body else ""),
            "title": values["title"],
            "document_number": values["document_number"],
            "validity": validity_name(values["validity"]),
            "created_on": values["created_on"].isoformat(),
            "published_on": values["published_on"].isoformat(),
            "abstract": values["abstract"],
            "body": body.name if body else "",
            "column": str(Column(values["column"]).label),
            "top_class": _class_name(names, values["top_class_id"]),
            "catalog_class": _class_name(names, values["catalog_class_id"]),
            "legal_item": legal_item_name(values["legal_item"]) if values["legal_item"] else "",
            "genre": genre_name(values["genre"]),
            "keywords": values["keywords"],
            "url": address(values["uuid"]),
        }


def _class_name(names: Directory, class_id: int | None) -> str:
    found = names.classes.get(class_id or 0)
    return found.name if found else ""


def to_csv(entries: QuerySet[CatalogEntry], names: Directory, address: Address) -> Iterator[bytes]:
    """CSV in UTF-8 with a byte order mark, as spreadsheets here expect it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def taken() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode("utf-8", "replace")

    writer.writerow(label for _key, label in COLUMNS)
    yield b"\xef\xbb\xbf" + taken()
    for number, row in enumerate(rows(entries, names, address), 1):
        writer.writerow(safe_cell(row[key]) for key, _label in COLUMNS)
        if number % CHUNK == 0:
            yield taken()
    yield taken()


def safe_cell(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before a formula sign."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_json(entries: QuerySet[CatalogEntry], names: Directory, address: Address) -> Iterator[bytes]:
    """JSON `{"records": [{…}, …]}` in UTF-8; keys as in `COLUMNS`."""
    yield b'{"records": ['
    before = b"\n"
    for row in rows(entries, names, address):
        yield before + json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
        before = b",\n"
    yield b"\n]}\n"


def to_xlsx(entries: QuerySet[CatalogEntry], names: Directory, address: Address) -> IO[bytes]:
    """An XLSX workbook as an open file at its start; at most `XLSX_ROWS` rows."""
    target = SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 # the caller closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet("公开目录")
        bold = book.add_format({"bold": True})
        for place, (_key, label) in enumerate(COLUMNS):
            sheet.write_string(0, place, label, bold)
        for number, row in enumerate(rows(entries[:XLSX_ROWS], names, address), 1):
            for place, (key, _label) in enumerate(COLUMNS):
                sheet.write_string(number, place, row[key])
    target.seek(0)
    return target
