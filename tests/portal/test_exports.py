"""The catalog as files: complete, one row per entry, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from gongkai.catalog import exports
from gongkai.catalog.directory import Directory, directory
from gongkai.catalog.filters import published
from gongkai.catalog.generation import current
from tests import factories
from tests.factories import Office

HEADINGS = [label for _key, label in exports.COLUMNS]


def address(uuid: UUID) -> str:
    return f"http://example.gov.cn/records/{uuid}/"


def names() -> Directory:
    return directory(current())


def test_the_eight_header_fields_come_first_in_their_order() -> None:
    assert HEADINGS[:8] == [
        "索引号", "公开责任部门", "信息名称", "文号",
        "信息有效性", "生成日期", "发布日期", "内容概述",
    ]  # fmt: skip


def test_csv_json_and_xlsx_say_the_same(at: Office) -> None:
    entry = factories.published(at, title='甲,乙"丙', document_number="云商字〔2026〕1号")
    factories.published(at)
    found = published()
    raw = b"".join(exports.to_csv(found, names(), address))
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    told = json.loads(b"".join(exports.to_json(found, names(), address)))["records"]
    with exports.to_xlsx(found, names(), address) as file:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.read())).get_sheet_by_index(0)
        cells = sheet.to_python()
    assert lines[0] == HEADINGS == cells[0]
    assert [list(row.values()) for row in told] == lines[1:] == cells[1:]
    mine = next(row for row in told if row["index_number"] == entry.index_number)
    assert mine["title"] == '甲,乙"丙'
    assert mine["validity"] == "有效"
    assert mine["top_class"] == "法规文件"
    assert mine["catalog_class"] == "规范性文件"
    assert mine["created_on"] == "2026-10-30"
    assert mine["url"] == address(entry.uuid)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(sign: str) -> None:
    assert exports.safe_cell(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert exports.safe_cell("通知=1") == "通知=1"


@given(st.text())
def test_a_safe_cell_only_ever_gains_an_apostrophe(text: str) -> None:
    safe = exports.safe_cell(text)
    assert safe in (text, f"'{text}")
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_title_that_looks_like_a_formula_stays_text_in_xlsx(at: Office) -> None:
    factories.published(at, title="=1+1", abstract="+2")
    with exports.to_xlsx(published(), names(), address) as file:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file.read())).get_sheet_by_index(0)
        row = rows.to_python()[1]
    assert row[2] == "=1+1"
    assert row[7] == "+2"


def test_an_empty_catalog_is_still_a_whole_file(db: None) -> None:
    assert json.loads(b"".join(exports.to_json(published(), names(), address))) == {"records": []}
