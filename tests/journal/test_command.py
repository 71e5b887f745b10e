"""`gongkai journal verify` and `show`, as an operator types them."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from gongkai.journal.models import Entry, Head
from gongkai.project.cli import main
from tests.flush import triggers_aside
from tests.journal.conftest import Write

pytestmark = pytest.mark.django_db


def test_verify_says_sound_and_exits_0(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(3)
    assert main(["journal", "verify"]) == 0
    assert "核验 3 条，完好。" in capsys.readouterr().out
    assert main(["journal", "verify", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["sound"], said["checked"], said["faults"]) == (True, 3, [])


def test_verify_names_every_fault_and_exits_1(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write(5)
    with triggers_aside(connection):
        Entry.objects.filter(seq=2).update(reason="改")
        Entry.objects.filter(seq=4).delete()
    assert main(["journal", "verify"]) == 1
    said = capsys.readouterr().out
    assert "第 2 条的内容写下之后被改动" in said
    assert "少了第 4 条，被删除" in said
    assert main(["journal", "verify", "--json"]) == 1
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert [fault["kind"] for fault in report["faults"]] == ["edited", "removed"]
    assert report["error"]["code"] == "journal.not_whole"
    assert told.err.strip() == report["error"]["sentence"]


def test_verify_against_a_head_kept_elsewhere(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write(2)
    known = f"2:{Head.objects.get().hash}"
    assert main(["journal", "verify", "--known", known]) == 0
    assert main(["journal", "verify", "--known", f"2:{'0' * 64}"]) == 1
    assert main(["journal", "verify", "--known", "nonsense"]) == 1
    assert "--known 应写成" in capsys.readouterr().err


def test_show_pages_filters_and_refuses_nonsense(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = write(3)[1]
    assert main(["journal", "show", "--limit", "2"]) == 0
    said = capsys.readouterr().out
    assert "王岚把样品3" in said
    assert "样品1" not in said
    assert "--before 2" in said
    assert main(["journal", "show", "--subject", "sample:2", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["entries"]
    assert [line["seq"] for line in shown] == [2]
    assert shown[0]["hash"] == entry.hash
    assert main(["journal", "show", "--act", str(entry.act), "--actor", "99"]) == 0
    assert "没有符合的记录" in capsys.readouterr().out
    for wrong in (["--subject", "sample"], ["--act", "x"]):
        assert main(["journal", "show", *wrong]) == 1
