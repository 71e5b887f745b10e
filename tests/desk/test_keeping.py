"""Nothing typed is lost: not by a refusal, not by a sign-in that ran out, not by a stale page."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.desk.models import KeptInput
from gongkai.records.models import Record
from tests import factories
from tests.desk.conftest import BACKEND, SignIn

NEW = "/desk/records/new/"
TYPED = {
    "title": "关于供暖的通知",
    "abstract": "甲乙丙",
    "text": "第一段\n第二段",
    "created_on": "昨天",
    "validity": "in_force",
    "column": "catalog",
    "origin": "made",
    "carrier": "electronic",
}


def test_a_refused_form_comes_back_with_everything_typed(
    office: factories.Office, sign_in: SignIn
) -> None:
    answer = sign_in(office.clerk).post(NEW, TYPED)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="关于供暖的通知"' in page and "第一段\n第二段" in page and 'value="昨天"' in page
    assert 'href="#id_created_on"' in page, "the list at the top leads to the field"
    assert page.count("不是一个日期") == 2, "at the top and beside the field"
    assert 'id="id_created_on_error"' in page and 'aria-invalid="true"' in page
    assert not Record.objects.filter(title="关于供暖的通知").exists()


def test_typing_survives_a_sign_in_that_ran_out(office: factories.Office, sign_in: SignIn) -> None:
    browser = sign_in(office.clerk)
    browser.get(NEW)
    browser.cookies.pop("gongkai_session")
    answer = browser.post(NEW, TYPED)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fdesk%2Frecords%2Fnew%2F"
    assert not Record.objects.filter(title=TYPED["title"]).exists()

    browser.force_login(office.clerk, backend=BACKEND)
    page = browser.get(NEW).content.decode()
    assert "已放回您" in page and 'value="关于供暖的通知"' in page and "第一段" in page
    # Handed in at last: the kept copy goes.
    mended = {**TYPED, "created_on": "2026-10-30", "section": office.section.pk}
    assert browser.post(NEW, mended).status_code == 302
    assert Record.objects.filter(title=TYPED["title"]).exists()
    assert not KeptInput.objects.exists()


def test_nobody_else_sees_what_was_kept(office: factories.Office, sign_in: SignIn) -> None:
    browser = sign_in(office.clerk)
    browser.get(NEW)
    browser.cookies.pop("gongkai_session")
    browser.post(NEW, TYPED)
    assert "关于供暖的通知" not in sign_in(office.officer).get(NEW).content.decode()


def test_a_stranger_can_leave_nothing(db: None, client: Client) -> None:
    client.post(NEW, TYPED)
    client.cookies["gongkai_desk"] = "00000000-0000-4000-8000-000000000000:forged"
    client.post(NEW, TYPED)
    assert not KeptInput.objects.exists()


@pytest.mark.parametrize("own", [True, False])
def test_a_stale_token_gives_typing_back_only_to_our_own_page(
    office: factories.Office, own: bool
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office.clerk, backend=BACKEND)
    origin = "http://testserver" if own else "http://example.org"
    answer = browser.post(NEW, TYPED, headers={"Origin": origin})
    assert not Record.objects.filter(title=TYPED["title"]).exists()
    if own:
        assert answer.status_code == 302
        assert 'value="关于供暖的通知"' in browser.get(NEW).content.decode()
    else:
        assert answer.status_code == 403
        assert not KeptInput.objects.exists()


def test_autosave_keeps_and_the_form_can_be_emptied(
    office: factories.Office, sign_in: SignIn
) -> None:
    browser = sign_in(office.clerk)
    kept = browser.post("/desk/keep/", {**TYPED, "_path": NEW})
    assert re.fullmatch(r"\d\d:\d\d", kept.content.decode())
    assert "关于供暖的通知" in browser.get(NEW).content.decode()
    browser.post(NEW, {"forget_kept": "1"})
    assert "关于供暖的通知" not in browser.get(NEW).content.decode()
    assert browser.post("/desk/keep/", {"_path": "/elsewhere/"}).status_code == 400
    long = browser.post("/desk/keep/", {"text": "甲" * 2_000_001, "_path": NEW})
    assert long.status_code == 413


def test_an_unticked_box_stays_unticked(office: factories.Office, sign_in: SignIn) -> None:
    """A kept form without the box means that it was not ticked, whatever stands in the row."""
    url = reverse("desk:class_edit", kwargs={"pk": office.top_class.pk})
    browser = sign_in(office.officer)
    browser.post("/desk/keep/", {"name": "改名", "code": "x", "_path": url})
    page = browser.get(url).content.decode()
    assert 'value="改名"' in page
    box = re.search(r'<input[^>]*name="is_active"[^>]*>', page)
    assert box is not None and "checked" not in box[0]
