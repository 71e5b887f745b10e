"""Links, addresses, list pages and layout files of a copied site."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.backends.extract.html import HtmlExtractor
from gongkai.inventory.listing import listing
from gongkai.inventory.site import address_of, files_of, is_dress, key_of
from gongkai.ports import Extracted
from gongkai.text.links import Link
from tests.inventory import old_site

PAGE = "旧网站/www.qingshi.gov.cn/zwgk/2008/t1.htm"
PLAIN = "旧网站/zwgk/2008/t1.htm"


def names(page: str, href: str, **meta: str) -> tuple[str, ...]:
    found = files_of(page, [Link(href, "附件", "text")], meta)
    return found[0].names if found else ()


@pytest.mark.parametrize(
    ("page", "href", "name"),
    [
        (PLAIN, "P01.doc", "旧网站/zwgk/2008/P01.doc"),
        (PLAIN, "./files/P01.doc#top", "旧网站/zwgk/2008/files/P01.doc"),
        (PLAIN, "../../files/a.pdf?v=2", "旧网站/files/a.pdf"),
        (PLAIN, "..\\..\\files\\a.pdf", "旧网站/files/a.pdf"),
        (PLAIN, "/files/a.pdf", "旧网站/files/a.pdf"),
        (PLAIN, "http://www.qingshi.gov.cn/files/a.pdf", "旧网站/files/a.pdf"),
        (PAGE, "/files/a.pdf", "旧网站/www.qingshi.gov.cn/files/a.pdf"),
        (PAGE, "HTTP://WWW.QINGSHI.GOV.CN/files/a.pdf", "旧网站/www.qingshi.gov.cn/files/a.pdf"),
        (PAGE, "//qingshi.gov.cn/files/a.pdf", "旧网站/www.qingshi.gov.cn/files/a.pdf"),
        (PAGE, "http://zwgk.qingshi.gov.cn/a.pdf", "旧网站/zwgk.qingshi.gov.cn/a.pdf"),
        (PLAIN, "%E9%80%9A%E7%9F%A5.doc", "旧网站/zwgk/2008/通知.doc"),
        (PLAIN, "%CD%A8%D6%AA.doc", "旧网站/zwgk/2008/通知.doc"),
        ("a.zip!/zwgk/t1.htm", "/files/a.pdf", "a.zip!/files/a.pdf"),
        ("t1.htm", "附件.doc", "附件.doc"),
    ],
)
def test_where_a_link_leads(page: str, href: str, name: str) -> None:
    assert key_of(name) in {key_of(one) for one in names(page, href)}


@pytest.mark.parametrize(
    "href",
    ["t2.htm", "/zwgk/", "mailto:a@b.cn", "javascript:open('a.pdf')", "#a.pdf", "http://[x/a.pdf",
     "view.jsp?id=1", ""],
)  # fmt: skip
def test_what_is_no_file(href: str) -> None:
    assert names(PAGE, href) == ()


def test_the_base_of_a_page_counts_before_its_folder() -> None:
    found = names(PLAIN, "a.pdf", base="http://www.qingshi.gov.cn/files/")
    assert found.index("旧网站/files/a.pdf") < found.index("旧网站/zwgk/2008/a.pdf")


def test_another_site_is_told_as_such() -> None:
    (far,) = files_of(PAGE, [Link("http://www.gov.cn/a.pdf", "上级文件", "text")], {})
    assert far.host == "www.gov.cn" and all("/www.gov.cn/" in f"/{n}" for n in far.names)
    (own,) = files_of(PAGE, [Link("http://www.qingshi.gov.cn/a.pdf", "表", "text")], {})
    assert own.host == ""


@given(st.text(max_size=60), st.text(max_size=30))
def test_no_link_breaks_it_or_leads_out(href: str, base: str) -> None:
    for where in (href, f"../../../../{href}.pdf", f"http://{href}/x.pdf"):
        for one in files_of(PAGE, [Link(where, "", "text")], {"base": base}):
            assert not any(n.startswith(("../", "/")) or "/../" in n for n in one.names)


def test_a_picture_in_a_list_of_links_is_no_attachment() -> None:
    assert files_of(PAGE, [Link("b.png", "", "main", is_picture=True)], {}) == []


@pytest.mark.parametrize(
    ("meta", "name", "address"),
    [
        ({"canonical": "http://a.gov.cn/t1.htm"}, PAGE, "http://a.gov.cn/t1.htm"),
        ({"Url": "http://a.gov.cn/t2.htm"}, PLAIN, "http://a.gov.cn/t2.htm"),
        ({"saved_from": "http://a.gov.cn/t3.htm"}, PLAIN, "http://a.gov.cn/t3.htm"),
        ({"base": "http://a.gov.cn/zwgk/"}, PLAIN, "http://a.gov.cn/zwgk/t1.htm"),
        ({}, PAGE, "http://www.qingshi.gov.cn/zwgk/2008/t1.htm"),
        ({"Url": "t1.htm"}, PLAIN, ""),
        ({}, "局里.zip!/t1.htm", ""),
    ],
)
def test_the_old_address(meta: dict[str, str], name: str, address: str) -> None:
    assert address_of(name, meta) == address


@pytest.mark.parametrize(
    ("name", "size", "dress"),
    [
        ("站/css/main.css", 10**6, True), ("站/a.js", 10, True), ("站/zwgk/line.png", 300, True),
        ("站/images/banner.jpg", 10**6, True), ("站/zwgk/scan.jpg", 10**6, False),
        ("站/a.doc", 10, False), ("站/a.htm", 10, False),
    ],
)  # fmt: skip
def test_layout_files(name: str, size: int, dress: bool) -> None:
    assert is_dress(name, size) is dress


def read(tmp_path: Path, html: str) -> Extracted:
    path = tmp_path / "页.htm"
    path.write_bytes(html.encode("gb18030"))
    return HtmlExtractor().extract(path)


def test_list_pages_are_known_and_papers_are_not(tmp_path: Path) -> None:
    pages = {n: c for n, c in old_site.files().items() if n.endswith(".htm")}
    said = {n: listing(read(tmp_path, c.decode("gb18030")), n) for n, c in pages.items()}
    assert {n for n, why in said.items() if why} == {"index.htm", "zwgk/index.htm"}
    assert said["zwgk/index.htm"] == "列表页，不是一条信息：有4个链接，没有自己的正文。"


LONG = {f"关于第{n}件事项办理情况的通知": f"t{n}.htm" for n in range(12)}


@pytest.mark.parametrize(
    ("html", "is_list"),
    [
        (old_site.listing("目录", LONG), True),
        (old_site.listing("下载", {f"第{n}号表": f"{n}.doc" for n in range(12)}), False),
        (old_site.page("短", f"<p>{old_site.BODY[:60]}</p>"), False),
        (
            old_site.page("短", f"<p>{old_site.BODY[:60]}</p>")
            + "".join(f'<p><a href="{h}">{w}</a></p>' for w, h in list(LONG.items())[:6]),
            False,
        ),
        (
            f'<meta name="ArticleTitle" content="标题">{old_site.listing("目录", LONG)}',
            False,
        ),
        (
            '<meta name="ColumnName" content="机构职能">'
            + old_site.page("机构职能", f"<p>{old_site.BODY * 3}</p>"),
            False,
        ),
        ("<body>" + "".join(f"<a href='{h}'>{w}</a>" for w, h in LONG.items()) + "</body>", True),
    ],
)
def test_what_makes_a_list(tmp_path: Path, html: str, is_list: bool) -> None:
    assert bool(listing(read(tmp_path, html), "zwgk/t9.htm")) is is_list


def test_attachments_beside_the_text_and_layout_around_it(tmp_path: Path) -> None:
    many = "".join(f'<li><a href="f{n}.pdf">第{n}号表格的填写说明</a></li>' for n in range(8))
    html = (
        '<div class="nav"><a href="guide.pdf">指南</a></div>'
        f'<div class="TRS_Editor"><p>{old_site.BODY}</p><img src="seal.png"><ul>{many}</ul></div>'
        '<div class="xgfj">相关附件：<a href="one.doc">一览表</a></div>'
        '<div><p>附件下载</p><a href="two.doc">二览表</a></div>'
        '<div class="related"><p>附件</p><a href="other.doc">别的</a></div>'
        '<div class="side"><a href="form.doc">常用表格</a></div>'
    )
    found = files_of("t1.htm", read(tmp_path, html).links, {})
    assert [one.last for one in found] == [
        "seal.png",
        *(f"f{n}.pdf" for n in range(8)),
        "one.doc",
        "two.doc",
    ]


def test_a_page_saved_by_a_program_says_from_where(tmp_path: Path) -> None:
    for said in (
        "<!-- saved from url=(0030)http://a.gov.cn/zwgk/t1.htm -->",
        "<!-- Mirrored from a.gov.cn/zwgk/t1.htm by HTTrack Website Copier/3.x -->",
    ):
        found = read(tmp_path, said + old_site.page("标题标题", f"<p>{old_site.BODY}</p>"))
        assert address_of("t1.htm", found.meta) == "http://a.gov.cn/zwgk/t1.htm"
