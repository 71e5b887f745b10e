"""Every public page as a reader gets it: what it says, its status, its headers."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from gongkai.catalog import actions
from gongkai.catalog.models import CatalogEntry
from gongkai.records import actions as records
from tests import factories
from tests.factories import NOW, Office

LATER = NOW + timedelta(days=1)
HUGE = "9" * 40


def page(client: Client, address: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:300]
    return LexborHTMLParser(response.content.decode())


def text(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text().split())


def streamed(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def metas(tree: LexborHTMLParser) -> dict[str, str]:
    return {
        str(m.attributes["name"]): str(m.attributes.get("content")) for m in tree.css("meta[name]")
    }


def test_the_site_answers_before_anything_was_published(client: Client, db: None) -> None:
    for address in ("/", "/catalog/", "/measures/", "/reports/", "/guide/", "/requests/",
                    "/search/", "/feed.atom", "/sitemap.xml", "/robots.txt"):  # fmt: skip
        assert client.get(address).status_code == 200, address


def test_home_leads_to_the_five_parts_and_tells_the_numbers(client: Client, at: Office) -> None:
    entry = factories.published(at)
    tree = page(client, "/")
    assert [a.text() for a in tree.css(".column-parts strong")] == [
        "公开指南", "公开制度", "法定主动公开内容", "公开年报", "依申请公开",
    ]  # fmt: skip
    assert text(tree, ".date-list a") == entry.title
    assert tree.css_first("svg.chart title") is not None
    table = tree.css_first("details table tfoot")
    assert table is not None
    assert tree.css_first("form[role=search] input[name=q]") is not None


def test_a_record_shows_the_eight_fields_in_their_order(client: Client, at: Office) -> None:
    entry = factories.published(
        at, title="云岭区网点办法", document_number="云商字〔2026〕71号", abstract="规定网点设置。"
    )
    tree = page(client, f"/records/{entry.uuid}/")
    labels = [re.sub(r"\s", "", d.text()) for d in tree.css(".header-sheet dt")]
    assert labels == [
        "索引号", "公开责任部门", "信息名称", "文号",
        "信息有效性", "生成日期", "发布日期", "内容概述",
    ]  # fmt: skip
    values = [d.text().strip() for d in tree.css(".header-sheet dd")]
    assert values == [
        entry.index_number, "法规科", "云岭区网点办法", "云商字〔2026〕71号", "有效",
        "2026-10-30", "2026-11-02", "规定网点设置。",
    ]  # fmt: skip
    assert "请按要求做好有关工作。" in text(tree, ".record-text")


def test_a_record_carries_its_machine_tags(client: Client, at: Office) -> None:
    records_at = factories.office(
        name="云岭区统计局", site_name="云岭统计", site_code="1101990077", is_demo=True
    )
    entry = factories.published(records_at, title="统计<公报>", keywords="统计 公报")
    tree = page(client, f"/records/{entry.uuid}/")
    tags = metas(tree)
    assert tags["SiteName"] == "云岭统计"
    assert tags["SiteDomain"] == "testserver"
    assert tags["SiteIDCode"] == "1101990077"
    assert tags["ColumnName"] == "法定主动公开内容"
    assert tags["ColumnType"] == "信息公开目录"
    assert tags["ArticleTitle"] == "统计<公报>"
    assert tags["PubDate"] == "2026-11-02 09:00"
    assert tags["ContentSource"] == "法规科"
    assert tags["Keywords"] == "统计 公报"
    assert tags["Url"] == f"http://testserver/records/{entry.uuid}/"
    script = tree.css_first('script[type="application/ld+json"]')
    assert script is not None
    data = json.loads(script.text())
    assert data["@type"] == "DigitalDocument"
    assert data["identifier"] == entry.index_number
    assert data["name"] == "统计<公报>"
    assert data["datePublished"] == "2026-11-02"
    assert text(tree, ".demo").startswith("演示数据")


def test_what_was_published_elsewhere_first_keeps_its_date_and_says_where(
    client: Client, at: Office
) -> None:
    entry = factories.published(
        at,
        created_on=date(2008, 12, 24),
        first_published_on=date(2008, 12, 26),
        carried_from="市政府信息公开平台",
    )
    tree = page(client, f"/records/{entry.uuid}/")
    assert metas(tree)["PubDate"] == "2008-12-26 00:00"
    rest = {d.text(): d.parent.css_first("dd").text() for d in tree.css(".summary-list dt")}  # type: ignore[union-attr]
    assert rest["原发布平台"] == "市政府信息公开平台"
    assert rest["本站上线"] == "2026-11-02"


def test_withdrawn_is_gone_with_the_number_and_the_reason(client: Client, at: Office) -> None:
    entry = factories.published(at, title="有错的文件")
    actions.withdraw(record=entry.record, code="error", note="附表有误", by=at.officer, now=LATER)
    body = text(page(client, f"/records/{entry.uuid}/", 410), "main")
    assert entry.index_number in body
    assert "有错的文件" in body
    assert "附表有误" in body
    page(client, f"/records/{entry.uuid}/versions/", 404)


def test_withdrawn_for_a_secret_tells_nothing_but_the_number(client: Client, at: Office) -> None:
    entry = factories.published(at, title="不能再提", text="机密正文")
    actions.withdraw(record=entry.record, code="state_secret", note="", by=at.officer, now=LATER)
    response = client.get(f"/records/{entry.uuid}/")
    assert response.status_code == 410
    assert entry.index_number in response.content.decode()
    for word in ("不能再提", "机密正文", "国家秘密"):
        assert word not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"/catalog/?page={HUGE}", "/catalog/?page=0", "/catalog/?page=-1", "/catalog/?page=x",
        "/catalog/?page=2", "/catalog/?page=", f"/catalog/?year={HUGE}", "/catalog/?year=abcd",
        "/catalog/?year=1000", "/catalog/?class=nothing", "/catalog/?class=%00",
        "/catalog/?body=nobody", "/catalog/?validity=maybe", "/catalog/?column=x",
        "/catalog/?genre=x", "/catalog/?item=x", "/catalog/?section=x",
        f"/search/?q=a&page={HUGE}", "/search/?q=a&page=101",
        f"/guide/?version={HUGE}", "/guide/?version=9", "/guide/?body=nobody",
        "/requests/?body=nobody", "/records/00000000-0000-0000-0000-000000000000/",
        "/records/00000000-0000-0000-0000-000000000000/versions/",
        "/files/00000000-0000-0000-0000-000000000000/", "/sitemap-7.xml",
        f"/sitemap-{HUGE}.xml", "/feed.atom?year=x", "/catalog/export.csv?year=x",
        "/no/such/page/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_sentence(client: Client, at: Office, address: str) -> None:
    factories.published(at)
    body = text(page(client, address, 404), "main")
    assert body.count("。") >= 1


def test_lists_stay_whole_with_strange_words(client: Client, at: Office, index: object) -> None:
    factories.published(at)
    for words in ("%00", "%FF%FE", "'%22<script>", "=" * 3000, "%F0%9F%98%80", "%s%d%(x)s"):
        for address in (f"/search/?q={words}", f"/?{words}", f"/catalog/?x={words}"):
            assert client.get(address).status_code == 200, address


def test_the_measures_and_reports_pages_hold_their_column(client: Client, at: Office) -> None:
    factories.published(at, title="考核办法", column="measures")
    factories.published(at, title="年度报告", column="annual_report")
    assert [a.text() for a in page(client, "/measures/").css(".entry-list h2 a")] == ["考核办法"]
    assert [a.text() for a in page(client, "/reports/").css(".entry-list h2 a")] == ["年度报告"]
    assert len(page(client, "/catalog/").css(".entry-list h2 a")) == 2


def test_facet_links_lead_to_the_lists_they_promise(client: Client, at: Office) -> None:
    for genre in ("notice", "notice", "plan"):
        factories.published(at, genre=genre)
    tree = page(client, "/catalog/")
    links = {a.text(): a.attributes["href"] for a in tree.css(".facets a")}
    assert "共 2 条" in text(page(client, str(links["通知"])), "main")
    chosen = page(client, str(links["规划、计划"]))
    assert "共 1 条" in text(chosen, "main")
    assert text(chosen, ".narrowed .tag") == "规划、计划"
    lifted = chosen.css_first(".narrowed a")
    assert lifted is not None
    assert "共 3 条" in text(page(client, str(lifted.attributes["href"])), "main")


def test_a_revised_record_shows_what_changed(client: Client, at: Office) -> None:
    entry = factories.published(at, text="每季度通报一次。")
    record = entry.record
    actions.revise(record=record, reason="内部原因不公开", by=at.officer, now=LATER)
    record.refresh_from_db()
    records.edit(record=record, fields={"text": "每半年通报一次。"}, by=at.clerk, now=LATER)
    assert "每半年" not in client.get(f"/records/{entry.uuid}/").content.decode()
    record.refresh_from_db()
    factories.publish(record, at, now=LATER)
    assert "每半年" in text(page(client, f"/records/{entry.uuid}/"), ".record-text")
    tree = page(client, f"/records/{entry.uuid}/versions/")
    assert [d.text() for d in tree.css(".difference del")] == ["季度"]
    assert [i.text() for i in tree.css(".difference ins")] == ["半年"]
    assert "内部原因" not in tree.html  # type: ignore[operator]
    page(client, f"/records/{entry.uuid}/versions/?old=1&new=1", 404)
    page(client, f"/records/{entry.uuid}/versions/?old=1&new={HUGE}", 404)


def test_every_sql_count_stays_small(
    client: Client, at: Office, django_assert_max_num_queries: Any
) -> None:
    record = factories.draft(at)
    factories.attach(record, at, name="附件.pdf", content=b"%PDF", media_type="application/pdf")
    factories.relate(record, at, "repeals", None, cited="《旧办法》")
    entry = factories.publish(record, at)
    for _ in range(25):
        factories.published(at)
    most = django_assert_max_num_queries
    client.get("/catalog/?page=2")
    with most(6):
        client.get(f"/records/{entry.uuid}/")
    with most(2):  # counts and facets are known for this generation
        client.get("/catalog/?page=1")
    with most(1):  # a kept page asks for the generation only
        client.get("/catalog/?page=1")


def guide_of(at: Office, **more: str) -> None:
    given = dict.fromkeys(
        ("classification", "arrangement", "ways_of_access", "office_name", "office_address",
         "office_hours", "phone", "fax", "online_contact"), "云岭"
    )  # fmt: skip
    guide = actions.save_guide(
        body=at.body, content={**given, **more}, note="", by=at.officer, now=NOW
    )
    actions.publish_guide(guide=guide, by=at.officer, now=NOW)


def test_the_guide_shows_its_versions_and_never_its_draft(client: Client, at: Office) -> None:
    guide_of(at, channels="邮寄到旧地址")
    guide_of(at, channels="邮寄到新地址")
    actions.save_guide(
        body=at.body, content={"channels": "草稿地址"}, note="", by=at.officer, now=LATER
    )
    tree = page(client, "/guide/")
    assert "邮寄到新地址" in text(tree, "main")
    old = page(client, f"/guide/?body={at.body.code}&version=1")
    assert "邮寄到旧地址" in text(old, "main")
    assert "这是旧的版本" in text(old, "main")
    assert "邮寄到新地址" in text(page(client, "/requests/"), "main")
    page(client, "/guide/?version=3", 404)
    assert "草稿地址" not in client.get("/guide/").content.decode()


def test_a_file_comes_with_its_type_and_name_and_runs_nothing(client: Client, at: Office) -> None:
    record = factories.draft(at)
    evil = '附"件\r\nX-Evil: 1.html'
    factories.attach(record, at, name=evil, content=b"<script>1</script>", media_type="text/html")
    factories.attach(record, at, name="表.pdf", content=b"%PDF-1", media_type="application/pdf")
    entry = factories.publish(record, at)
    hrefs = [
        str(a.attributes["href"]) for a in page(client, f"/records/{entry.uuid}/").css(".files a")
    ]
    html, pdf = client.get(hrefs[0]), client.get(hrefs[1])
    assert streamed(html) == b"<script>1</script>"
    assert html["Content-Disposition"].startswith("attachment")
    assert "\n" not in html["Content-Disposition"]
    assert "X-Evil" not in html.headers
    assert html["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in html["Content-Security-Policy"]
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("inline")
    assert streamed(pdf) == b"%PDF-1"
    actions.withdraw(record=record, code="error", note="有误", by=at.officer, now=LATER)
    assert client.get(hrefs[1]).status_code == 404


def test_several_bodies_share_the_site(client: Client, at: Office) -> None:
    other = factories.office(name="云岭区教育局")
    mine, theirs = factories.published(at), factories.published(other)
    assert "云岭区教育局" in text(page(client, "/"), "main")
    tree = page(client, f"/catalog/?body={other.body.code}")
    shown = [a.text() for a in tree.css(".entry-list h2 a")]
    assert shown == [theirs.title]
    assert mine.title not in shown
    assert CatalogEntry.objects.count() == 2
