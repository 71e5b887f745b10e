"""Framing on the picture of a page, with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from gongkai.records import store
from gongkai.records.models import FilePurpose, Redaction
from tests import factories, redaction_samples
from tests.leaks import leaks
from tests.web.axe import faults
from tests.web.desk.conftest import SitDown

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True),
]  # fmt: skip


def test_a_frame_is_dragged_and_what_lies_under_it_is_gone(
    sit_down: SitDown, live_server: LiveServer, data_dir: Path, settings: Settings
) -> None:
    settings.GONGKAI_SCANNERS = []
    office = factories.office()
    paper, content = redaction_samples.made("reportlab_cid", 1)[0]
    record = factories.draft(office, title="关于梅花街事项的批复")
    factories.attach(record, office, name="批复.pdf", content=content)
    held = record.files.get()
    page = sit_down(office.clerk, script=True)
    url = reverse("desk:record_redact", kwargs={"uuid": record.uuid, "pk": held.pk})
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{live_server}{url}")
    picture = page.locator('img[data-page="1"]')
    expect(picture).to_be_visible()
    page.wait_for_load_state("networkidle")
    box = picture.bounding_box()
    assert box is not None
    # The running head with name and telephone.
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] * 0.06, steps=4)
    page.mouse.up()
    typed = page.locator("[name=frames_1]").input_value().split()
    assert typed[0] == "1" and len(typed) == 5
    expect(page.locator(".redact-frame")).to_have_count(1)
    page.get_by_label(f"{paper.phone}（手机号码）").check()
    expect(page.locator(".redact-frame.of-words")).not_to_have_count(0)
    page.locator("[name=reason_1]").fill("公开会侵害个人隐私。")
    assert faults(page) == []
    page.get_by_role("button", name="遮盖并复查").click()
    expect(page.get_by_text("复查没有残留")).to_be_visible()
    copy = record.files.get(purpose=FilePurpose.ATTACHMENT)
    assert leaks(store.read(copy.file), [paper.phone]) == []
    page.get_by_role("link", name="已遮盖").click()
    expect(page.get_by_role("heading", name="遮盖记录")).to_be_visible()
    assert Redaction.objects.get().result_id == copy.file_id
