"""The tutorial can be followed word for word: its names, its buttons, its order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.catalog import indexing
from gongkai.catalog.models import CatalogEntry
from gongkai.orgs import calendar
from gongkai.project.demo import accounts, past
from gongkai.project.demo.load import load

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True),
]  # fmt: skip
TITLE = "关于举办2026年冬季消费节的通知"


@pytest.fixture
def page_text(project_root: Path) -> str:
    return (project_root / "docs" / "tutorial" / "first-record.md").read_text(encoding="utf-8")


@pytest.fixture
def demo(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The demo without its long 2008; passwords by name, from the file the tutorial points to."""
    monkeypatch.setattr(past, "take_in", lambda staff, *, now: 0)
    calendar.forget()
    load(now=timezone.now())
    written = accounts.path().read_text(encoding="utf-8")
    return dict(re.findall(r"^(\w+)　.*\n.*角色.*\n\s+密码\s+(\S+)$", written, re.MULTILINE))


def sign_in(chromium: Browser, server: str, name: str, password: str) -> Page:
    """As the tutorial says: password, then the code of `gongkai demo code` where it is asked."""
    page = chromium.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{server}/desk/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[type=password]").fill(password)
    page.locator("main button[type=submit]").first.click()
    if page.locator("input[name=code]").count():
        page.locator("input[name=code]").fill(accounts.code(name).code)
        page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="待办")).to_be_visible()
    return page


def enter(page: Page) -> None:
    """Section 1 of the tutorial."""
    page.get_by_role("link", name="政府信息", exact=True).click()
    page.get_by_role("link", name="新增信息").click()
    page.get_by_label("信息名称").fill(TITLE)
    page.get_by_label("生成日期").fill("20261120")
    page.get_by_label("内容概述").fill("通知冬季消费节的时间、地点和参加办法。")
    page.get_by_label("正文").fill(
        "定于2026年12月5日在云岭广场举办冬季消费节。\n联系人手机：13800138000"
    )
    page.get_by_label(re.compile("^责任科室")).select_option(label="办公室")
    page.get_by_label("信息分类").select_option(label="业务动态 › 通知公告")
    page.get_by_role("button", name="保存草稿").click()


def propose(page: Page) -> None:
    """Section 2: the finding is answered first."""
    expect(page.get_by_text("自动核查发现1处，请逐处答复。")).to_be_visible()
    page.get_by_role("link", name="答复核查发现").click()
    expect(page.get_by_text("138****8000").first).to_be_visible()
    page.get_by_role("button", name="采用建议").click()
    page.get_by_role("link", name="提出审查").first.click()
    page.get_by_label("主动公开").check()
    page.get_by_role("button", name="没有选的都选“否”").click()
    page.get_by_role("button", name="提出，送审查小组").click()
    expect(page.get_by_role("heading", name="政府信息公开保密审查单")).to_be_visible()


def test_a_newcomer_follows_the_tutorial(
    chromium: Browser, live_server: LiveServer, demo: dict[str, str]
) -> None:
    server = str(live_server)
    clerk = sign_in(chromium, server, "linzhixia", demo["linzhixia"])
    enter(clerk)
    propose(clerk)
    group = sign_in(chromium, server, "luwenheng", demo["luwenheng"])
    group.get_by_role("link", name=TITLE).last.click()
    group.get_by_label("常用意见").select_option(index=1)
    group.get_by_role("button", name="核实，送主管领导").click()
    leader = sign_in(chromium, server, "shenyanqiu", demo["shenyanqiu"])
    leader.get_by_role("link", name=TITLE).last.click()
    leader.get_by_role("button", name="确定", exact=True).click()
    office = sign_in(chromium, server, "fangxiaolan", demo["fangxiaolan"])
    office.get_by_role("link", name="政府信息", exact=True).click()
    office.get_by_role("link", name=TITLE).first.click()
    office.get_by_role("link", name="发布", exact=True).last.click()
    office.get_by_role("button", name="现在发布").click()
    expect(office.get_by_text("已发布，索引号")).to_be_visible()
    office.get_by_role("link", name="看网站上的页面").click()
    expect(office.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(office.get_by_text("138****8000")).to_be_visible()
    indexing.catch_up()
    office.goto(f"{server}/search/?q=冬季消费节")
    expect(office.get_by_role("link", name=TITLE).first).to_be_visible()
    assert CatalogEntry.objects.get(title=TITLE).published_on == timezone.localdate()


def test_the_tutorial_names_the_people_who_are_there(page_text: str, demo: dict[str, str]) -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", page_text, re.MULTILINE))
    assert named and named <= set(demo)
