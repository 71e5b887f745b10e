"""年报核对 for everyone: an answer as page, JSON and workbook; nothing is kept."""

from __future__ import annotations

import html as markup
import io
import json
import re
import tempfile
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from gongkai.law.annual_report.requests_table import key
from gongkai.portal.views.report_check import OFTEN
from tests.factories import Office
from tests.reporting.years import html, text, year

ADDRESS = "/reports/check/"
CELLS = year(21, "2021", 80)
WRONG = {**CELLS, key("new", "natural"): CELLS[key("new", "natural")] + 1}


@pytest.fixture(autouse=True)
def fresh(at: Office) -> None:
    """An office, and no tries counted yet."""
    cache.clear()


def page(cells: dict[str, object]) -> SimpleUploadedFile:
    return SimpleUploadedFile("年报.html", html("2021", cells).encode())  # type: ignore[arg-type]


def test_the_answer_marks_the_cells_and_shows_the_arithmetic(client: Client) -> None:
    answer = client.post(ADDRESS, {"file": page({**WRONG})})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "有2处不一致" in said
    assert "一项加二项" in said
    assert f'class="number wrong">{WRONG[key("new", "natural")]}<span' in said
    assert "no-store" in answer["Cache-Control"]
    assert list(Path(tempfile.gettempdir()).glob("gongkai-check-*")) == []


def test_programs_get_json_without_a_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"{ADDRESS}?format=json", {"file": page({**WRONG})})
    data = json.loads(answer.content)
    assert {item["identity"] for item in data["findings"]} == {"I1", "I3"}
    refused = strict.post(f"{ADDRESS}?format=json", {})
    assert refused.status_code == 400
    assert "请先选择" in json.loads(refused.content)["error"]["sentence"]


def test_last_year_is_compared(client: Client) -> None:
    last = SimpleUploadedFile(
        "去年.txt", text("2021", year(22, "2021", 80)).replace("2021年", "2020年").encode()
    )
    said = client.post(ADDRESS, {"file": page({**CELLS}), "last": last}).content.decode()
    assert "上一年度报告的结转下年度" in said


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_the_answer_can_be_taken_away(client: Client, kind: str) -> None:
    said = client.post(ADDRESS, {"file": page({**WRONG})}).content.decode()
    (token,) = re.findall(r'name="answer" value="([^"]+)"', said)
    taken = client.post(f"{ADDRESS}download/", {"answer": markup.unescape(token), "as": kind})
    assert taken.status_code == 200
    if kind == "json":
        assert json.loads(taken.content)["edition"] == "2021"
        return
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(taken.content)).get_sheet_by_index(0)
    assert any("一项加二项" in str(cell) for row in sheet.to_python() for cell in row)
    spoilt = client.post(f"{ADDRESS}download/", {"answer": token[:-3] + "abc", "as": kind})
    assert spoilt.status_code == 400
    assert "请重新上传" in spoilt.content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "请先选择"),
        (SimpleUploadedFile("a.exe", b"MZ"), "请换成这些格式之一"),
        (SimpleUploadedFile("a.pdf", b"PK\x03\x04"), "与扩展名不符"),
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing more"), "打不开"),
        (SimpleUploadedFile("a.docx", b"PK\x03\x04 broken"), "可能已损坏"),
        (SimpleUploadedFile("a.txt", "今天天气很好。".encode()), "没有在文件里找到"),
        (SimpleUploadedFile("a.txt", b""), "空文件"),
    ],
)
def test_bad_files_get_a_sentence(
    client: Client, file: SimpleUploadedFile | None, sentence: str
) -> None:
    answer = client.post(ADDRESS, {"file": file} if file else {})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_too_many_tries_wait(client: Client) -> None:
    for _ in range(OFTEN.most):
        client.post(ADDRESS, {})
    assert client.post(ADDRESS, {}).status_code == 429


def test_words_of_an_advertisement_are_not_repeated(client: Client) -> None:
    told = "某某滚球体育app_188篮球比分-直播|官网:收到政府信息公开申请99999件。"
    page = html("2021", CELLS, told=told).replace("某市某局", "滚球体育app_188篮球比分")
    said = client.post(ADDRESS, {"file": SimpleUploadedFile("a.html", page.encode())})
    assert "99999" in said.content.decode()
    assert "滚球" not in said.content.decode()


def test_the_reports_column_leads_here(client: Client) -> None:
    assert ADDRESS in client.get("/reports/").content.decode()
    assert client.get(ADDRESS).status_code == 200
