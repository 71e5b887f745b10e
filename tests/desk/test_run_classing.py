"""Proposals on the desk: shown with reasons, taken by a person, singly and for a whole run."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.inventory.models import InventoryRun
from gongkai.journal.models import Entry
from gongkai.records.models import CatalogClass, Record
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.test_inventory_pages import taken_in

TABLE = "信息名称,生成日期\n" + "".join(
    f"关于第{n}号市场的通知,2020-01-0{n}\n" for n in range(1, 4)
)


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn, data_dir: Path) -> Client:
    return sign_in(office.clerk)


@pytest.fixture
def run(browser: Client, office: factories.Office) -> InventoryRun:
    top = CatalogClass.objects.create(body=office.body, code="9", name="业务动态")
    CatalogClass.objects.create(body=office.body, code="9.1", name="通知公告", parent=top)
    return taken_in(browser, office, ("清单.csv", TABLE.encode()))


def url(run: InventoryRun) -> str:
    return reverse("desk:run_classing", kwargs={"uuid": run.uuid})


def test_piles_are_shown_and_nothing_is_set(run: InventoryRun, browser: Client) -> None:
    page = browser.get(url(run))
    piles = {(p.suggestion.label, p.suggestion.words): p.count for p in page.context["page"]}
    assert piles == {("体裁", "通知"): 3, ("信息分类", "业务动态 › 通知公告"): 3}
    assert "标题以“通知”结尾" in page.content.decode()
    assert {(r.genre, r.catalog_class_id) for r in Record.objects.all()} == {("", None)}


def test_a_pile_is_taken_and_each_change_is_written_down(
    run: InventoryRun, browser: Client, office: factories.Office
) -> None:
    kept = Record.objects.order_by("id")[0]
    kept.genre = "letter"
    kept.save()
    given = {"field": "genre", "value": "notice", "reason": "标题以“通知”结尾"}
    answer = browser.post(url(run), given, follow=True)
    assert "已填2条" in answer.content.decode()
    assert [r.genre for r in Record.objects.order_by("id")] == ["letter", "notice", "notice"]
    lines = Entry.objects.filter(event="record.edited", actor_id=office.clerk.pk)
    assert lines.count() == 2


@pytest.mark.parametrize(
    "given",
    [
        {"field": "attribute", "value": "proactive", "reason": "标题以“通知”结尾"},
        {"field": "genre", "value": "order", "reason": "标题以“通知”结尾"},
        {"field": "title", "value": "别的", "reason": ""},
        {},
    ],
)
def test_only_what_is_proposed_can_be_taken(
    run: InventoryRun, browser: Client, given: dict[str, str]
) -> None:
    assert browser.post(url(run), given).status_code in (403, 409, 422)
    assert {(r.genre, r.title[:3]) for r in Record.objects.all()} == {("", "关于第")}


def test_the_form_shows_sure_proposals_in_empty_fields_and_saves_only_on_saving(
    run: InventoryRun, browser: Client
) -> None:
    record = Record.objects.order_by("id")[0]
    page = browser.get(reverse("desk:record_edit", kwargs={"uuid": record.uuid}))
    body = page.content.decode()
    assert "归类建议" in body and "已填入，保存后生效" in body and "标题以“通知”结尾" in body
    assert page.context["form"].initial["genre"] == "notice"
    record.refresh_from_db()
    assert record.genre == ""


def test_readers_take_nothing(run: InventoryRun, office: factories.Office, sign_in: SignIn) -> None:
    reader = sign_in(office.verifier)
    assert reader.get(url(run)).status_code == 200
    given = {"field": "genre", "value": "notice", "reason": "标题以“通知”结尾"}
    assert reader.post(url(run), given).status_code == 403
    assert {r.genre for r in Record.objects.all()} == {""}
