"""A small copy of a bureau's old site, written by us: list pages, papers, attachments, layout."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

HOST = "www.qingshi.gov.cn"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
TOP = (
    '<div class="header"><a href="/index.htm">首页</a> <a href="/zwgk/index.htm">政务公开</a></div>'
)
FOOT = '<div class="footer">青石区商务局主办 <img src="/images/logo.gif"></div>'
HEAD = '<link rel="stylesheet" href="/css/main.css"><script src="/js/menu.js"></script>'
BODY = (
    "各街道、各有关单位：为做好节日期间的市场供应，现将有关事项通知如下。"
    "一、各商场要提前备足粮油、肉类、蔬菜等货源，做到不脱销、不断档。"
    "二、各农贸市场要加强进货查验，落实索证索票制度，确保食品安全。"
    "三、各单位要安排专人值班，遇有重要情况及时报告。"
)


def page(title: str, body: str, *, head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}{HEAD}</head><body>{TOP}"
        f'<div class="article-content"><h1>{title}</h1>{body}</div>{FOOT}</body></html>'
    )


def paper(title: str, number: str, links: str = "", *, head: str = "") -> str:
    text = f"<p>文号：{number}</p><p>生成日期：2008-01-20</p><p>{BODY}</p>{links}"
    return page(title, text, head=head)


def listing(title: str, links: Mapping[str, str]) -> str:
    rows = "".join(
        f'<li><a href="{href}">{words}</a><span>2008-01-20</span></li>'
        for words, href in links.items()
    )
    return (
        f"<html><head><title>{title}</title>{HEAD}</head><body>{TOP}"
        f'<div class="box"><h2>{title}</h2><ul>{rows}</ul><p>共1页 首页 下一页 尾页</p></div>'
        f"{FOOT}</body></html>"
    )


TITLES = {
    "关于春节市场供应的通知": "t1.htm",
    "关于端午市场供应的通知": "t2.htm",
    "关于中秋市场供应的通知": "t3.htm",
    "关于国庆市场供应的通知": "t4.htm",
}


def files() -> dict[str, bytes]:
    """Name below the copy's own folder → bytes. Pages are in GB 18030, as they were in 2008."""
    one = (
        '<p>附件：<a href="./P0200801.doc">春节货源表</a></p>'
        f'<p><a href="http://{HOST}/files/{quote("值班表".encode("gbk"))}.XLS">值班表</a></p>'
        '<p><a href="/files/missing.pdf">检查表</a></p>'
    )
    two = (
        f'<p><a href="../files/{quote("值班表")}.xls">值班表</a> '
        '<a href="http://www.gov.cn/other.pdf">上级文件</a>'
        ' <a href="mailto:a@qingshi.gov.cn">邮箱</a></p>'
    )
    pages = {
        "index.htm": listing("青石区商务局", {t: f"zwgk/{p}" for t, p in TITLES.items()}),
        "zwgk/index.htm": listing("政务公开目录", TITLES),
        "zwgk/t1.htm": paper("关于春节市场供应的通知", "青商字〔2008〕7号", one),
        "zwgk/t2.htm": paper("关于端午市场供应的通知", "青商字〔2008〕19号", two),
        "zwgk/t3.htm": paper(
            "关于中秋市场供应的通知",
            "青商字〔2008〕30号",
            head=f'<link rel="canonical" href="http://{HOST}/zwgk/200809/t3.htm">',
        ),
        "zwgk/t4.htm": paper(
            "关于国庆市场供应的通知", "青商字〔2008〕31号", '<p><a href="pack.zip">表格</a></p>'
        ),
    }
    from tests.backends.bad.rawzip import Entry, raw_zip

    rest = {
        "zwgk/P0200801.doc": "信息名称:春节货源表\n\n大米10吨，面粉8吨。\n".encode(),
        "files/值班表.xls": "姓名,电话\n值班员,69840000\n".encode(),
        "files/副本/值班表.xls": "姓名,电话\n值班员,69840000\n".encode(),
        "zwgk/pack.zip": raw_zip([Entry(name=b"a.txt", data="信息名称:表格\n".encode())]),
        "files/单独.txt": "信息名称:没有网页的通知\n\n正文在这里。\n".encode(),
        "css/main.css": b"body{}",
        "js/menu.js": b"var a;",
        "images/logo.gif": b"GIF89a" + bytes(50),
        "zwgk/line.png": PNG,
    }
    return {**{n: t.encode("gb18030") for n, t in pages.items()}, **rest}
