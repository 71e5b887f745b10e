"""Forty rows of real policy libraries come out as they should, by mapping alone."""

import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from gongkai.backends.extract.html import HtmlExtractor
from gongkai.backends.extract.json_rows import JsonExtractor
from gongkai.law import document_number, index_number
from gongkai.text.mapping import MappedRow, SourceMapping, apply_mapping, read_mapping

FILES = {
    "GDProvince_GDProvince_success.json": "guangdong_library",
    "GWY_success.json": "state_council_library",
    "TJProvince_WholeProvince_success.json": "tianjin_library",
}
COLUMNS = {
    "index_no": "index_number",
    "title": "title",
    "doc_no": "document_number",
    "org": "responsible_unit",
    "made": "created_on",
    "published": "published_on",
    "validity": "validity",
    "theme": "theme",
    "url": "url",
}
NORMALISERS = {
    "index_number": lambda raw: index_number.parse(raw).text,
    "document_number": lambda raw: document_number.parse(raw).printed,
}


def mapping(name: str) -> SourceMapping:
    path = files("gongkai.inventory") / "mappings" / f"{name}.json"
    return read_mapping(json.loads(path.read_text("utf-8")))


def rows(folder: Path) -> Iterator[MappedRow]:
    for name, source in FILES.items():
        rules = mapping(source)
        for table in JsonExtractor().extract(folder / name).tables:
            if rules.wants(table.name):
                for row in table.rows:
                    yield apply_mapping(rules, row, NORMALISERS)


@pytest.fixture
def headers(shared_dir: Path) -> Path:
    return shared_dir / "data" / "fixtures" / "headers"


def test_forty_rows_of_forty(headers: Path) -> None:
    with (headers / "TRUTH_dev.csv").open(encoding="utf-8", newline="") as source:
        truth = list(csv.DictReader(source))
    found = {row.fields["url"]: row for row in rows(headers)}
    assert len(truth) == len(found) == 40
    for expected in truth:
        row = found[expected["url"]]
        assert row.problems == ()
        got = {column: row.fields.get(name, "") for column, name in COLUMNS.items()}
        assert got == {column: expected[column] for column in COLUMNS}


def test_page_of_a_city(headers: Path) -> None:
    page = HtmlExtractor().extract(headers / "lishui_detail.html")
    row = apply_mapping(mapping("lishui_page"), page.as_row(), NORMALISERS)
    assert row.problems == ()
    assert row.fields["index_number"] == "113325000026455663/2023-43887"
    assert row.fields["document_number"] == "丽政发〔2023〕30号"
    assert row.fields["created_on"] == "2023-10-16"
    assert row.fields["published_on"] == "2023-10-23"
    assert row.fields["responsible_unit"] == "市政府"
    assert row.fields["title"].startswith("丽水市人民政府关于下达2023年")
    assert row.fields["text"].startswith("莲都区人民政府，市直各单位：")
    assert "当前位置" not in row.fields["text"]
    assert "打印" not in row.fields["text"]
    assert row.unmapped == ("header.信息来源",)
