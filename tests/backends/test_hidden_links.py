"""Links hidden in a page, and words put into its title: each way of hijackers, and none else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.backends.extract.html import HtmlExtractor

HOST = "www.km888.example"
LINK = f'<a href="http://{HOST}/">x</a>'
CODES = ",".join(str(ord(char)) for char in LINK)
WAYS = {
    "样式隐藏": (
        f'<div style="display:none">{LINK}</div>',
        f'<div style="position:absolute;left:-9999px">{LINK}</div>',
        f'<p style="font-size:0">{LINK}</p>',
        f'<marquee style="height:1px; width:1px">{LINK}</marquee>',
        f'<div style="text-indent:-9999px"><ul><li>{LINK}</li></ul></div>',
        f"<div hidden>{LINK}</div>",
        f'<a style="font-size:1px" href="//{HOST}/a">x</a>',
    ),
    "白色文字": (f'<a style="color:#FFFFFF" href="http://{HOST}">x</a>',),
    "样式表或脚本隐藏": (
        f"<style>.a1 , .q7{{position:absolute;top:-999px}}</style><div class='k q7'>{LINK}</div>",
        f'<p id="k">{LINK}</p><script>document.getElementById("k").style.display="none"</script>',
    ),
    "脚本写入": (
        f"<script>document.write(\"<a href='http://{HOST}'>x</a>\")</script>",
        rf'<script>document.write("\x3ca href=\"http://{HOST}\"\x3ex\x3c/a\x3e")</script>',
        f"<script>document.write(unescape('%3Ca%20href%3D%22http%3A//{HOST}%22%3Ex'))</script>",
        f"<script>document.write(String.fromCharCode({CODES}))</script>",
    ),
    "脚本跳转": (
        f'<script>if(/baidu/.test(document.referrer)){{location.href="https://{HOST}/"}}</script>',
        f"<script>window.location.replace('//{HOST}')</script>",
    ),
    "隐藏框架": (f'<iframe src="http://{HOST}" width="0" height="0"></iframe>',),
    "自动跳转": (f'<meta http-equiv="Refresh" content="0; url=http://{HOST}/">',),
}
SOUND = (
    '<div style="display:none"><a href="http://www.yunling.gov.cn/">a</a><a href="/b">b</a></div>',
    '<div style="display:none"><a href="https://weibo.com/yunling">微博</a></div>',
    '<a href="http://www.hezuo.example/">合作单位</a>',
    '<a style="color:#fff;background:#c00" href="http://www.hezuo.example/">合作单位</a>',
    '<script src="https://hm.baidu.com/hm.js"></script>',
    "<script>document.write(\"<a href='http://www.gov.cn'>中国政府网</a>\")</script>",
    '<script>location.href="/index.html"</script>',
    '<script>var links = {href: "http://www.hezuo.example/"};</script>',
    '<a href="http://www.yunling.gov.cn/">云岭区人民政府</a>',
    '<iframe src="http://www.yunling.gov.cn/v" width="0"></iframe>',
)


def page(inside: str, title: str = "云岭区商务局", head: str = "") -> str:
    text = "<p>各单位要做好值班工作，保持电话畅通，遇有情况及时报告区政府值班室。</p>"
    return (
        f"<html><head><title>{title}</title>{head}</head><body><div id=zoom>"
        f"<h1>关于春节值班的通知</h1>{text}<p>云岭区商务局</p></div>{inside}</body></html>"
    )


def told(tmp_path: Path, source: str) -> list[tuple[str, str, str]]:
    path = tmp_path / "页.html"
    path.write_text(source)
    found = HtmlExtractor().extract(path)
    assert "值班工作" in found.text
    kinds = ("hidden_link", "portal_link", "injected_title")
    return [(c.kind, c.where, c.text) for c in found.concealed if c.kind in kinds]


@pytest.mark.parametrize(
    ("where", "inside"), [(where, one) for where, ways in WAYS.items() for one in ways]
)
def test_every_way_of_hiding_a_link_is_told_with_its_host(
    tmp_path: Path, where: str, inside: str
) -> None:
    ((kind, said, text),) = told(tmp_path, page(inside))
    assert (kind, said, text.split(" ")[0]) == ("hidden_link", where, HOST)


@pytest.mark.parametrize("inside", SOUND)
def test_menus_shares_and_open_links_are_left_alone(tmp_path: Path, inside: str) -> None:
    assert told(tmp_path, page(inside)) == []


def test_a_link_called_the_portal_that_leads_elsewhere(tmp_path: Path) -> None:
    ((kind, where, text),) = told(
        tmp_path, page('<a href="http://www.km888.example/">云岭区政府门户网站</a>')
    )
    assert (kind, where) == ("portal_link", "写作“云岭区政府门户网站”")
    assert text.startswith("www.km888.example ")


def test_words_of_betting_in_title_keywords_and_description(tmp_path: Path) -> None:
    words = "滚球app,足球比分,km888体育"
    head = f'<meta name="Keywords" content="{words}"><meta name="description" content="{words}">'
    assert told(tmp_path, page("", title="&#98;et365体育_bet365官网", head=head)) == [
        ("injected_title", "网页标题", "bet365体育_bet365官网"),
        ("injected_title", "网页关键词", words),
        ("injected_title", "网页描述", words),
    ]
    sound = '<meta name="keywords" content="体育,足球,彩票销售管理">'
    assert told(tmp_path, page("", title="云岭区体育局 足球场开放", head=sound)) == []


def test_a_host_is_told_once_however_often_it_is_linked(tmp_path: Path) -> None:
    inside = f'<div style="display:none">{LINK * 300}</div>'
    assert len(told(tmp_path, page(inside))) == 1
