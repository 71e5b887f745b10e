"""The answer of 年报核对 in a real browser, wide and on a phone, without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser

from gongkai.law.annual_report.requests_table import key
from tests.factories import Office
from tests.reporting.years import html, year
from tests.web import axe
from tests.web.portal.test_browser import look, overflow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_the_answer_is_whole_and_within_the_screen(
    width: int, at: Office, chromium: Browser, live_server: object, tmp_path: Path
) -> None:
    cache.clear()
    cells = year(21, "2021", 800)
    cells[key("new", "natural")] += 1
    file = tmp_path / "年报.html"
    file.write_text(html("2021", cells), encoding="utf-8")
    context = chromium.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server}/reports/check/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="核对", exact=True).click()
    assert "有2处不一致" in page.inner_text("#result")
    look(page, "report answer", tmp_path)
    assert not overflow(page)
    assert axe.faults(page) == []
    context.close()
