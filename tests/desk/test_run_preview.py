"""A table is looked at before its run is started; nothing that was uploaded is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.inventory import actions, sources
from gongkai.inventory.models import InventoryRun
from tests import factories
from tests.desk.conftest import SignIn

TABLE = "信息名称,文号,生成日期,备注\n关于供应的通知,云商字〔2008〕7号,2008年5月,甲\n"
FOREIGN = "<库><行><bt>关于供应的通知</bt><wh>云商字〔2008〕7号</wh></行></库>"


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn, data_dir: Path) -> Client:
    return sign_in(office.clerk)


def upload(browser: Client, office: factories.Office, *files: tuple[str, str]) -> str:
    """The address that answers."""
    chosen = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    data = {"label": "旧信息", "section": office.section.pk, "chosen": chosen}
    answer = browser.post("/desk/inventory/new/", data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def carried_out() -> InventoryRun:
    run = InventoryRun.objects.get()
    while actions.work(run=run, now=factories.NOW):
        pass
    run.refresh_from_db()
    return run


def test_a_table_is_previewed_then_started(office: factories.Office, browser: Client) -> None:
    address = upload(browser, office, ("表.csv", TABLE), ("文.txt", "关于放假的通知\n照办。"))
    run = InventoryRun.objects.get()
    assert run.state == "open" and run.file_count == 2
    page = browser.get(address).content.decode()
    assert "关于供应的通知" in page and "只写到月" in page and "2008年5月" in page
    assert "备注" in page and "内容概述" in page
    again = browser.get(reverse("desk:run", args=[run.uuid])).content.decode()
    assert "预览表格" in again, "whoever leaves finds back"
    answer = browser.post(address, {"step": "start", "mapping": sources.OWN_LABELS})
    assert answer.status_code == 302 and InventoryRun.objects.get().state == "running"
    run = carried_out()
    assert run.record_count == 2
    assert run.files.get(name="表.csv").mapping == sources.OWN_LABELS
    assert browser.get(address).status_code == 302, "nothing waits any more"


def test_papers_alone_are_started_at_once(office: factories.Office, browser: Client) -> None:
    upload(browser, office, ("文.txt", "关于放假的通知\n照办。"))
    assert InventoryRun.objects.get().state == "running"


def test_another_mapping_is_tried_and_kept_for_each_table(
    office: factories.Office, browser: Client
) -> None:
    rules = {"title": ["bt"], "document_number": ["wh"]}
    actions.save_mapping(
        name="own", label="旧库", content={"fields": rules}, by=None, now=factories.NOW
    )
    address = upload(browser, office, ("表.csv", TABLE), ("库.xml", FOREIGN))
    wrong = browser.get(f"{address}?mapping=own")
    assert wrong.context["preview"].taken == 0
    assert browser.get(f"{address}?mapping=nowhere").context["mapping"] == sources.OWN_LABELS
    first = browser.get(address)
    answer = browser.post(address, {"step": "later", "mapping": first.context["mapping"]})
    second = browser.get(answer["Location"])
    assert second.context["file"].name == "库.xml"
    assert second.context["mapping"] == "own", "found by itself"
    assert second.context["preview"].taken == 1
    browser.post(answer["Location"], {"step": "start", "mapping": "own"})
    run = carried_out()
    assert dict(run.files.values_list("name", "mapping")) == {
        "表.csv": sources.OWN_LABELS, "库.xml": "own",
    }  # fmt: skip
    assert (run.record_count, run.rejected_count) == (2, 0)


def test_a_file_that_cannot_be_read_says_so_and_holds_up_nothing(
    office: factories.Office, browser: Client
) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "甲">]><a><row>&b;</row></a>'
    address = upload(browser, office, ("炸.xml", bomb), ("表.csv", TABLE))
    page = browser.get(address)
    assert "定义了实体" in page.content.decode() and page.status_code == 200
    browser.post(address, {"step": "start"})
    run = carried_out()
    assert (run.record_count, run.rejected_count) == (1, 1)


def test_tables_added_later_are_previewed_too(office: factories.Office, browser: Client) -> None:
    upload(browser, office, ("表.csv", TABLE))
    run = InventoryRun.objects.get()
    added = SimpleUploadedFile("库.xml", FOREIGN.encode())
    answer = browser.post(reverse("desk:run_files", args=[run.uuid]), {"chosen": [added]})
    page = browser.get(answer["Location"])
    assert page.context["file"].name == "库.xml" and page.context["preview"].taken == 0
    assert "告诉政府信息公开工作机构" in page.content.decode()


def test_who_may_not_run_sees_no_preview(
    office: factories.Office, browser: Client, sign_in: SignIn
) -> None:
    address = upload(browser, office, ("表.csv", TABLE))
    assert sign_in(office.leader).get(address).status_code == 403
    assert sign_in(factories.office(name="青石区商务局").clerk).get(address).status_code == 404
