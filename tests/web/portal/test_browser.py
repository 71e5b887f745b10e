"""Every kind of public page in a real browser: wide, on a phone, in large type, printed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from gongkai.catalog import actions, indexing
from gongkai.records import actions as records
from tests import factories
from tests.factories import NOW, Office
from tests.portal.fakes import MemoryIndex
from tests.web import axe
from tests.web.portal.test_pages import guide_of

pytestmark = pytest.mark.browser
LATER = NOW + timedelta(days=1)
LONG = "各镇街要在每年三月底前完成便民商业网点普查，建立台账，报区商务局备案。"
WIDTHS = {"wide": 1280, "phone": 390}


@pytest.fixture
def places(at: Office, index: MemoryIndex) -> dict[str, str]:
    """The address of one page of each kind, each with something on it."""
    guide_of(at, channels=f"当面提交\n{LONG}", supervision=LONG)
    guide_of(at, channels="邮寄")
    record = factories.draft(
        at, title="云岭区便民商业网点管理办法", document_number="云商字〔2026〕71号",
        abstract=LONG * 3,
        text=f"一、总则\n{LONG * 4}\n二、附则\n{LONG}\n云岭区商务局\n2026年10月28日",
    )  # fmt: skip
    factories.attach(record, at, name="布局图.pdf", content=b"%PDF", media_type="application/pdf")
    factories.relate(record, at, "repeals", None, cited="《旧办法》")
    entry = factories.publish(record, at)
    actions.revise(record=record, reason="更正", by=at.officer, now=LATER)
    record.refresh_from_db()
    records.edit(record=record, fields={"abstract": LONG}, by=at.clerk, now=LATER)
    record.refresh_from_db()
    factories.publish(record, at, now=LATER)
    for number in range(22):
        factories.published(
            at, title=f"关于便民商业网点的第{number}号通知", abstract=LONG, text=LONG,
            genre=["notice", "plan"][number % 2], validity=["in_force", "repealed"][number % 2],
        )  # fmt: skip
    gone = factories.published(at)
    actions.withdraw(record=gone.record, code="error", note="附表有误", by=at.officer, now=LATER)
    indexing.catch_up()
    return {
        "home": "/",
        "catalog": "/catalog/",
        "narrowed": "/catalog/?genre=notice&year=2026",
        "record": f"/records/{entry.uuid}/",
        "versions": f"/records/{entry.uuid}/versions/",
        "withdrawn": f"/records/{gone.uuid}/",
        "search": "/search/?q=便民商业网点",
        "nothing found": "/search/?q=无此词语",
        "guide": "/guide/",
        "old guide": "/guide/?version=1",
        "requests": "/requests/",
        "measures": "/measures/",
        "report check": "/reports/check/",
        "not found": "/catalog/?page=99",
    }


@pytest.fixture(params=sorted(WIDTHS))
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A window without scripts of its own, wide or as narrow as a phone."""
    size = {"width": WIDTHS[request.param], "height": 844}
    context = chromium.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
    yield context
    context.close()


def look(page: Page, name: str, folder: Path) -> None:
    """A picture for people to look at; GONGKAI_TEST_SHOTS names where they are kept."""
    kept = os.environ.get("GONGKAI_TEST_SHOTS")
    place = Path(kept) if kept else folder
    place.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=place / f"{name.replace(' ', '-')}-{width}.png", full_page=True)


def overflow(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_no_page_has_a_fault_or_runs_over_the_edge(
    screen: BrowserContext, places: dict[str, str], live_server: object, tmp_path: Path
) -> None:
    page, found = screen.new_page(), []
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    for name, address in places.items():
        page.goto(f"{live_server}{address}")
        look(page, name, tmp_path)
        found += [f"{name}: {fault}" for fault in axe.faults(page)]
        if overflow(page):
            found.append(f"{name}: wider than the screen")
    assert found == []
    assert refused == []


def test_large_type_is_larger_and_still_fits(
    screen: BrowserContext, places: dict[str, str], live_server: object, tmp_path: Path
) -> None:
    page = screen.new_page()
    page.goto(f"{live_server}/catalog/")
    size = "parseFloat(getComputedStyle(document.querySelector('.entry-list p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("link", name="大字版").click()
    assert page.url == f"{live_server}/catalog/"
    assert page.evaluate(size) >= 1.3 * before
    for name in ("catalog", "record", "home"):
        page.goto(f"{live_server}{places[name]}")
        look(page, f"large {name}", tmp_path)
        assert not overflow(page), name
    page.get_by_role("link", name="标准字号").click()
    page.goto(f"{live_server}/catalog/")
    assert page.evaluate(size) == before


def test_the_keyboard_reaches_the_text_first(
    chromium: Browser, places: dict[str, str], live_server: object
) -> None:
    page = chromium.new_page()
    page.goto(f"{live_server}{places['record']}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


def test_a_printed_record_is_the_paper_alone(
    chromium: Browser, places: dict[str, str], live_server: object
) -> None:
    page = chromium.new_page()
    page.goto(f"{live_server}{places['record']}")
    page.emulate_media(media="print")
    for hidden in (".masthead", ".navigation", ".footer", ".breadcrumbs"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.locator(".header-sheet").is_visible()
    assert page.locator(".record-text").is_visible()
    page.close()


def test_a_reader_finds_a_record_without_scripts(
    chromium: Browser, places: dict[str, str], live_server: object
) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server}/")
    page.get_by_label("检索公开信息").fill("管理办法")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="云岭区便民商业网点管理办法").click()
    assert page.url.endswith(places["record"])
    assert page.get_by_text("云商字〔2026〕71号").first.is_visible()
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(places["record"])
    assert page.get_by_role("link", name="中文").is_visible()
    context.close()
