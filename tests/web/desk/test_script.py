"""What JavaScript adds: typing is kept on the server by itself. And nothing it does is refused."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from gongkai.desk.models import KeptInput
from tests import factories
from tests.web.desk.conftest import SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_typing_is_kept_by_itself_and_the_policy_is_obeyed(
    live_server: LiveServer, sit_down: SitDown
) -> None:
    office = factories.office()
    page = sit_down(office.clerk, script=True)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_server}/desk/records/new/")
    page.locator("#id_title").fill("写到一半的通知")
    expect(page.locator("[data-kept-sign]")).to_have_text(re.compile("已自动留存"))
    assert KeptInput.objects.get().fields["title"] == ["写到一半的通知"]
    page.goto(f"{live_server}/desk/")
    page.goto(f"{live_server}/desk/records/new/")
    expect(page.locator("#id_title")).to_have_value("写到一半的通知")
    page.get_by_role("button", name="不要这些内容").click()
    expect(page.locator("#id_title")).to_have_value("")
    # Errors take the focus, so that a screen reader begins there.
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator("#errors")).to_be_focused()
    assert not [c for c in complaints if "Content Security Policy" in c]
