"""The reference page names every column and code beside its row of the yearly report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.disclosure.register_columns import COLUMNS, GROUNDS, KINDS, NAMES, plain
from gongkai.disclosure.register_page import register_page, report_row
from gongkai.journal.models import Entry
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.requests_table import key
from gongkai.law.annual_report.tally import Case, tally
from gongkai.law.applications import ApplicantKind
from gongkai.law.replies import OUTCOMES
from gongkai.project.cli import main
from tests import factories


@pytest.mark.parametrize("year", [2020, 2025])
def test_the_page_says_where_the_report_counts(year: int) -> None:
    form = form_for(year)
    for each in OUTCOMES:
        day = date(year, 3, 2)
        values = tally([Case(day, ApplicantKind.NATURAL, each.key, day)], year, form)
        table = next(table for table in form.tables if table.key == "requests")
        ones = [r.label for r in table.rows if values.get(key(r.key, "natural")) == 1]
        assert report_row(each.key, year) in ones


def test_every_column_and_code_is_on_the_page() -> None:
    page = register_page()
    codes = {code for column in COLUMNS for code in column.codes}
    for word in {*codes, *(column.key for column in COLUMNS)} - {"pending"}:
        assert f"`{word}`" in page
    assert {o for each in OUTCOMES for o in each.grounds} <= set(GROUNDS)
    assert set(KINDS) == {kind.value for kind in ApplicantKind}


def test_no_heading_means_two_columns() -> None:
    names = [plain(n) for c in COLUMNS for n in (c.key, c.label, *c.headings)]
    assert len(names) == len(set(names)) == len(NAMES)


@pytest.mark.django_db
def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = factories.office().body
    path = tmp_path / "台账.csv"
    path.write_text(
        "收到日期,渠道,申请人类型,申请人,办理结果,答复日期\n"
        "2026-03-02,当面,自然人,赵小满,granted,2026-03-20\n"
        "2026-03-03,当面,自然人,钱小满,,\n"
        "2026-03-03,当面,外星人,孙小满,,\n",
        encoding="utf-8",
    )
    words = ["--body", body.code, "--json"]
    assert main(["requests", "import", str(path), *words]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["imported"], report["repeated"], len(report["requests"])) == (2, 0, 2)
    assert report["refused"][0]["row"] == 4 and report["refused"][0]["column"] == "applicant_kind"
    assert main(["requests", "due", *words]) == 0
    due = json.loads(capsys.readouterr().out)
    assert (due["open"], due["overdue"]) == (1, 1)
    assert main(["requests", "list", "--body", body.code]) == 0
    assert "共 2 件" in capsys.readouterr().out
    assert main(["requests", "export", "--body", body.code]) == 0
    assert "赵小满" not in capsys.readouterr().out
    assert not Entry.objects.filter(event="request.register_exported").exists()
    assert main(["requests", "export", "--personal", *words]) == 0
    assert json.loads(capsys.readouterr().out)["requests"][0]["name"] == "赵小满"
    assert Entry.objects.get(event="request.register_exported").data["count"] == 2
    other = tmp_path / "出.xlsx"
    assert main(["requests", "export", "--body", body.code, "--xlsx", str(other)]) == 0
    assert main(["requests", "import", str(other), "--body", body.code]) == 0
    assert "已有 2 件" in capsys.readouterr().out
