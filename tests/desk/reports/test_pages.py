"""The desk's pages of a yearly report: begun, filled in, written, approved, sent, receipted."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from gongkai.law.annual_report import form_for
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import Role
from gongkai.reporting import actions
from gongkai.reporting.cells import by_hand
from gongkai.reporting.figures import compute
from gongkai.reporting.models import AnnualReport, HandEntry, ReportState
from gongkai.reporting.values import Entry
from tests import factories
from tests.desk.conftest import SignIn
from tests.factories import NOW, Office
from tests.reporting.conftest import Asked, put

LICENCES = "proactive.licences.decisions"


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


@pytest.fixture
def report(office: Office) -> AnnualReport:
    put(
        office.body,
        [
            Asked(date(2025, 3, 1), "natural", "granted", date(2025, 3, 20)),
            Asked(date(2025, 4, 1), "business", "not_held", date(2025, 4, 20)),
            Asked(date(2025, 12, 20), "business"),
        ],
    )
    return actions.begin(body=office.body, year=2025, by=office.officer, now=NOW)


@pytest.fixture
def desk(office: Office, sign_in: SignIn) -> Client:
    return sign_in(office.officer)


def page(client: Client, address: str) -> str:
    answer = client.get(f"/desk/reports/{address}")
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_begin_by_year(office: Office, desk: Client) -> None:
    assert "还没有年度报告" in page(desk, "")
    for year, words in (("2030", "还没有到"), ("2001", "从2008年开始"), ("明年", "四位数字")):
        answer = desk.post("/desk/reports/new/", {"year": year})
        assert answer.status_code == 422 and words in answer.content.decode()
    answer = desk.post("/desk/reports/new/", {"year": "2025"}, follow=True)
    assert "2025年政府信息公开工作年度报告" in answer.content.decode()
    again = desk.post("/desk/reports/new/", {"year": "2025"})
    assert "已经开始编制" in again.content.decode()
    assert "2025年" in page(desk, "")


def test_every_cell_opens_as_many_rows_as_it_says(desk: Client, report: AnnualReport) -> None:
    whole = page(desk, f"{report.uuid}/")
    keys = set(re.findall(r"/cells/([a-z_.]+)/", whole))
    assert keys == set(form_for(2025).cells)
    values = compute(report.body, 2025).values
    for key in sorted(keys - set(by_hand(form_for(2025)))):
        if values[key] or key.startswith("requests.new"):
            shown = page(desk, f"{report.uuid}/cells/{key}/")
            assert f"<strong>{values[key]}</strong>件" in shown, key
            assert len(re.findall("/desk/requests/[0-9a-f-]{36}/", shown)) == values[key]
    assert desk.get(f"/desk/reports/{report.uuid}/cells/no.such.cell/").status_code == 404


def test_a_clerk_sees_the_count_and_only_his_own_rows(
    office: Office, sign_in: SignIn, report: AnnualReport
) -> None:
    shown = page(sign_in(office.clerk), f"{report.uuid}/cells/requests.new.total/")
    assert "<strong>3</strong>件" in shown and "您可以查看 0 件" in shown
    assert not re.search("/desk/requests/[0-9a-f-]{36}/", shown)


def test_another_body_finds_nothing(sign_in: SignIn, report: AnnualReport) -> None:
    other = factories.office(name="云岭区教育局")
    client = sign_in(other.officer)
    for part in ("", "words/", f"cells/{LICENCES}/", "export/json/", "approve/"):
        assert client.get(f"/desk/reports/{report.uuid}/{part}").status_code == 404


def test_a_cell_is_entered_with_its_source(
    office: Office, desk: Client, report: AnnualReport
) -> None:
    address = f"/desk/reports/{report.uuid}/cells/{LICENCES}/"
    for value, source, words in (
        ("五件", "台账", "不是数字"),
        ("-5", "台账", "不能是负数"),
        ("5.5", "台账", "要填整数"),
        ("5", "", "请填写“数据来源”"),
    ):
        answer = desk.post(address, {"value": value, "source": source})
        text = answer.content.decode()
        assert answer.status_code == 422 and words in text and f'value="{value}"' in text
    desk.post(address, {"value": "1,234", "source": "法制科台账"})
    entry = HandEntry.objects.get()
    assert entry.value == 1234
    assert entry.by == office.officer
    assert "1234件" in page(desk, f"{report.uuid}/cells/{LICENCES}/")


def test_words_that_contradict_are_refused_and_kept(desk: Client, report: AnnualReport) -> None:
    address = f"/desk/reports/{report.uuid}/words/"
    assert "本年新收申请3件" in page(desk, f"{report.uuid}/words/")
    typed = {"number": "1", "requests": "全年新收申请30件。", "problems": "宣传不够。"}
    answer = desk.post(address, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "表格为3，请改为一致" in text and "宣传不够。" in text and "新收申请30件" in text
    assert report.narratives.count() == 1
    desk.post(address, {**typed, "requests": "全年新收申请3件。"})
    assert report.narratives.count() == 2
    desk.post(f"/desk/reports/{report.uuid}/words/draft/")
    assert report.narratives.count() == 3


def test_approved_recorded_and_exported(
    office: Office, desk: Client, sign_in: SignIn, report: AnnualReport
) -> None:
    for cell in by_hand(form_for(2025)):
        actions.enter(report=report, entry=Entry(cell, 0, "台账"), by=None, now=NOW)
    here = f"/desk/reports/{report.uuid}"
    leader = sign_in(office.leader)
    assert leader.post(f"{here}/hand-in/").status_code == 403
    desk.post(f"{here}/hand-in/")
    assert "退回" in page(leader, f"{report.uuid}/")
    leader.post(f"{here}/approve/", {"remark": ""})
    report.refresh_from_db()
    assert report.state == ReportState.APPROVED
    put(office.body, [Asked(date(2025, 7, 1))], first=60)
    shown = page(desk, f"{report.uuid}/")
    assert "批准以后数据有变化" in shown and "批准时3，现在4" in shown
    for kind, start in (("docx", b"PK"), ("xlsx", b"PK"), ("json", b"{"), ("zip", b"PK")):
        answer = desk.get(f"{here}/export/{kind}/")
        assert answer.status_code == 200 and answer.content.startswith(start), kind
    assert desk.get(f"{here}/export/exe/").status_code != 200
    desk.post(f"{here}/record/", {"section": office.section.pk})
    report.refresh_from_db()
    assert report.record is not None and report.record.state == "draft"
    assert report.record.files.count() == 3


def test_the_body_above_sees_who_is_late_and_adds_up(
    office: Office, sign_in: SignIn, report: AnnualReport
) -> None:
    above = orgs.create_body(fields={"code": "11Y901", "name": "云岭区"}, by=None, now=NOW)
    other = factories.office(name="云岭区教育局")
    for body in (office.body, other.body):
        orgs.edit_body(body=body, fields={"parent": above}, by=None, now=NOW)
    supervisor = sign_in(factories.person("督办戊", Role.SUPERVISOR, above))
    for cell in by_hand(form_for(2025)):
        actions.enter(report=report, entry=Entry(cell, 7, "台账"), by=None, now=NOW)
    actions.check(report=report, by=None, now=NOW)
    actions.approve(report=report, by=None, now=NOW)
    shown = page(supervisor, "bodies/?year=2025")
    assert "逾期2个" in shown and "尚未编制" in shown and "2026-01-31" in shown
    added = page(supervisor, "sum/2025/?cell=proactive.licences.decisions")
    assert "云岭区教育局（尚未编制）" in added
    assert re.search(r"云岭区商务局</th><td class=\"number\">7", added)
    report.refresh_from_db()
    AnnualReport.objects.filter(pk=report.pk).update(
        state="sent", sent_at=NOW, package_digest="a" * 64
    )
    assert "签收" in page(supervisor, "bodies/?year=2025")
    supervisor.post(f"/desk/reports/{report.uuid}/receipt/", {"sure": "on"})
    report.refresh_from_db()
    assert report.state == ReportState.RECEIPTED
