"""`gongkai law …`: what is asked in a shell is answered as the law answers it."""

import json
from pathlib import Path

import pytest

from gongkai.project import cli
from tests.project.conftest import Gongkai


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["law", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_fee_and_numbers_need_no_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "document-number", "门商字[2008]071号")[1].startswith("门商字〔2008〕71号")
    code, out, _ = asked(capsys, "index-number", "11J025/ZK-2008-000368", "--json")
    assert (code, json.loads(out)["serial"]) == (0, 368)


@pytest.mark.django_db
def test_due_date_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = asked(capsys, "due", "--term", "reply", "--from", "2026-02-06", "--json")
    told = json.loads(out)
    assert (code, told["on"], told["provisional"]) == (0, "2026-03-12", False)
    assert len(told["counted"]) == 20
    assert "第三十三条" in told["basis"]


@pytest.mark.django_db
def test_fees_and_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert "2,200元" in asked(capsys, "fee", "--items", "31")[1]
    assert json.loads(asked(capsys, "fee", "--pages", "201", "--json")[1])["amount"] == 2740
    sentence = asked(capsys, "due", "--working-days", "20", "--from", "2026-09-30")[1]
    assert "2026年11月3日" in sentence


@pytest.mark.django_db
def test_many_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "many.csv"
    table.write_text("\ufeffterm,from\nreply,2026-02-06\npublish,2008-12-24\n", encoding="utf-8")
    code, out, _ = asked(capsys, "due", "--csv", str(table))
    lines = out.splitlines()
    assert code == 0
    assert [line.split(",")[2] for line in lines] == ["on", "2026-03-12", "2009-01-22"]
    code, out, _ = asked(capsys, "due", "--csv", str(table), "--json")
    assert [row["on"] for row in json.loads(out)] == ["2026-03-12", "2009-01-22"]


@pytest.mark.django_db
def test_a_line_that_cannot_be_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "many.csv"
    table.write_text("term,from\nreply,2026-02-06\nreply,soon\n", encoding="utf-8")
    code, out, err = asked(capsys, "due", "--csv", str(table))
    assert code == 1
    assert "“soon”不是日期" in out.splitlines()[2]
    assert "2026-03-12" in out
    assert err.startswith("2行中有1行")


def test_a_table_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "wrong.csv"
    assert "读不到" in asked(capsys, "document-number", "--csv", str(table))[2]
    table.write_text("wort\nx\n", encoding="utf-8")
    assert "列名不对" in asked(capsys, "document-number", "--csv", str(table))[2]
    table.write_bytes("number\n门商字\n".encode("gb18030"))
    assert "UTF-8" in asked(capsys, "document-number", "--csv", str(table))[2]


@pytest.mark.django_db
def test_as_a_calendar_file(capsys: pytest.CaptureFixture[str]) -> None:
    out = asked(capsys, "due", "--term", "reply", "--from", "2026-02-06", "--ics")[1]
    assert "DTSTART;VALUE=DATE:20260312" in out
    code, _, err = asked(capsys, "calendar", "--year", "2026", "--ics")
    assert (code, err) == (1, "这个问题没有可以写进日历的日期。\n")


def test_refusals_are_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = asked(capsys, "document-number", "关于工作的通知")
    assert (code, err.count("\n")) == (1, 1)


def test_without_a_database_the_package_years_serve(gongkai: Gongkai) -> None:
    done = gongkai("law", "due", "--term", "reply", "--from", "2026-02-06")
    assert done.returncode == 0
    assert "2026年3月12日" in done.stdout
    assert "没有数据库" in done.stderr
