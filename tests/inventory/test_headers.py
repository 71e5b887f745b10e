"""Real layouts of four sources, read by mapping: 40 of 40 rows as they should come out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from gongkai.inventory.models import InventoryItem
from gongkai.orgs.models import Body, Person
from gongkai.project.cli import main
from gongkai.records.models import Record
from tests.inventory.conftest import carried_out

SOURCES = {
    "广东": ("GDProvince_GDProvince_success.json", "guangdong_library"),
    "国务院": ("GWY_success.json", "state_council_library"),
    "天津": ("TJProvince_WholeProvince_success.json", "tianjin_library"),
}
Row = tuple[str, str, str, str, str]


@pytest.fixture
def headers(shared_dir: Path) -> Path:
    return shared_dir / "data" / "fixtures" / "headers"


def truth(headers: Path, source: str) -> list[dict[str, str]]:
    with (headers / "TRUTH_dev.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [r for r in csv.DictReader(stream) if r["province"].partition("/")[0] == source]


def expected(row: dict[str, str]) -> Row:
    return row["index_no"], row["title"], row["doc_no"], row["made"], row["published"]


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "count"), [("广东", 20), ("国务院", 10), ("天津", 10)])
def test_the_dry_run_equals_the_truth(
    capsys: pytest.CaptureFixture[str], headers: Path, source: str, count: int
) -> None:
    name, mapping = SOURCES[source]
    words = ["intake", str(headers / name), "--mapping", mapping, "--dry-run", "--json"]
    assert main(words) == 0
    answer = json.loads(capsys.readouterr().out)
    rows = truth(headers, source)
    assert len(rows) == count
    read = [
        (
            r["index_number"],
            r["title"],
            r["document_number"],
            r["created_on"] or "",
            r["published_on"] or "",
        )
        for r in answer["records"]
    ]
    assert sorted(read) == sorted(map(expected, rows))
    validities = sorted(r["validity"] for r in answer["records"])
    assert validities == sorted(row["validity"] for row in rows)
    assert answer["rejected"] == []


@pytest.mark.parametrize("source", SOURCES)
def test_the_database_holds_the_truth(
    bureau: Body, clerk: Person, headers: Path, source: str
) -> None:
    name, mapping = SOURCES[source]
    carried_out(bureau, clerk, (name, (headers / name).read_bytes()), mapping=mapping)
    rows = truth(headers, source)
    kept = sorted(
        (
            r.index_number,
            r.title,
            r.document_number,
            r.responsible_unit,
            str(r.created_on or ""),
            str(r.first_published_on or ""),
        )
        for r in Record.objects.all()
    )
    wanted = sorted(
        (r["index_no"], r["title"], r["doc_no"], r["org"], r["made"], r["published"]) for r in rows
    )
    assert kept == wanted
    assert all(r.carried_from for r in Record.objects.all())
    assert InventoryItem.objects.exclude(outcome="record").count() == 0


def test_an_unknown_code_of_validity_is_a_finding(
    bureau: Body, clerk: Person, headers: Path
) -> None:
    name, mapping = SOURCES["天津"]
    carried_out(bureau, clerk, (name, (headers / name).read_bytes()), mapping=mapping)
    record = Record.objects.first()
    assert record is not None
    assert record.validity == "unknown"
    finding = record.findings.get(kind="not_read")
    assert "信息有效性“0”" in finding.sentence


def test_a_page_with_header_table_and_machine_tags(
    bureau: Body, clerk: Person, headers: Path
) -> None:
    name = "lishui_detail.html"
    page = (headers / name).read_bytes()
    run = carried_out(bureau, clerk, (name, page), mapping="lishui_page")
    record = Record.objects.get()
    assert "【" not in record.document_number
    assert record.document_number.startswith("丽政发〔2023〕")
    assert (str(record.created_on), str(record.first_published_on)) != ("None", "None")
    assert record.title.startswith("丽水市人民政府关于下达2023年")
    assert record.index_number
    assert record.carried_from.startswith("丽水市")
    assert run.state == "finished"
    hidden = record.findings.filter(kind="hidden_text")
    assert hidden.exists()
