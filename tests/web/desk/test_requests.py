"""A request at the desk in a real browser without JavaScript: entry, receipt, clock, reply."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.disclosure.models import DisclosureRequest
from gongkai.kit.dates import civil_day
from tests import factories
from tests.web import axe
from tests.web.desk.conftest import SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def today() -> date:
    return civil_day(timezone.now())


def fits(page: Page) -> None:
    """On a phone nothing sticks out sideways."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def enter(page: Page, server: str) -> DisclosureRequest:
    """Type a request in, and read its receipt."""
    page.goto(f"{server}/desk/requests/new/")
    fits(page)
    page.locator("#id_arrived_on").fill(str(today() - timedelta(days=8)))
    page.locator("#id_name").fill("赵小满")
    page.locator("#id_phone").fill("13900001234")
    page.locator("#id_subject").fill("梅花街改造工程施工合同")
    page.get_by_role("button", name="登记，出回执").click()
    expect(page.get_by_role("heading", name="政府信息公开申请回执")).to_be_visible()
    expect(page.locator(".secret").last).to_have_text(re.compile(r"(\w{5}-){4}\w{5}"))
    fits(page)
    page.get_by_role("link", name="去办理").click()
    return DisclosureRequest.objects.get()


def test_from_entry_to_the_served_reply(live_server: LiveServer, sit_down: SitDown) -> None:
    office = factories.office()
    office.body.profile = office.body.profile | {"letter_word": "云商"}
    office.body.save(update_fields=["profile"])
    page, server = sit_down(office.officer), str(live_server)
    case = enter(page, server)
    expect(page.locator("svg.line:visible")).to_have_count(1)
    fits(page)

    page.get_by_role("link", name="草拟答复", exact=True).click()
    page.get_by_role("link", name="本机关不掌握：不属于本机关负责公开").click()
    page.get_by_role("button", name="草拟答复").click()
    expect(page.locator("#id_reason_error")).to_be_visible()
    page.locator("#id_reason").fill("施工合同由区住房城乡建设委负责公开")
    page.get_by_role("button", name="草拟答复").click()
    expect(page.locator(".letter-text")).to_contain_text("区住房城乡建设委")
    fits(page)
    page.get_by_role("button", name="提交审批").click()

    leader = sit_down(office.leader)
    leader.get_by_role("link", name=re.compile("文书待审批")).click()
    leader.get_by_role("link", name=case.number).click()
    leader.get_by_role("link", name="非本机关信息告知书").click()
    leader.get_by_role("button", name="审批通过").click()
    expect(leader.locator("main")).to_contain_text("云商非信答")

    page.reload()
    page.get_by_role("link", name="登记送达").click()
    page.locator("#id_signed_on").fill(str(today()))
    page.get_by_role("button", name="登记送达").click()
    expect(page.locator("main")).to_contain_text("已送达")
    case.refresh_from_db()
    assert case.state == "replied" and case.outcome == "not_ours" and case.in_time


def test_the_pages_are_accessible_and_obey_the_policy(
    live_server: LiveServer, sit_down: SitDown
) -> None:
    office = factories.office()
    page, server = sit_down(office.officer, script=True), str(live_server)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    case = enter(page, server)
    here = f"{server}/desk/requests/{case.uuid}/"
    addresses = [
        f"{server}/desk/requests/",
        f"{server}/desk/requests/new/",
        here,
        f"{here}reply/",
        f"{here}reply/?outcome=granted",
        f"{here}reply/?outcome=partly_granted",
        f"{here}export/",
        f"{server}/desk/requests/remedies/",
        f"{server}/desk/requests/repeated/",
        f"{here}assign/",
    ]
    for address in addresses:
        page.goto(address)
        assert axe.faults(page) == [], address
        fits(page)
    assert not [c for c in complaints if "Content Security Policy" in c]
