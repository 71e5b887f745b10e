"""`gongkai bodies|people|notices` as an operator types them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.orgs import calendar
from gongkai.orgs.models import Body, Person, RoleGrant
from gongkai.orgs.notice_file import read_notice
from gongkai.project.cli import main
from tests import factories as make

pytestmark = pytest.mark.django_db


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 1
    return capsys.readouterr().err


def test_an_office_is_set_up_from_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    asked(capsys, "bodies", "add", "Q1", "青石区商务局", "--place", "青石区")
    asked(capsys, "bodies", "section", "Q1", "BGS", "办公室")
    made = asked(capsys, "people", "add", "li", "李文", "--body", "Q1", "--section", "BGS")
    assert isinstance(made, dict)
    person = Person.objects.get(username="li")
    assert person.check_password(made["password"])
    assert person.must_change_password
    asked(capsys, "people", "grant", "li", "case_officer", "--section", "BGS")
    listed = asked(capsys, "people", "list", "--body", "Q1")
    assert isinstance(listed, dict)
    assert listed["people"][0]["roles"] == ["case_officer"]
    tree = asked(capsys, "bodies", "list")
    assert isinstance(tree, dict)
    assert tree["bodies"][0]["sections"] == [{"code": "BGS", "name": "办公室"}]
    asked(capsys, "people", "revoke", "li", "case_officer", "--reason", "轮岗")
    assert RoleGrant.objects.get().until is not None
    for verb in ("close", "reopen"):
        asked(capsys, "people", verb, "li", "--reason", "试验")
    asked(capsys, "people", "unlock", "li")


def test_what_is_not_there_is_said_with_what_is(capsys: pytest.CaptureFixture[str]) -> None:
    Body.objects.create(code="Q1", name="青石区商务局")
    assert "现有: Q1" in refused(capsys, "people", "list", "--body", "Q2")
    assert "没有账号 wu" in refused(capsys, "people", "unlock", "wu")
    asked(capsys, "people", "add", "li", "李文", "--body", "Q1")
    assert "case_officer 经办人" in refused(capsys, "people", "grant", "li", "chief")
    assert "没有设置第二重验证" in refused(
        capsys, "people", "reset-factor", "li", "--reason", "丢失"
    )


def test_a_notice_file_is_loaded(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    calendar.forget()
    days = [{"date": "2027-01-01", "name": "元旦", "isOffDay": True}]
    path = tmp_path / "2027.json"
    path.write_text(json.dumps({"year": 2027, "days": days}), encoding="utf-8")
    asked(capsys, "notices", "load", str(path), "--number", "国办发明电〔2026〕9号")
    listed = asked(capsys, "notices", "list")
    assert isinstance(listed, dict)
    assert [n["source"] for n in listed["notices"] if n["year"] == 2027] == [
        "国办发明电〔2026〕9号"
    ]
    assert "已经录入过" in refused(
        capsys, "notices", "load", str(path), "--number", "国办发明电〔2026〕9号"
    )
    assert "读不到" in refused(capsys, "notices", "load", str(tmp_path / "none.json"))


def test_a_loaded_notice_tells_which_deadlines_it_moved(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    calendar.forget()
    record = make.draft(make.office(), created_on=date(2026, 11, 2))
    assert record.publish_due_on == date(2026, 11, 30)
    path = tmp_path / "late.csv"
    path.write_text("日期,名称,安排\n2026-11-20,临时放假,放假\n", encoding="utf-8")
    loaded = asked(capsys, "notices", "load", str(path), "--number", "国办发明电〔2026〕10号")
    assert isinstance(loaded, dict)
    assert loaded["moved"] == [{"id": record.pk, "from": "2026-11-30", "to": "2026-12-01"}]


@pytest.mark.parametrize(
    "text",
    [
        "date,name,isOffDay\n2027-02-06,春节,true\n2026-12-31,元旦,1\n2027-02-20,春节,False\n",
        "\ufeff日期,名称,安排\n2027-02-06,春节,放假\n2026-12-31,元旦,放假\n2027-02-20,春节,上班\n",
    ],
)
def test_a_notice_as_a_table_reads_like_json(text: str) -> None:
    notice = read_notice(text.encode())
    assert notice.year == 2027
    assert [d.day.isoformat() for d in notice.off] == ["2027-02-06", "2026-12-31"]
    assert [(d.day.isoformat(), d.name) for d in notice.makeup] == [("2027-02-20", "春节")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "不是 JSON"),
        (b"[]", "没有 days"),
        (b"day,name\n2027-01-01,x\n", "三列"),
        ("日期,名称,安排\n2027-01-01,元旦,休息\n".encode(), "放假还是上班"),
        ("日期,名称,安排\n元旦,元旦,放假\n".encode(), "不是日期"),
        (b'{"year": "2027", "days": []}', "year"),
        (b'{"year": 2027, "days": [{"date": "2027-02-30", "isOffDay": true}]}', "不是日期"),
        (b'{"year": 2027, "days": [{"date": "2027-02-20", "isOffDay": 1}]}', "isOffDay"),
    ],
)
def test_a_broken_notice_file_is_refused_with_the_fault(content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_notice(content)
