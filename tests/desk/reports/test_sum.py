"""The summed form: which bodies are in it, what each has in a cell, and the same as a file."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gongkai.law.annual_report import form_for
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Role
from gongkai.reporting import actions
from gongkai.reporting.cells import by_hand
from gongkai.reporting.values import Entry
from tests import factories
from tests.desk.conftest import SignIn
from tests.factories import NOW, Office
from tests.reporting.conftest import Asked, put


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


def test_the_sum_names_who_is_missing_and_opens_each_figure(
    office: Office, sign_in: SignIn
) -> None:
    above = orgs.create_body(fields={"code": "11Y900", "name": "云岭区人民政府"}, by=None, now=NOW)
    orgs.edit_body(body=office.body, fields={"parent": above}, by=None, now=NOW)
    client = sign_in(factories.person("督办戊", Role.SUPERVISOR, above))
    empty = client.get("/desk/reports/sum/2025/").content.decode()
    assert "汇总表是空的" in empty and "<table" not in empty
    put(office.body, [Asked(date(2025, 3, 1), "natural", "granted", date(2025, 3, 20))])
    at: dict[str, Any] = {"by": office.officer, "now": NOW}
    report = actions.begin(body=office.body, year=2025, **at)
    for cell in by_hand(form_for(2025)):
        actions.enter(report=report, entry=Entry(cell, 7, "台账"), **at)
    actions.redraft(report=report, **at)
    actions.check(report=report, **at)
    actions.approve(report=report, by=office.leader, now=NOW)
    shown = client.get("/desk/reports/sum/2025/?cell=requests.new.total").content.decode()
    assert "汇总1个机关" in shown and "云岭区人民政府（尚未编制）" in shown
    assert '<th scope="row">云岭区商务局</th><td class="number">1</td>' in shown
    answer = client.get("/desk/reports/sum/2025/?format=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    words = [str(row[0]) for row in book.get_sheet_by_index(0).to_python()]
    assert any("没有计入：云岭区人民政府（尚未编制）" in line for line in words)
    figures = [cell for name in book.sheet_names[1:]
               for row in book.get_sheet_by_name(name).to_python() for cell in row]  # fmt: skip
    assert figures.count(7) == 4
    assert client.get("/desk/reports/sum/2025/?format=docx").content[:2] == b"PK"
    assert "没有“exe”这种文件" in client.get("/desk/reports/sum/2025/?format=exe").content.decode()
