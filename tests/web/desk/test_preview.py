"""A clerk hands in a foreign export, the office says what is what, and it comes in right."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from gongkai.inventory import actions as inventory
from gongkai.inventory.models import InventoryRun
from tests import factories
from tests.web import axe
from tests.web.desk.conftest import SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = "".join(
    f"<r><bt>关于第{n}号事项的通知</bt><wh>云商字〔2008〕{n}号</wh><d>200802{n + 10}</d></r>"
    for n in range(3)
)


def test_a_foreign_export_is_matched_and_started(
    live_server: object, sit_down: SitDown, data_dir: Path
) -> None:
    office = factories.office()
    page = sit_down(office.officer, script=True)
    page.goto(f"{live_server}/desk/inventory/new/")
    export = {"name": "old.xml", "mimeType": "text/xml", "buffer": f"<x>{ROWS}</x>".encode("gbk")}
    page.set_input_files("input[type=file]", export)  # type: ignore[arg-type]
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("一条也录入不了")).to_be_visible()
    faults = axe.faults(page)
    page.get_by_role("link", name="按内容猜一份字段对照").click()
    expect(page.get_by_label("bt 对应到", exact=True)).to_have_value("title")
    page.get_by_label("d 对应到", exact=True).select_option("published_on")
    page.get_by_role("button", name="先看看效果").click()
    expect(page.locator("td").filter(has_text="2008-02-10")).to_be_visible()
    expect(page.get_by_label("d 对应到", exact=True)).to_have_value("published_on")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    faults += axe.faults(page)
    page.get_by_role("button", name="保存对照，回到预览").click()
    expect(page.get_by_text("可录入 3 条")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    faults += axe.faults(page)
    assert not faults
    page.get_by_role("button", name="开始清理").first.click()
    expect(page.get_by_text("清理已开始")).to_be_visible()
    run = InventoryRun.objects.get()
    while inventory.work(run=run, now=timezone.now()):
        pass
    records = [item.record for item in run.items.order_by("row")]
    assert [(r.title, str(r.first_published_on)) for r in records if r is not None] == [
        (f"关于第{n}号事项的通知", f"2008-02-{n + 10}") for n in range(3)
    ]


def test_long_names_of_tables_fit_a_phone(
    live_server: object, sit_down: SitDown, data_dir: Path
) -> None:
    page = sit_down(factories.office().officer, script=False)
    page.goto(f"{live_server}/desk/inventory/new/")
    name = "_".join(["政府信息公开规范性文件汇总表"] * 3)
    rows = "信息名称,文号\n关于某事的通知,云商字〔2008〕1号\n".encode()
    chosen = [{"name": f"{n}{name}.csv", "mimeType": "text/csv", "buffer": rows} for n in "12"]
    page.set_input_files("input[type=file]", chosen)  # type: ignore[arg-type]
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("navigation", name="表格")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
