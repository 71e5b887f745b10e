"""The report of a run: every row of the input is in it once, in each kind of file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from gongkai.inventory import queries
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.report import Report, lists, made, page, pdf, plain, workbook
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Body, Person
from gongkai.project.cli import main
from gongkai.review import actions as review
from gongkai.review.models import Finding
from gongkai.review.sheet_pdf import has_font
from gongkai.review.values import FindingReply
from tests.inventory.conftest import NOW, PAPER, carried_out

HEAD = "信息名称,文号,生成日期,公开属性,正文\n"
ROWS = (
    "=HYPERLINK(1),,2008-01-02,主动公开,正文\n"
    "乙,,2008-02-03,依申请公开,身份证号11010519491231002X。\n"
    "=HYPERLINK(1),,2008-01-02,主动公开,正文\n"
    ",青商字〔2008〕3号,,,\n"
    ",青商字〔2008〕4号,,,\n"
)
SHEETS = ["概况", "按科室", "登记", "重复", "未录入", "核查发现"]


@pytest.fixture
def run(bureau: Body, clerk: Person) -> InventoryRun:
    papers = (("旧文/通知.txt", PAPER), ("坏.pdf", b"%PDF-1.4 x"))
    return carried_out(bureau, clerk, ("清单.csv", HEAD + ROWS), *papers)


@pytest.fixture
def report(run: InventoryRun) -> Report:
    return made(run, by="李文", now=NOW)


def sheets_of(report: Report) -> dict[str, list[list[Any]]]:
    with workbook.drawn(report) as file:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.read()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_row_of_the_input_is_listed_once(run: InventoryRun, report: Report) -> None:
    assert report.proof == "输入 7 = 登记 3 + 重复 1 + 未录入 3"
    assert report.broken == ()
    makers = (lists.records, lists.repeats, lists.rejects)
    places = [row[:2] for make in makers for row in make(run).rows()]
    assert len(places) == len(set(places)) == run.row_count
    for make in (*makers, lists.findings):
        listing = make(run)
        rows = list(listing.rows())
        assert len(rows) == listing.count
        assert all(len(row) == len(listing.heads) == len(listing.widths) for row in rows)


def test_reasons_that_differ_in_what_they_quote_are_one(run: InventoryRun, report: Report) -> None:
    run.items.filter(outcome="rejected").update(reason="程序读不了“甲”（第3页）。")
    run.items.filter(outcome="rejected", row=0).update(reason="程序读不了“乙乙”（第12页）。")
    table = next(t for t in made(run, by="", now=NOW).tables if t.name == "未录入的原因")
    assert table.rows == (("程序读不了……。", 3), ("合计", 3))


def test_findings_are_told_by_kind_and_answer(run: InventoryRun, clerk: Person) -> None:
    finding = Finding.objects.get(kind="identity_card")
    reply = FindingReply("kept", reason="原件如此")
    review.answer_finding(finding=finding, answer=reply, by=clerk, now=NOW)
    table = next(t for t in made(run, by="", now=NOW).tables if t.name == "核查发现")
    assert ("身份证号", 1, 0, 0, 0, 1) in table.rows
    sums = table.rows[-1]
    assert sums[1] == sum(int(row[1]) for row in table.rows[:-1]) == sum(map(int, sums[2:]))
    (row,) = (row for row in lists.findings(run).rows() if row[1] == "身份证号")
    assert row[7:11] == ("保留原文", "", "原件如此", "李文")


def test_signs_of_people_are_not_repeated(run: InventoryRun, report: Report) -> None:
    whole = b"".join(plain.drawn(report)).decode()
    assert "11010519491231002X" not in whole + page.drawn(report) + str(sheets_of(report))
    assert lists.NOT_REPEATED in whole
    damaged = [row for row in lists.findings(run).rows() if row[1] == "日期缺字"]
    assert "2008128日" in str(damaged), "damage is shown as it stands"


def test_the_workbook_has_every_row_and_no_formula(run: InventoryRun, report: Report) -> None:
    found = sheets_of(report)
    assert list(found) == SHEETS
    assert [len(found[name]) - 1 for name in SHEETS[2:5]] == [3, 1, 3]
    assert found["登记"][1][2] == "=HYPERLINK(1)"
    with workbook.drawn(report) as file:
        parts = zipfile.ZipFile(io.BytesIO(file.read()))
        sheets = [n for n in parts.namelist() if n.startswith("xl/worksheets/")]
        assert sheets and not any(b"<f>" in parts.read(name) for name in sheets)
    words = " ".join(str(cell) for row in found["概况"] for cell in row)
    assert report.sentence in words and report.proof in words
    assert found["按科室"][-1][-1] == 3


def test_a_list_longer_than_a_sheet_says_so(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 2)
    assert sheets_of(report)["未录入"][-1][0] == "一张表放不下，这里只列前1条，共3条。"


def test_json_is_whole(run: InventoryRun, report: Report) -> None:
    found = json.loads(b"".join(plain.drawn(report)))
    head = found["report"]
    assert head["input"] == head["record"] + head["duplicate"] + head["rejected"] == 7
    assert len(found["records"]["rows"]) == 3
    repeat = dict(zip(found["duplicates"]["heads"], found["duplicates"]["rows"][0], strict=True))
    assert (repeat["行"], repeat["其行"], repeat["所在批次"]) == (3, 1, "本批")
    assert head["steps"][0]["what"] == "李文登记了清理批次“试清理”。"


@pytest.mark.skipif(not has_font(()), reason="no Chinese font on this machine")
def test_the_pdf_is_read_by_people_and_cut_with_a_pointer(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(_pages(pdf.drawn(report)))
    for words in (report.proof, "截止2026年11月", "按负责的科室", "未录入的3条", "李文"):
        assert words.replace(" ", "") in text.replace(" ", ""), words
    rows = [page.Shown(lists.rejects(report.run), [("清单.csv", 9, "名", "因")] * 400, "见Excel")]
    monkeypatch.setattr(pdf, "shown", lambda _report: rows)
    assert len(list(_pages(pdf.drawn(report)))) > 5
    (cut, *_) = page.shown(report, most=2)
    assert len(cut.rows) == 2 and "共3条，这里只列前2条" in cut.more


def _pages(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    for sheet in document:
        yield sheet.get_textpage().get_text_range()


def test_the_page_stands_alone(report: Report) -> None:
    html = page.drawn(report)
    assert "<link" not in html and "<script" not in html
    assert report.sentence in html and "未录入的 3 条" in html


def test_a_run_that_is_not_done_says_what_waits(run: InventoryRun) -> None:
    run.items.filter(outcome="rejected").update(outcome="waiting", reason="")
    InventoryRun.objects.filter(pk=run.pk).update(rejected_count=0, state="stopped")
    run.refresh_from_db()
    report = made(run, by="", now=NOW)
    assert report.proof.endswith("未录入 0 + 待清理 3") and queries.progress(run).percent < 100


def test_a_department_that_is_a_section_answers_for_the_record(bureau: Body, clerk: Person) -> None:
    section = orgs.create_section(
        body=bureau, fields={"code": "bgs", "name": "办公室"}, by=None, now=NOW
    )
    rows = "信息名称,公开责任部门\n甲,办公室\n乙,青石区商务局办公室\n丙,别的科\n"
    run = carried_out(bureau, None, ("清单.csv", rows))
    found = run.items.order_by("id").values_list("record__section_id", flat=True)
    assert list(found) == [section.pk, section.pk, None]


def test_the_console_writes_the_report(
    run: InventoryRun,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    word = str(run.uuid)
    for kind, start in (("xlsx", b"PK"), ("html", b"<!doctype"), ("json", b'{"report"')):
        assert main(["intake", "report", word, "-o", f"清理.{kind}"]) == 0
        assert (tmp_path / f"清理.{kind}").read_bytes().startswith(start)
    assert main(["intake", "report", word, "--format", "html"]) == 0
    assert (tmp_path / "信息清理报告：试清理.html").is_file()
    assert not list(tmp_path.glob(".*.part"))
    capfd.readouterr()
    assert main(["intake", "report", word, "--format", "json", "-o", "-"]) == 0
    assert json.loads(capfd.readouterr().out)["report"]["input"] == 7
    assert main(["intake", "report", word, "-o", "清理.doc"]) != 0
    assert "pdf、xlsx、html、json" in capfd.readouterr().err
    assert main(["intake", "report", word, "-o", "没有/清理.json"]) != 0
