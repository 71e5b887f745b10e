"""How the public site is served: kept pages, 304, cookies, languages, feeds, search."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.test import Client

from gongkai.catalog import actions, indexing
from gongkai.portal import keeping
from gongkai.records import actions as records
from tests import factories
from tests.factories import NOW, Office
from tests.portal.fakes import MemoryIndex

LATER = NOW + timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_kept_page_is_the_same_page(client: Client, at: Office) -> None:
    entry = factories.published(at)
    for address in ("/", "/catalog/", f"/records/{entry.uuid}/", "/feed.atom", "/sitemap-1.xml"):
        made, kept = client.get(address), client.get(address)
        assert kept.content == made.content, address
        for name in ("Content-Type", "ETag", "Cache-Control", "Content-Language",
                     "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options",
                     "Referrer-Policy", "Permissions-Policy"):  # fmt: skip
            assert kept.headers.get(name) == made.headers.get(name), (address, name)
        assert made["Cache-Control"] == "public, no-cache"
        assert "Cookie" in made["Vary"]
        assert kept["Vary"] == "Cookie"


def test_who_has_the_page_gets_304_until_something_is_published(client: Client, at: Office) -> None:
    factories.published(at)
    tag = client.get("/catalog/")["ETag"]
    again = client.get("/catalog/", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == tag
    new = factories.published(at, title="刚刚公开的")
    fresh = client.get("/catalog/", headers={"if-none-match": tag})
    assert fresh.status_code == 200
    assert new.title in fresh.content.decode()


def test_a_withdrawn_page_is_gone_at_once_though_it_was_kept(client: Client, at: Office) -> None:
    entry = factories.published(at, title="要撤的")
    address = f"/records/{entry.uuid}/"
    tag = client.get(address)["ETag"]
    assert client.get(address).status_code == 200
    actions.withdraw(record=entry.record, code="privacy", note="", by=at.officer, now=LATER)
    gone = client.get(address, headers={"if-none-match": tag})
    assert gone.status_code == 410
    assert "要撤的" not in gone.content.decode()
    assert client.get(address).status_code == 410
    assert "要撤的" not in client.get("/").content.decode()


def test_a_page_kept_for_one_host_is_not_given_under_another(client: Client, at: Office) -> None:
    factories.published(at)
    client.get("/feed.atom", headers={"host": "localhost"})
    other = client.get("/feed.atom", headers={"host": "127.0.0.1"}).content.decode()
    assert "http://127.0.0.1/" in other
    assert "localhost" not in other


def test_no_page_starts_a_session_or_sets_a_cookie(client: Client, at: Office) -> None:
    entry = factories.published(at)
    for address in ("/", "/catalog/", f"/records/{entry.uuid}/", "/search/", "/guide/"):
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" in response["Vary"]


def test_large_type_is_one_link_away_and_comes_back(client: Client, at: Office) -> None:
    factories.published(at)
    assert 'class="large"' not in client.get("/catalog/").content.decode()
    back = client.get("/preferences/?large=1&next=/catalog/%3Fyear%3D2026")
    assert back["Location"] == "/catalog/?year=2026"
    assert back.cookies[keeping.LARGE_COOKIE]["httponly"]
    assert '<html lang="zh-CN" class="large">' in client.get("/catalog/").content.decode()
    client.get("/preferences/?large=0&next=/")
    assert 'class="large"' not in client.get("/catalog/").content.decode()


@pytest.mark.parametrize(
    "place",
    ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil",
     "/\\evil", "", "x" * 3000, "/%0d%0aSet-Cookie:x=1"],
)  # fmt: skip
def test_the_way_back_never_leaves_the_site(client: Client, db: None, place: str) -> None:
    response = client.get("/preferences/", {"large": "1", "next": place})
    assert response.status_code == 302
    assert response["Location"].startswith("/")
    assert not response["Location"].startswith(("//", "/\\"))


def test_english_is_chosen_by_the_reader_never_by_the_browser(client: Client, at: Office) -> None:
    factories.published(at)
    browser = client.get("/catalog/", headers={"accept-language": "en-GB,en"})
    assert browser["Content-Language"] == "zh-CN"
    client.get("/preferences/?language=en&next=/")
    chosen = client.get("/catalog/")
    assert chosen["Content-Language"] == "en"
    assert '<html lang="en"' in chosen.content.decode()


def test_only_reading_is_allowed(client: Client, at: Office) -> None:
    entry = factories.published(at)
    for address in ("/", "/catalog/", f"/records/{entry.uuid}/", "/preferences/", "/search/"):
        for method in (client.post, client.put, client.delete):
            assert method(address).status_code in (403, 405), address
        assert client.head(address).status_code in (200, 302)


def test_the_feed_is_atom_with_the_newest_first(client: Client, at: Office) -> None:
    old = factories.published(at, title="旧 & <先>")
    new = factories.published(at, now=LATER, title="新")
    root = ET.fromstring(client.get("/feed.atom").content)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == ["新", "旧 & <先>"]
    assert entries[0].findtext(f"{ATOM}id") == f"urn:uuid:{new.uuid}"
    assert entries[1].findtext(f"{ATOM}published") == "2026-11-02T09:00:00+08:00"
    narrowed = ET.fromstring(client.get("/feed.atom?year=2026&genre=notice").content)
    assert len(narrowed.findall(f"{ATOM}entry")) == 2
    assert old.pk != new.pk


def test_the_sitemap_reaches_every_record_once(client: Client, at: Office) -> None:
    made = {f"http://testserver/records/{factories.published(at).uuid}/" for _ in range(3)}
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [str(loc.text) for loc in index.iter(f"{MAP}loc")]
    found: list[str] = []
    for part in parts:
        tree = ET.fromstring(client.get(part.removeprefix("http://testserver")).content)
        found += [str(loc.text) for loc in tree.iter(f"{MAP}loc")]
    assert made <= set(found)
    assert len(found) == len(set(found))
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_search_marks_what_it_found(client: Client, at: Office, index: MemoryIndex) -> None:
    entry = factories.published(at, title="预付卡管理办法", text="第一条 规范预付卡发行。")
    factories.published(at, title="别的")
    indexing.catch_up()
    body = client.get("/search/?q=预付卡").content.decode()
    assert "找到 1 条" in body
    assert "<mark>预付卡</mark>管理办法" in body
    assert "规范<mark>预付卡</mark>发行" in body
    assert str(entry.uuid) in body


def test_search_shows_nothing_that_is_no_longer_published(
    client: Client, at: Office, index: MemoryIndex
) -> None:
    entry = factories.published(at, title="已撤下的预付卡办法")
    indexing.catch_up()
    actions.withdraw(record=entry.record, code="error", note="有误", by=at.officer, now=LATER)
    assert index.documents  # the index has not caught up yet
    body = client.get("/search/?q=预付卡").content.decode()
    assert "已撤下" not in body.replace("已撤下的信息", "")
    assert str(entry.uuid) not in body


def test_search_without_an_index_says_so_and_leads_to_the_catalog(
    client: Client, at: Office, index: MemoryIndex, caplog: pytest.LogCaptureFixture
) -> None:
    index.broken = True
    response = client.get("/search/?q=办法")
    assert response.status_code == 503
    assert "检索暂时不能用" in response.content.decode()


def test_words_are_escaped_wherever_they_stand(
    client: Client, at: Office, index: MemoryIndex
) -> None:
    evil = "<script>alert(1)</script>\"'"
    entry = factories.published(
        at, title=evil, abstract=evil, text=evil, keywords=evil, document_number=evil
    )
    indexing.catch_up()
    for address in ("/", "/catalog/", f"/records/{entry.uuid}/", f"/search/?q={evil}"):
        body = client.get(address).content.decode()
        assert "<script>alert" not in body, address
        assert body.count("<script") == body.count('<script type="application/ld+json">')


def test_pages_have_no_inline_style_or_script(client: Client, at: Office) -> None:
    entry = factories.published(at)
    for address in (
        "/",
        "/catalog/",
        f"/records/{entry.uuid}/",
        "/guide/",
        "/requests/",
        "/search/",
    ):
        body = client.get(address).content.decode()
        assert " style=" not in body, address
        assert "<style" not in body, address
        assert " onclick" not in body, address


def test_search_opens_the_sub_classes_of_the_chosen_class_only(
    client: Client, at: Office, index: MemoryIndex
) -> None:
    other = records.create_class(
        body=at.body, fields={"code": "plans", "name": "规划计划"}, by=None, now=NOW
    )
    factories.published(at, title="办法一")
    factories.published(at, title="办法二", catalog_class=other)
    indexing.catch_up()
    closed = client.get("/search/?q=办法").content.decode()
    assert ">法规文件<" in closed
    assert ">规划计划<" in closed
    assert ">规范性文件</a> <span" not in closed
    opened = client.get("/search/?q=办法&class=regulations").content.decode()
    assert ">规范性文件</a> <span" in opened
