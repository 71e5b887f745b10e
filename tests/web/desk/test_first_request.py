"""The tutorial of the first request can be followed word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.disclosure.models import DisclosureRequest
from tests.web.desk.test_tutorial import demo, sign_in

__all__ = ["demo"]
pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True),
]  # fmt: skip
WANTED = "溪桥早市改造方案"
PAPER = {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"}


@pytest.fixture
def page_text(project_root: Path) -> str:
    return (project_root / "docs" / "tutorial" / "first-request.md").read_text(encoding="utf-8")


def apply(page: Page, server: str) -> None:
    """Section 1."""
    page.goto(server)
    page.get_by_role("link", name="依申请公开").first.click()
    page.get_by_role("link", name="网上申请").click()
    page.get_by_label("信息的名称").fill(WANTED)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("自然人").check()
    page.get_by_label("姓名或者名称").fill("钱多多")
    page.get_by_label("证件类型").select_option("护照")
    page.get_by_label("证件号码").fill("E12345678")
    page.get_by_label("电子邮箱").fill("qian@example.cn")
    page.get_by_label("电子文件").check()
    page.get_by_label("在本网站下载").check()
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator("#receipt-secret")).to_be_visible()
    page.get_by_role("button", name="我已存好，查看我的申请").click()
    page.get_by_role("button", name="我确认提交了这件申请").click()


def opened(page: Page) -> Page:
    """点“公开申请”，打开这一件."""
    number = DisclosureRequest.objects.latest("id").number
    page.get_by_role("link", name="公开申请", exact=True).first.click()
    if not page.get_by_role("link", name=number, exact=True).count():
        page.get_by_role("link", name="全部", exact=True).click()
    page.get_by_role("link", name=number, exact=True).first.click()
    expect(page.get_by_role("heading", name=WANTED)).to_be_visible()
    return page


def confirm(office: Page) -> None:
    """Section 2."""
    office.get_by_role("link", name="公开申请", exact=True).first.click()
    office.get_by_role("link", name="待双方确认").click()
    row = office.get_by_role("row").filter(has_text=WANTED)
    row.get_by_role("link").first.click()
    office.get_by_role("link", name="登记双方确认").click()
    office.get_by_role("button", name="登记确认").click()
    office.get_by_role("link", name="交办", exact=True).click()
    office.get_by_label("承办科室").select_option(label="商贸科")
    office.get_by_label("经办人").select_option(label="苏培文")
    office.get_by_role("button", name="交办").click()


def draft(clerk: Page) -> None:
    """Section 3."""
    opened(clerk).get_by_role("link", name="登记检索").click()
    clerk.get_by_label("检索范围").fill("商贸科2026年文书档案")
    clerk.get_by_label("检索方法和用词").fill("以“溪桥”“早市”逐条检索")
    clerk.get_by_label("检索结果").fill("找到方案1份")
    clerk.get_by_role("button", name="登记检索").click()
    clerk.get_by_role("link", name="草拟答复", exact=True).click()
    clerk.get_by_role("link", name="予以公开", exact=True).click()
    clerk.locator("#id_provided").fill("《溪桥早市改造方案》，电子文件1份，随本答复书发送。")
    clerk.get_by_label("另添一个附件").set_input_files(PAPER)  # type: ignore[arg-type]
    clerk.get_by_role("button", name="草拟答复").click()
    clerk.get_by_role("button", name="提交审批").click()


def approve(leader: Page) -> None:
    """Section 4."""
    leader.get_by_role("link", name="公开申请", exact=True).first.click()
    leader.get_by_role("link", name="有文书待审批").click()
    number = DisclosureRequest.objects.latest("id").number
    leader.get_by_role("link", name=number, exact=True).click()
    leader.get_by_role("link", name="政府信息公开答复书", exact=True).click()
    leader.get_by_role("button", name="审批通过，编文号").click()


def serve(clerk: Page) -> None:
    """Section 5."""
    opened(clerk).get_by_role("link", name="政府信息公开答复书", exact=True).click()
    clerk.get_by_role("link", name="登记送达").click()
    clerk.get_by_label("签收日期").fill(str(DisclosureRequest.objects.latest("id").received_on))
    clerk.get_by_role("button", name="登记送达").click()


def publish(office: Page, server: str) -> None:
    """Section 7."""
    opened(office).get_by_role("link", name="公布答复").click()
    office.get_by_label("申请内容概括").fill("溪桥早市改造方案能否公开")
    office.get_by_label("答复要点").fill("可以公开，已提供方案全文。")
    office.get_by_role("button", name="公布").click()
    office.get_by_role("link", name="办结", exact=True).click()
    office.get_by_role("button", name="办结").click()
    office.goto(f"{server}/requests/")
    office.get_by_role("link", name="答复公示").click()
    office.get_by_role("link", name="溪桥早市改造方案能否公开").click()
    expect(office.locator("main")).to_contain_text("已提供方案全文")
    expect(office.locator("main")).not_to_contain_text("钱多多")


def test_a_newcomer_follows_the_tutorial(
    chromium: Browser, live_server: LiveServer, demo: dict[str, str]
) -> None:
    cache.clear()
    server = str(live_server)
    page = chromium.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.set_default_timeout(15_000)
    apply(page, server)
    office = sign_in(chromium, server, "fangxiaolan", demo["fangxiaolan"])
    confirm(office)
    clerk = sign_in(chromium, server, "supeiwen", demo["supeiwen"])
    draft(clerk)
    approve(sign_in(chromium, server, "shenyanqiu", demo["shenyanqiu"]))
    serve(clerk)
    page.reload()
    expect(page.locator("main")).to_contain_text("已答复")
    expect(page.locator("main")).to_contain_text("不服这个答复")
    page.get_by_role("button", name="建议主动公开").click()
    publish(office, server)
    case = DisclosureRequest.objects.latest("id")
    assert (case.state, case.outcome, case.wants_publication) == ("closed", "granted", True)


def test_the_tutorial_names_the_people_who_are_there(page_text: str, demo: dict[str, str]) -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", page_text, re.MULTILINE))
    assert named and named <= set(demo)
