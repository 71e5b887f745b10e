"""An invented year imported by the command, and the report equal to its truth in every cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.request_year import CELLS_FOUR, CELLS_THREE, made
from bench.request_year.files import as_xlsx
from gongkai.law.annual_report import form_for
from gongkai.project.cli import main
from gongkai.reporting.counting import remedies, requests
from gongkai.reporting.counting.span import Span
from gongkai.reporting.schema import from_schema
from tests.factories import Office

ROWS = 260


@pytest.mark.django_db
def test_the_report_of_an_imported_year_is_its_truth(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = made(23, rows=ROWS)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(as_xlsx(year.rows))
    assert main(["requests", "import", str(path), "--body", office.body.code]) == 0
    capsys.readouterr()
    order = ["report", "compute", "--body", office.body.code, "--year", str(year.year), "--json"]
    assert main(order) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["edition"], told["findings"]) == ("2021", [])
    cells = from_schema(told)
    wanted = {key: year.truth.cells.get(key, 0) for key in (*CELLS_THREE, *CELLS_FOUR)}
    assert len(wanted) == 175 + 15
    assert {key: cells[key] for key in wanted} == wanted
    span, form = Span(office.body, year.year), form_for(year.year)
    for key, n in wanted.items():
        table, row, column = key.split(".")
        if table == "remedies":
            behind = remedies.rows(span, row, column).count()
        else:
            behind = requests.rows(span, form, row, column).count()
        assert behind == n, key
