"""Proposals that fill in a field while their evidence stands in the text: singly and together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.inventory import actions, alike
from gongkai.inventory.models import InventoryRun
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.models import Finding
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.test_inventory_pages import taken_in
from tests.desk.test_run_findings import url

HEAD = "信息名称,文号,信息分类,生成日期,信息有效性,正文\n"
OVER = "本办法自2010年6月1日起施行，有效期2年。"
ROWS = (
    f"甲摊位管理办法,云商规〔2010〕1号,规范性文件,2010-05-01,,{OVER}\n"
    f"乙摊位管理办法,云商规〔2010〕2号,规范性文件,2010-05-02,有效,{OVER}\n"
    "丙摊位管理办法,云商规〔2010〕3号,规范性文件,2010-05-03,,办法全文。\n"
    "丁摊位管理办法,云商规〔2010〕4号,规范性文件,2010-05-04,,办法全文。\n"
    "戊摊位管理办法,,规范性文件,,有效,云商规〔2009〕5号各单位：请照办。云岭区商务局2009年3月1日\n"
    "关于印发《丙摊位管理办法》的通知,云商规〔2020〕6号,规范性文件,2020-05-03,有效,"
    "《丁摊位管理办法》（云商规〔2010〕4号）、《己摊位管理办法》同时废止。\n"
    "己摊位管理办法,,规范性文件,2010-05-05,有效,办法全文。\n"
    "己摊位管理办法,,规范性文件,2021-05-05,有效,新的办法全文。\n"
)


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn, data_dir: Path) -> Client:
    return sign_in(office.clerk)


@pytest.fixture
def run(browser: Client, office: factories.Office) -> InventoryRun:
    return taken_in(browser, office, ("清单.csv", (HEAD + ROWS).encode()))


def record(letter: str) -> Record:
    return Record.objects.get(title=f"{letter}摊位管理办法")


def told(letter: str) -> list[tuple[str, str, str | None]]:
    rows = record(letter).findings.filter(answer="open").exclude(target="")
    return list(rows.order_by("kind").values_list("kind", "target", "proposal"))


def test_each_is_told_with_the_field_it_is_for(run: InventoryRun) -> None:
    assert told("甲") == told("乙") == [("validity_in_doubt", "validity", "失效")]
    assert told("丙") == [("missing_validity", "validity", None)]
    assert told("戊") == [
        ("unfilled_date", "created_on", "2009-03-01"),
        ("unfilled_document_number", "document_number", "云商规〔2009〕5号"),
    ]
    doubt = record("甲").findings.get(kind="validity_in_doubt")
    assert record("甲").body_text.text[doubt.start : doubt.end] == doubt.evidence == OVER[:-1]


def test_what_is_empty_in_all_is_filled_together(run: InventoryRun, browser: Client) -> None:
    page = browser.get(f"{url(run)}?kind=missing_validity").content.decode()
    assert "规范性文件要写明有效性" in page and "都填入信息有效性" in page
    row = alike.open_in(run).filter(kind="missing_validity").order_by("id")[0]
    wrong = {"answer": "edited", f"{row.pk}-edited-text": "也许"}
    assert browser.post(url(run, row), wrong).status_code == 422
    browser.post(url(run, row), {"answer": "edited", f"{row.pk}-edited-text": "有效"})
    assert record("丙").validity == "in_force"
    assert record("丙").body_text.text == "办法全文。", "the evidence itself stays as it is"


def test_a_doubt_is_accepted_singly_on_the_record(run: InventoryRun, browser: Client) -> None:
    doubt = record("乙").findings.get(kind="validity_in_doubt")
    page = browser.get(reverse("desk:record_findings", args=[record("乙").uuid]))
    assert "建议填入信息有效性" in page.content.decode()
    empty = browser.get(reverse("desk:record_findings", args=[record("丙").uuid]))
    (card,) = empty.context["cards"]
    assert card.forms["edited"].initial == {"text": ""}, "its evidence is no validity"
    there = reverse("desk:finding", args=[record("乙").uuid, doubt.uuid])
    browser.post(there, {"answer": "accepted"})
    assert (record("乙").validity, record("甲").validity) == ("lapsed", "unknown")
    assert record("乙").body_text.text == OVER


def test_dates_and_numbers_of_the_text_are_put_into_their_fields(
    run: InventoryRun, browser: Client
) -> None:
    for kind in ("unfilled_date", "unfilled_document_number"):
        row = record("戊").findings.get(kind=kind)
        browser.post(
            reverse("desk:finding", args=[record("戊").uuid, row.uuid]), {"answer": "accepted"}
        )
    filled = record("戊")
    assert (filled.created_on, filled.document_number) == (date(2009, 3, 1), "云商规〔2009〕5号")


def test_what_a_later_paper_repeals_is_told_when_the_run_has_ended(
    run: InventoryRun, browser: Client
) -> None:
    for _ in range(2):  # again changes nothing
        after = 0
        while after := actions.compare(run=run, now=run.opened_at, after=after):
            pass
    doubt = record("丁").findings.get(kind="validity_in_doubt")
    assert (doubt.proposal, doubt.target) == ("废止", "validity")
    assert "关于印发《丙摊位管理办法》的通知" in doubt.sentence
    assert "《丁摊位管理办法》（云商规〔2010〕4号）" in doubt.evidence
    of_name = Finding.objects.filter(kind="validity_in_doubt", record__title="己摊位管理办法")
    years = [row.record.created_on.year for row in of_name if row.record.created_on]
    assert years == [2010], "nothing repeals what was made after it"
    assert not record("丙").findings.filter(kind="validity_in_doubt").exists()
    there = reverse("desk:finding", args=[record("丁").uuid, doubt.uuid])
    browser.post(there, {"answer": "accepted"})
    assert record("丁").validity == "repealed"
    assert told("丁") == [], "what only asked for an empty field asks no more"


def test_a_field_filled_on_the_form_is_not_asked_for_again(
    run: InventoryRun, office: factories.Office
) -> None:
    row = record("丙")
    Record.objects.filter(pk=row.pk).update(validity="in_force")
    review.rescan(record=row, now=run.opened_at)
    assert told("丙") == []
    assert Finding.objects.filter(kind="missing_validity", record=record("丁")).exists()
