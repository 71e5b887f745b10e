"""The damaged summary of 2008: everything read, everything flagged, nothing repaired."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.inventory.models import InventoryItem
from gongkai.orgs.models import Body, Person
from gongkai.project.cli import main
from gongkai.records.actions.freezing import text_of
from gongkai.records.models import Record
from gongkai.review.fields import texts_of
from tests.inventory.conftest import carried_out

DATES = {
    "51日": "5月1日",
    "200712月": "2007年12月",
    "2008228日": "2008年2月28日",
    "20083月": "2008年3月",
    "20081224": "2008年12月24日",
    "513623818": "5月13日、6月23日、8月18日",
}


@pytest.fixture
def seed(shared_dir: Path) -> Path:
    return shared_dir / "seed" / "summary-2008.txt"


def dry_run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, list[dict[str, object]]]:
    assert main(["intake", *words, "--dry-run", "--json"]) == 0
    answer: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return answer


def test_the_dry_run_prints_header_and_findings(
    capsys: pytest.CaptureFixture[str], seed: Path
) -> None:
    answer = dry_run(capsys, str(seed))
    assert list(answer) == ["records", "rejected"]
    assert answer["rejected"] == []
    (record,) = answer["records"]
    text = seed.read_bytes().decode()
    findings = record.pop("findings")
    assert isinstance(findings, list)
    title = record.pop("title")
    assert isinstance(title, str)
    assert title.endswith("商务局政府信息公开工作总结")
    assert title in text
    assert record == {
        "index_number": "11J025/ZK-2008-000368",
        "document_number": "门商字〔2008〕71号",
        "validity": "有效",
        "created_on": "2008-12-24",
        "published_on": "2008-12-26",
    }
    for finding in findings:
        assert set(finding) == {"kind", "start", "end", "evidence", "proposal"}
        assert text[finding["start"] : finding["end"]] == finding["evidence"]
    replaced = [f for f in findings if f["kind"] == "replaced_name"]
    assert len(replaced) == 11
    assert {f["proposal"] for f in replaced} == {"门头沟区"}
    dates = [f for f in findings if f["kind"] == "damaged_date"]
    assert {f["evidence"]: f["proposal"] for f in dates} == DATES
    assert len(dates) == sum(text.count(damaged) for damaged in DATES)
    sums = [(f["evidence"], f["proposal"]) for f in findings if f["kind"] == "sum_mismatch"]
    assert sums == [("366条", "368条")]
    assert len(findings) == len(replaced) + len(dates) + 1


def test_the_dry_run_needs_no_data_folder(seed: Path, tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin", "GONGKAI_DATA": str(tmp_path / "none"), "PYTHONPATH": "src"}
    command = [sys.executable, "-m", "gongkai", "intake", str(seed), "--dry-run", "--json"]
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["records"][0]["created_on"] == "2008-12-24"


def test_taken_in_nothing_is_repaired_and_every_place_is_kept(
    bureau: Body, clerk: Person, seed: Path
) -> None:
    carried_out(bureau, clerk, (seed.name, seed.read_bytes()))
    record = Record.objects.get()
    source = seed.read_bytes().decode()
    assert (record.index_number, record.document_number) == (
        "11J025/ZK-2008-000368",
        "门商字〔2008〕71号",
    )
    assert (str(record.created_on), str(record.first_published_on)) == ("2008-12-24", "2008-12-26")
    assert record.validity == "in_force"
    assert record.carried_from
    for text in (record.title, record.responsible_unit, record.abstract, text_of(record)):
        assert text in source
    assert "51日" in text_of(record)
    fields = texts_of(record) | {"source": source}
    findings = list(record.findings.all())
    assert len(findings) == 20
    for finding in findings:
        assert fields[finding.field][finding.start : finding.end] == finding.evidence
    assert {f.answer for f in findings} == {"open"}
    where = sorted(f.field for f in findings if f.kind == "replaced_name")
    assert where == ["responsible_unit", "source", *["text"] * 8, "title"]


def test_the_original_is_kept_and_not_for_the_public(
    bureau: Body, clerk: Person, seed: Path
) -> None:
    from gongkai.records import store

    carried_out(bureau, clerk, (seed.name, seed.read_bytes()))
    (file,) = Record.objects.get().files.all()
    assert file.purpose == "source"
    assert store.read(file.file) == seed.read_bytes()


def test_a_second_time_it_is_a_repeat(
    bureau: Body, seed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["intake", str(seed)]) == 0
    assert "1 条可录入" in capsys.readouterr().out
    assert main(["intake", str(seed), "--json"]) == 0
    name = seed.name
    assert json.loads(capsys.readouterr().out) == {
        "records": [],
        "duplicates": [{"source": name, "of": name}],
        "rejected": [],
    }
    outcomes = InventoryItem.objects.order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["record", "duplicate"]
    assert Record.objects.count() == 1


def test_of_several_bodies_the_one_at_work_takes_the_papers(
    bureau: Body, seed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from gongkai.orgs import actions
    from tests.inventory.conftest import NOW

    actions.create_body(fields={"code": "Q0", "name": "青石区人民政府"}, by=None, now=NOW)
    assert main(["intake", str(seed)]) == 1
    assert "Q0、Q1" in capsys.readouterr().err
    fields = {"code": "BG", "name": "办公室"}
    actions.create_section(body=bureau, fields=fields, by=None, now=NOW)
    assert main(["intake", str(seed)]) == 0
    assert Record.objects.get().body == bureau
