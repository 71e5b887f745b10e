"""Applying in a real browser without scripts: wide and on a phone, filed and followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from gongkai.catalog import indexing
from gongkai.disclosure.actions import extending, filing
from gongkai.disclosure.models import DisclosureRequest
from tests import factories
from tests.factories import Office
from tests.portal.fakes import MemoryIndex
from tests.portal.requests.conftest import PICTURE
from tests.web import axe
from tests.web.portal.test_browser import look, overflow

pytestmark = pytest.mark.browser


@pytest.fixture(params=[1280, 390])
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A window that runs no scripts of the page."""
    cache.clear()
    size = {"width": request.param, "height": 844}
    context = chromium.new_context(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
    yield context
    context.close()


class Looker:
    """Looks at each page: a picture, faults, width."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder, self.found = page, folder, list[str]()

    def at(self, name: str) -> None:
        look(self.page, name, self.folder)
        self.found += [f"{name}: {fault}" for fault in axe.faults(self.page)]
        if overflow(self.page):
            self.found.append(f"{name}: wider than the screen")


def fill_in(page: Page) -> None:
    page.get_by_label("自然人").check()
    page.get_by_label("姓名或者名称").fill("赵小满")
    page.get_by_label("证件类型").select_option("护照")
    page.get_by_label("电子邮箱").fill("zhao@example.cn")
    page.get_by_label("电子文件").check()
    page.get_by_label("电子邮件", exact=True).check()


def test_a_request_is_filed_and_followed(
    screen: BrowserContext, at: Office, index: MemoryIndex, live_server: object, tmp_path: Path
) -> None:
    factories.published(at, title="梅花街改造工程施工合同公告", text="梅花街改造工程合同价款。" * 9)
    indexing.catch_up()
    page, refused = screen.new_page(), list[str]()
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    looker = Looker(page, tmp_path)
    page.goto(f"{live_server}/requests/")
    looker.at("requests")
    page.get_by_role("link", name="怎样申请").click()
    looker.at("how")
    page.get_by_role("link", name="网上申请").click()
    looker.at("apply first")
    page.get_by_label("信息的名称").fill("梅花街改造工程的施工合同")
    page.get_by_role("button", name="下一步").click()
    assert page.get_by_role("button", name="已经找到，不用申请了").is_visible()
    looker.at("apply")
    fill_in(page)
    page.get_by_role("button", name="提交申请").click()
    assert page.get_by_role("alert").get_by_role("link").count() == 1
    looker.at("apply wrong")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("location.hash") == "#f-identity_number"
    proof = {"name": "护照.png", "mimeType": "image/png", "buffer": PICTURE}
    page.get_by_label("身份证明的照片或者扫描件").set_input_files(proof)  # type: ignore[arg-type]
    page.get_by_role("button", name="提交申请").click()
    looker.at("receipt")
    page.get_by_role("button", name="我已存好").click()
    page.get_by_role("button", name="我确认提交了这件申请").click()
    _carry_on(at)
    page.reload()
    assert page.locator("svg.clock-line:visible").count() == 1
    looker.at("case")
    page.get_by_text("不再需要这些信息").click()
    page.get_by_role("button", name="撤回申请").click()
    looker.at("case wrong")
    page.get_by_role("button", name="看完了").click()
    looker.at("track")
    page.goto(f"{live_server}/requests/answers/")
    looker.at("answers")
    assert looker.found == []
    assert refused == []


def _carry_on(at: Office) -> None:
    """The office confirms and extends, so that the line has turns."""
    case, now = DisclosureRequest.objects.get(), timezone.now()
    filing.office_confirms(request=case, by=at.officer, now=now)
    later = now + timedelta(minutes=1)
    extending.extend(request=case, days=10, reason="需要查档", by=at.officer, now=later)
