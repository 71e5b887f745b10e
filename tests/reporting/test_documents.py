"""Reports as files: read back by the program's own reader, equal each time, tables as printed."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime

import pytest
from docx import Document

from gongkai.kit.dates import CHINA
from gongkai.law.annual_report import FORMS, form_for
from gongkai.reporting import actions
from gongkai.reporting.documents import made
from gongkai.reporting.layout import grids
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.schema import from_schema
from tests.factories import Office
from tests.reporting.conftest import Asked, put

JANUARY = datetime(2026, 1, 12, 9, tzinfo=CHINA)


@pytest.fixture
def report(office: Office) -> AnnualReport:
    put(
        office.body,
        [
            Asked(date(2025, 3, 1), "natural", "granted", date(2025, 3, 20)),
            Asked(date(2025, 4, 1), "legal_service", "excessive", date(2025, 4, 20)),
        ],
    )
    return actions.begin(body=office.body, year=2025, by=office.officer, now=JANUARY)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_cell_of_a_form_is_printed_once_and_the_table_is_full(form: object) -> None:
    year = {"2008": 2008, "2019": 2020, "2021": 2025}[form.key]  # type: ignore[attr-defined]
    printed: list[str] = []
    for grid in grids(form_for(year)):
        taken: set[tuple[int, int]] = set()
        for row, column, box in grid.places:
            cells = {(row + r, column + c) for r in range(box.rows) for c in range(box.columns)}
            assert not cells & taken, (grid.key, box)
            taken |= cells
            printed += [box.key] if box.key else []
        assert len(taken) == len(grid.rows) * len(grid.widths), grid.key
    assert sorted(printed) == sorted(form_for(year).cells)


def test_the_head_of_table_three_is_that_of_the_annex() -> None:
    three = next(g for g in grids(form_for(2025)) if g.key == "requests")
    head = [[(box.text, box.rows, box.columns) for box in row] for row in three.rows[:3]]
    assert head[0][0][1:] == (3, 3) and head[0][1] == ("申请人情况", 1, 7)
    assert head[1] == [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)]
    block = next(box for row in three.rows for box in row if box.text.startswith("三、"))
    assert block.rows == 22
    older = next(g for g in grids(form_for(2020)) if g.key == "requests")
    assert next(b for row in older.rows for b in row if b.text.startswith("三、")).rows == 20


@pytest.mark.django_db
def test_the_same_report_gives_the_same_files(report: AnnualReport) -> None:
    for kind in ("docx", "json", "xlsx", "zip"):
        assert made(report, kind).content == made(report, kind).content, kind
    with zipfile.ZipFile(io.BytesIO(made(report, "zip").content)) as packed:
        names = packed.namelist()
        data = json.loads(packed.read(names[0]))
    assert [name.rpartition(".")[2] for name in names] == ["json", "docx"]
    assert from_schema(data)["requests.excessive.legal_service"] == 1


@pytest.mark.django_db
def test_the_word_file_holds_the_tables_with_merged_heads(report: AnnualReport) -> None:
    document = Document(io.BytesIO(made(report, "docx").content))
    two, three, four = document.tables
    assert (len(three.rows), len(three.columns), len(four.columns)) == (28, 10, 15)
    assert three.cell(0, 0).text == three.cell(2, 2).text != ""
    assert three.cell(0, 3).text == three.cell(0, 9).text == "申请人情况"
    assert [cell.text for cell in three.rows[3].cells][-7:] == ["1", "0", "0", "0", "1", "0", "2"]
    # Nobody entered the licences yet: the draft shows nothing, not a zero.
    assert two.rows[6].cells[1].text == ""
