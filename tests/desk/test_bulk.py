"""Excel out and in: the same table both ways, every row judged before anything is imported."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import cast

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongkai.desk.bulk.sheet import read_rows
from gongkai.desk.models import BulkUpload
from gongkai.kit.refusal import Refusal
from gongkai.records.models import Record
from tests import factories
from tests.desk.conftest import SignIn


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn) -> Client:
    return sign_in(office.clerk)


def table(*rows: list[str]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(line, column, text)
    book.close()
    return out.getvalue()


def upload(browser: Client, content: bytes, name: str = "清单.xlsx") -> HttpResponse:
    answer = browser.post("/desk/bulk/", {"table": SimpleUploadedFile(name, content)})
    return cast("HttpResponse", answer)


HEAD = ["信息名称", "文号", "生成日期", "信息有效性", "责任科室", "信息分类", "内容概述"]
GOOD = [
    "关于供暖的通知",
    "云商发〔2026〕5号",
    "2026年10月8日",
    "有效",
    "法规科",
    "规范性文件",
    "供暖",
]


def test_rows_are_judged_before_and_imported_after(
    office: factories.Office, browser: Client
) -> None:
    bad_day = ["坏日期", "", "51日", "有效", "法规科", "", ""]
    no_name = ["", "无名", "", "", "法规科", "", ""]
    bad_class = ["坏分类", "", "", "", "法规科", "没有的类", ""]
    answer = upload(browser, table(HEAD, GOOD, bad_day, [], no_name, bad_class))
    assert answer.status_code == 302 and not Record.objects.exists()
    preview = browser.get(answer.headers["Location"])
    page = preview.content.decode()
    assert "1 行可以导入" in page and "3 行有问题" in page
    assert "51日" in page and "请填写“信息名称”" in page
    assert "“信息分类”里没有“没有的类”" in page
    # Lines are told as the spreadsheet counts them, blank ones included.
    assert [row["line"] for row in preview.context["wrong"]] == [3, 5, 6]

    browser.post(answer.headers["Location"])
    record = Record.objects.get()
    assert record.title == "关于供暖的通知" and str(record.created_on) == "2026-10-08"
    assert record.catalog_class == office.sub_class and record.section == office.section
    assert record.state == "draft" and record.captured_by == office.clerk
    # A second click imports nothing twice.
    assert browser.post(answer.headers["Location"]).status_code == 403
    assert Record.objects.count() == 1


def test_an_export_changed_and_read_in_again_changes_the_drafts(
    office: factories.Office, browser: Client
) -> None:
    record = factories.draft(office, title="旧名称", keywords="供暖")
    got = browser.get("/desk/bulk/export.xlsx?state=draft")
    content = got.getvalue()
    labels, rows = read_rows(content)
    assert rows[0].cells[labels.index("信息名称")] == "旧名称"
    assert rows[0].cells[labels.index("信息分类")] == "法规文件/规范性文件"
    rows[0].cells[labels.index("信息名称")] = "新名称"
    rows[0].cells[labels.index("主题词")] = ""
    answer = upload(browser, table(labels, rows[0].cells))
    assert "1 行可以导入" in browser.get(answer.headers["Location"]).content.decode()
    browser.post(answer.headers["Location"])
    before = record.body_text.text
    record.refresh_from_db()
    assert record.title == "新名称" and record.keywords == ""
    assert Record.objects.get(pk=record.pk).body_text.text == before, "an export has no text"


def test_a_draft_changed_meanwhile_is_not_overwritten(
    office: factories.Office, browser: Client
) -> None:
    record = factories.draft(office, title="旧名称")
    content = browser.get("/desk/bulk/export.xlsx").getvalue()
    answer = upload(browser, content)
    Record.objects.filter(pk=record.pk).update(edit_count=7)
    browser.post(answer.headers["Location"])
    assert "别人已经修改" in browser.get(answer.headers["Location"]).content.decode()


def test_only_drafts_one_may_change_are_changed(
    office: factories.Office, browser: Client, sign_in: SignIn
) -> None:
    public = factories.published(office).record
    elsewhere = factories.draft(factories.office(name="青石区商务局"))
    rows = [["甲", str(public.uuid)], ["乙", str(elsewhere.uuid)], ["丙", "x"]]
    answer = upload(browser, table(["信息名称", "系统编号"], *rows))
    wrong = browser.get(answer.headers["Location"]).context["wrong"]
    assert "只有草稿" in wrong[0]["wrong"][0]
    assert "没有这个系统编号" in wrong[1]["wrong"][0]
    assert "系统编号“x”不对" in wrong[2]["wrong"][0]
    # Somebody else cannot look at the table, nor carry it out.
    assert sign_in(office.officer).get(answer.headers["Location"]).status_code == 404


def test_an_export_shows_only_what_may_be_seen(office: factories.Office, browser: Client) -> None:
    factories.draft(office, title="本局的")
    factories.draft(factories.office(name="青石区商务局"), title="外局的")
    content = browser.get("/desk/bulk/export.xlsx").getvalue()
    labels, rows = read_rows(content)
    assert [line.cells[labels.index("信息名称")] for line in rows] == ["本局的"]


def test_a_formula_stays_text(office: factories.Office, browser: Client) -> None:
    factories.draft(office, title='=HYPERLINK("http://example.org","点我")')
    content = browser.get("/desk/bulk/export.xlsx").getvalue()
    with zipfile.ZipFile(BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "HYPERLINK" in sheet


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a table", "不是 .xlsx"),
        (table(["标题"], ["甲"]), "没有“信息名称”"),
        (table(["信息名称", "备注"], ["甲", "乙"]), "不认识“备注”"),
        (table(["信息名称", "信息名称"], ["甲", "乙"]), "两列同名"),
        (table(["信息名称"]), "没有内容"),
        (table(*[["信息名称"]] * 2005), "一次最多2000行"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_a_sentence(
    browser: Client, content: bytes, words: str
) -> None:
    answer = upload(browser, content)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not BulkUpload.objects.exists()


def test_a_zip_that_unpacks_too_far_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(3):
            packed.writestr(f"xl/{n}.xml", b"0" * (80 * 1024 * 1024))
    with pytest.raises(Refusal, match="展开后太大"):
        read_rows(out.getvalue())


def test_the_template_is_read_by_the_import(office: factories.Office, browser: Client) -> None:
    got = browser.get("/desk/bulk/template.xlsx").content
    labels, rows = read_rows(got)
    assert labels[0] == "信息名称" and rows == []
