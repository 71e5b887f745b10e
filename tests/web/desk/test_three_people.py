"""A damaged paper travels from the section's desk to the public page, through three people.

In a real browser without JavaScript: what the desk promises, it keeps with forms alone.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import APIRequestContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from gongkai.catalog import indexing
from gongkai.catalog.models import CatalogEntry
from gongkai.inventory import actions as inventory
from gongkai.inventory.models import InventoryRun
from gongkai.kit.dates import civil_day
from gongkai.records.models import Record
from gongkai.review.models import FindingAnswer
from gongkai.text.ad_words import STRONG
from tests import factories
from tests.web.desk import damaged_paper
from tests.web.desk.conftest import SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def take_in(page: Page, server: str, name: str, content: bytes) -> Record:
    """The clerk hands the file to a clean-up run; the worker carries it out."""
    page.goto(f"{server}/desk/inventory/new/")
    page.locator("#id_label").fill("旧网站文稿")
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="旧网站文稿")).to_be_visible()
    run = InventoryRun.objects.get()
    while inventory.work(run=run, now=timezone.now()):
        pass
    page.reload()
    page.get_by_role("link", name=re.compile("处发现$")).click()
    return Record.objects.get()


def answer_every_finding(page: Page, record: Record) -> int:
    """One by one, as they stand: the proposal where there is one, else kept with a reason."""
    answered = 0
    while page.locator("article.finding").count():
        card = page.locator("article.finding").first
        accept = card.get_by_role("button", name="采用建议")
        if accept.count():
            accept.click()
        else:
            card.get_by_label("理由").fill("经核对原件，原文如此。")
            card.get_by_role("button", name="保留原文").click()
        expect(page.get_by_text("已答复1处。")).to_be_visible()
        answered += 1
        assert answered <= 60, "the answers come to an end"
    assert not record.findings.filter(answer=FindingAnswer.OPEN).exists()
    return answered


def complete(page: Page, server: str, record: Record, office: factories.Office) -> None:
    """The class, which no copy could tell."""
    page.goto(server + reverse("desk:record_edit", kwargs={"uuid": record.uuid}))
    page.get_by_label("信息分类").select_option(str(office.sub_class.pk))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()


def propose(page: Page) -> None:
    """All questions answered with no, then handed to the review group."""
    page.get_by_role("link", name="提出审查").click()
    page.get_by_role("button", name="没有选的都选“否”").click()
    page.get_by_role("button", name="提出，送审查小组").click()
    expect(page.get_by_role("heading", name="政府信息公开保密审查单")).to_be_visible()


def verify(page: Page, title: str) -> None:
    page.get_by_role("link", name=title).last.click()
    page.get_by_label("常用意见").select_option(index=1)
    page.get_by_role("button", name="核实，送主管领导").click()
    expect(page.get_by_text("已核实")).to_be_visible()


def decide(page: Page, title: str) -> None:
    page.get_by_role("link", name=title).last.click()
    page.get_by_role("button", name="确定", exact=True).click()
    expect(page.get_by_text("已确定：")).to_be_visible()


def publish(page: Page, server: str, record: Record) -> str:
    page.goto(server + reverse("desk:record_publish", kwargs={"uuid": record.uuid}))
    page.get_by_role("button", name="现在发布").click()
    expect(page.get_by_text("已发布，索引号")).to_be_visible()
    return CatalogEntry.objects.get(record=record).index_number


def public_pages(stranger: APIRequestContext, server: str, entry: CatalogEntry) -> dict[str, str]:
    """What a stranger gets, byte for byte, wherever the paper could show itself."""
    addresses = [
        "/", "/catalog/", f"/records/{entry.uuid}/", f"/records/{entry.uuid}/versions/",
        "/feed.atom", "/sitemap.xml", "/sitemap-1.xml", "/catalog/export.csv",
        "/catalog/export.json", "/search/?q=信息公开", f"/search/?q={entry.index_number}",
    ]  # fmt: skip
    return {url: stranger.get(server + url).text() for url in addresses}


def carry(
    sit_down: SitDown, server: str, office: factories.Office, content: bytes
) -> tuple[Record, int]:
    """From the file to the public page, by four people; the record and its answered findings."""
    clerk = sit_down(office.clerk)
    record = take_in(clerk, server, "summary.txt", content)

    # Before every finding is answered nothing goes on: the desk says so.
    propose_url = server + reverse("desk:record_propose", kwargs={"uuid": record.uuid})
    clerk.goto(propose_url)
    clerk.get_by_role("button", name="没有选的都选“否”").click()
    clerk.get_by_role("button", name="提出，送审查小组").click()
    expect(clerk.locator("#errors")).to_contain_text("发现没有答复")

    clerk.goto(server + reverse("desk:record_findings", kwargs={"uuid": record.uuid}))
    answered = answer_every_finding(clerk, record)
    complete(clerk, server, record, office)
    propose(clerk)
    record.refresh_from_db()
    verify(sit_down(office.verifier), record.title)
    decide(sit_down(office.leader), record.title)
    publish(sit_down(office.officer), server, record)
    return record, answered


def test_a_damaged_paper_is_repaired_by_people_and_published(
    live_server: LiveServer, data_dir: Path, sit_down: SitDown, stranger: APIRequestContext
) -> None:
    office = factories.office(place_name=damaged_paper.PLACE)
    server = live_server.url
    record, answered = carry(sit_down, server, office, damaged_paper.TEXT.encode())

    assert answered >= damaged_paper.TEXT.count(damaged_paper.ADVERTISEMENT)
    entry = CatalogEntry.objects.get(record=record)
    assert (entry.index_number, entry.title) == (damaged_paper.NUMBER, damaged_paper.TITLE)
    assert (entry.created_on, entry.published_on) == (date(2008, 12, 24), date(2008, 12, 26))
    sheet = entry.sheet
    assert len({sheet.proposed_by_id, sheet.verified_by_id, sheet.decided_by_id}) == 3

    indexing.catch_up()
    pages = public_pages(stranger, server, entry)
    for url, text in pages.items():
        assert damaged_paper.ADVERTISEMENT not in text and min(STRONG) not in text, url
    assert "2008年2月28日" in pages[f"/records/{entry.uuid}/"]
    assert "5月13日、6月23日、8月18日" in pages[f"/records/{entry.uuid}/"]
    found = pages["/search/?q=信息公开"]
    assert f"/records/{entry.uuid}/" in found, "found by search"
    assert f"/records/{entry.uuid}/" in pages["/catalog/"], "counted and listed"


def test_the_seed_travels_the_same_way(
    live_server: LiveServer,
    data_dir: Path,
    sit_down: SitDown,
    stranger: APIRequestContext,
    shared_dir: Path,
) -> None:
    content = (shared_dir / "seed" / "summary-2008.txt").read_bytes()
    office = factories.office(place_name="门头沟区", name="门头沟区商务局")
    server = live_server.url
    record, answered = carry(sit_down, server, office, content)
    assert answered >= 11 + 7, "eleven replaced names and the damaged dates, each by a person"

    entry = CatalogEntry.objects.get(record=record)
    assert entry.index_number == "11J025/ZK-2008-000368"
    indexing.catch_up()
    pages = public_pages(stranger, server, entry)
    for url, text in pages.items():
        for word in ("滚球", "188篮球", "直播|官网"):
            assert word not in text, (url, word)
    assert f"/records/{entry.uuid}/" in pages["/search/?q=信息公开"]
    assert civil_day(entry.published_at) >= entry.published_on
