"""A file no mapping fits: one is proposed, corrected, tried, saved, and known the next time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.inventory import actions, fitting, sources
from gongkai.inventory.models import InventoryRun
from gongkai.inventory.values import NewInput, RunOrder
from tests import factories
from tests.desk.conftest import SignIn

ROWS = "".join(
    f"<行><bt>关于第{n}号事项的通知</bt><wh>云商字〔2008〕{n}号</wh><cwrq>0{n}/02/2008</cwrq>"
    f"<zt>{n % 2}</zt><bz>备注{n}</bz></行>"
    for n in range(1, 7)
)
FOREIGN = f"<?xml version='1.0' encoding='gbk'?><库>{ROWS}</库>".encode("gbk")
PATHS = ["bt", "wh", "cwrq", "zt", "bz"]


@pytest.fixture
def browser(office: factories.Office, sign_in: SignIn, data_dir: Path) -> Client:
    return sign_in(office.officer)


@pytest.fixture
def run(office: factories.Office, browser: Client) -> InventoryRun:
    order, now = RunOrder("旧库", section=office.section), factories.NOW
    made = actions.open_run(body=office.body, order=order, by=office.officer, now=now)
    actions.add_files(
        run=made, files=[NewInput("old site.xml", FOREIGN)], by=office.officer, now=now
    )
    return made


def typed(**changed: str) -> dict[str, str]:
    """As the page proposes it, with what the clerk corrects."""
    return {
        "name": "old_site", "label": "旧库导出",
        "to_0": "title", "to_1": "document_number", "to_2": "", "to_3": "", "to_4": "",
        "unit_2": "text",
    } | changed  # fmt: skip


def test_from_nothing_to_a_mapping_that_is_known_again(
    office: factories.Office, browser: Client, run: InventoryRun
) -> None:
    preview = reverse("desk:run_preview", args=[run.uuid])
    page = browser.get(preview)
    assert "一条也录入不了" in page.content.decode()
    address = page.context["change_url"]
    proposed = browser.get(address)
    lines = proposed.context["form"].asked
    assert [it.line.path for it in lines] == PATHS
    assert [it.line.choice.ours for it in lines] == ["title", "document_number", "", "", ""]
    assert lines[2].unit is not None, "day or month first: a person says so"
    assert proposed.context["form"].initial == {"name": "old_site", "label": "old site"}
    right = typed(to_2="created_on", unit_2="dmy", to_3="validity", to_4="-")
    tried = browser.post(address, {**right, "name": "", "step": "try"})
    assert tried.status_code == 200 and tried.context["preview"].taken == 6
    assert tried.context["rows"][0][1][-1].cell.value == "2008-02-01"
    assert "像是代码" in tried.content.decode()
    assert not InventoryRun.objects.get().files.get().mapping, "only tried"
    assert re.search(r'<option value="created_on" selected', tried.content.decode())
    saved = browser.post(address, right)
    assert saved.status_code == 302
    assert sources.content("old_site") == {
        "source": "旧库导出",
        "fields": {
            "title": ["bt"],
            "document_number": ["wh"],
            "created_on": {"path": ["cwrq"], "date": "dmy"},
            "validity": ["zt"],
        },
        "ignored": ["bz"],
    }
    assert browser.get(saved["Location"]).context["preview"].taken == 6
    assert run.files.get().mapping == "old_site"
    assert fitting.fitting("另一批.xml", FOREIGN) == "old_site"
    again = SimpleUploadedFile("另一批.xml", FOREIGN)
    data = {"section": office.section.pk, "chosen": [again]}
    other = browser.post("/desk/inventory/new/", data)
    assert browser.get(other["Location"]).context["mapping"] == "old_site"


def test_what_is_wrong_is_said_and_what_was_typed_stays(browser: Client, run: InventoryRun) -> None:
    address = reverse("desk:run_mapping", args=[run.uuid])
    cases = [
        (typed(to_0=""), "没有名称的行录入不了"),
        (typed(name="旧库"), "小写字母"),
        (typed(name="hebei_lists"), "换一个代号"),
        (typed(label=""), "请填写“说明”"),
        (typed(to_4="nonsense"), "请重新选择"),
    ]
    for data, words in cases:
        answer = browser.post(address, data)
        assert answer.status_code == 422 and words in answer.content.decode(), words
        assert re.search(r'<option value="document_number" selected', answer.content.decode())


def test_a_mapping_is_changed_where_it_falls_short(browser: Client, run: InventoryRun) -> None:
    before = {
        "source": "旧库",
        "fields": {
            "title": ["t", "bt"],
            "created_on": {"path": "no", "date": "ms"},
            "validity": {"path": ["zt"], "values": {"0": "失效", "1": "有效"}},
        },
    }
    actions.save_mapping(name="own", label="旧库", content=before, by=None, now=factories.NOW)
    preview = reverse("desk:run_preview", args=[run.uuid])
    page = browser.get(f"{preview}?mapping=own")
    assert [one.path for one in page.context["preview"].foreign] == ["wh", "cwrq", "bz"]
    address = page.context["change_url"]
    form = browser.get(address).context["form"]
    assert [it.line.choice.ours for it in form.asked] == ["title", "", "", "validity", ""]
    change = typed(name="own", to_2="created_on", to_3="validity", unit_2="dmy")
    two = browser.post(address, change)
    assert two.status_code == 422 and "请只留一个" in two.content.decode()
    assert browser.post(address, {**change, "to_2": "published_on"}).status_code == 302
    after = sources.content("own")["fields"]
    assert after == {
        **before["fields"],  # type: ignore[dict-item]
        "created_on": {"path": ["no"], "date": "ms"},
        "document_number": ["wh"],
        "published_on": {"path": ["cwrq"], "date": "dmy"},
    }


def test_whoever_writes_codes_from_a_preview_goes_back_to_it(
    browser: Client, run: InventoryRun
) -> None:
    rules = {"title": ["bt"], "validity": ["zt"]}
    actions.save_mapping(
        name="own", label="旧库", content={"fields": rules}, by=None, now=factories.NOW
    )
    page = browser.get(reverse("desk:run_preview", args=[run.uuid])).content.decode()
    found = re.search(r'href="([^"]*mappings/own/[^"]*)"', page)
    assert found is not None and "像是代码" in page
    given = {"label": "旧库", "from_title": "bt", "from_validity": "zt"}
    answer = browser.post(
        found[1].replace("&amp;", "&"), {**given, "codes_validity": "0=失效、1=有效"}
    )
    after = browser.get(answer["Location"])
    assert after.context["preview"].problems == 0 and "预览：" in after.content.decode()
    elsewhere = browser.get("/desk/inventory/mappings/own/?run=//evil.example")
    assert "evil" not in elsewhere.content.decode()


def test_only_the_office_changes_mappings(
    office: factories.Office, sign_in: SignIn, run: InventoryRun
) -> None:
    clerk = sign_in(office.clerk)
    address = reverse("desk:run_mapping", args=[run.uuid])
    assert clerk.get(address).status_code == 403
    assert clerk.post(address, typed()).status_code == 403
    page = clerk.get(reverse("desk:run_preview", args=[run.uuid])).content.decode()
    assert "请政府信息公开工作机构打开这一页" in page and "preview/mapping" not in page
