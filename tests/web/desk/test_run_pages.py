"""A clean-up run as people see it: while it works, with and without JavaScript, and done."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from gongkai.inventory import actions
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.values import NewInput, RunOrder, RunScope
from tests import factories
from tests.factories import NOW
from tests.web import axe
from tests.web.desk import damaged_paper
from tests.web.desk.conftest import SitDown
from tests.web.desk.test_requests import fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(data_dir: object) -> factories.Office:
    return factories.office()


def started(office: factories.Office) -> InventoryRun:
    """Forty rows, one repeated, one without a name, and a damaged paper; nothing done yet."""
    rows = [
        {"信息名称": f"关于第{n}项检查的通知", "生成日期": f"2008-01-{n % 28 + 1:02d}"}
        for n in range(40)
    ]
    rows += [rows[3], {"信息名称": "", "文号": "云商字〔2008〕1号"}]
    order = RunOrder("旧登记簿", scope=RunScope(date(2008, 1, 1), date(2008, 1, 15)))
    run = actions.open_run(body=office.body, order=order, by=office.officer, now=NOW)
    table = json.dumps(rows, ensure_ascii=False).encode()
    papers = [NewInput("表.json", table), NewInput("总结.txt", damaged_paper.TEXT.encode())]
    actions.add_files(run=run, files=papers, by=office.officer, now=NOW)
    return actions.start(run=run, by=office.officer, now=NOW)


def work(run: InventoryRun, done: int) -> None:
    """Go on until so many rows have their end."""
    while actions.work(run=run, now=NOW, limit=5):
        run.refresh_from_db()
        if run.done_count >= done:
            return


def test_the_page_follows_the_run_and_keeps_focus_and_place(
    office: factories.Office, live_server: LiveServer, sit_down: SitDown
) -> None:
    run = started(office)
    work(run, 10)
    page = sit_down(office.officer, script=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_server}{reverse('desk:run', args=[run.uuid])}")
    status, said = page.locator("[data-piece=status]"), page.locator("[data-announce]")
    expect(status).to_contain_text("10/43 条")
    assert not axe.faults(page)
    row = page.locator("[data-piece=rows] tbody a").nth(9)
    row.focus()
    place = page.evaluate("(window.stayed = true, scrollTo(0, 300), scrollY)")
    work(run, 30)
    expect(status).to_contain_text("30/43 条", timeout=12_000)
    expect(said).to_contain_text("清理中，30 条，共 43 条")
    expect(page).to_have_title("69% 旧登记簿 · 工作台")
    expect(row).to_be_focused()
    assert page.evaluate("scrollY") == place and page.evaluate("window.stayed")
    work(run, 100)
    expect(status).to_contain_text("已完成", timeout=12_000)
    expect(said).to_contain_text("已完成，43 条，共 43 条")
    expect(page.get_by_text("处发现待答复")).to_be_visible()
    expect(page.locator("#run-name")).to_be_focused()  # the row it was on was put in anew
    assert page.evaluate("window.stayed"), "the page was never loaded again"
    assert page.get_by_role("button", name="暂停").count() == 0
    assert not [c for c in complaints if "Content Security Policy" in c]


def test_without_javascript_the_page_comes_again_by_itself(
    office: factories.Office, live_server: LiveServer, sit_down: SitDown
) -> None:
    run = started(office)
    work(run, 10)
    page = sit_down(office.officer)
    page.goto(f"{live_server}{reverse('desk:run', args=[run.uuid])}")
    work(run, 30)
    expect(page.locator("[data-piece=status]")).to_contain_text("30/43 条", timeout=12_000)
    page.get_by_role("button", name="暂停").click()
    expect(page.locator("[data-piece=status]")).to_contain_text("已暂停")
    assert page.locator("meta[http-equiv=refresh]").count() == 0
    page.get_by_role("button", name="继续清理").click()
    expect(page.locator("[data-piece=status]")).to_contain_text("清理中")


def test_every_screen_of_a_run_fits_and_can_be_used_by_everybody(
    office: factories.Office, live_server: LiveServer, sit_down: SitDown
) -> None:
    run = started(office)
    work(run, 100)
    here = reverse("desk:run", args=[run.uuid])
    item = run.items.get(file__name="总结.txt")
    repeat = run.items.get(outcome="duplicate")
    page = sit_down(office.officer, script=True)
    for address in (
        "/desk/inventory/", "/desk/inventory/?bounds=2008-01-10", "/desk/inventory/rows/",
        "/desk/inventory/new/", "/desk/inventory/mappings/", here, f"{here}?outcome=duplicate",
        f"{here}{item.pk}/", f"{here}{repeat.pk}/?outcome=duplicate", f"{here}rows/?section=none",
        f"{here}report/", f"{here}findings/", f"{here}classing/", f"{here}files/",
    ):  # fmt: skip
        answer = page.goto(f"{live_server}{address}")
        assert answer is not None and answer.status == 200, address
        assert not axe.faults(page), address
        fits(page)


def test_from_row_to_row_and_back_to_the_same_place(
    office: factories.Office, live_server: LiveServer, sit_down: SitDown
) -> None:
    run = started(office)
    work(run, 100)
    page = sit_down(office.officer)
    page.goto(f"{live_server}{reverse('desk:run', args=[run.uuid])}?outcome=record")
    titles = page.locator("[data-piece=rows] tbody th").all_inner_texts()
    page.get_by_role("link", name=titles[4], exact=True).click()
    page.get_by_role("link", name="下一条").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[5])
    page.get_by_role("link", name="上一条").click()
    page.get_by_role("link", name="上一条").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[3])
    page.get_by_role("link", name="旧登记簿：登记为信息").click()
    assert "outcome=record&page=1#i-" in page.url
