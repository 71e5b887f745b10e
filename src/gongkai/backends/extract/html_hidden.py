"""Links that the reader of a page does not see, and words put into its title for search engines.

A hijacked page keeps its looks: links to outside stand in blocks that are hidden by style, by a
class of a style sheet or by a script, in letters of one pixel or in white, outside of the window;
scripts write them, or send visitors of search engines away; the title and the keywords are
replaced. Links to the state's own hosts are left alone: menus fold away everywhere.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.backends.extract.html_text import is_hidden
from gongkai.backends.extract.notes import Notes
from gongkai.text.ad_words import BRAND, STRONG, WEAK, alternation
from gongkai.text.hosts import host_of, is_usual

HIGHEST: Final = 12
"""Blocks looked at above a link; what hides it stands close."""
MOST: Final = 50
_RULE: Final = re.compile(r"([^{}]{1,200})\{([^{}]{0,400})\}")
_NAME: Final = re.compile(r"[.#]-?[\w-]+")
_GONE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:px|pt|em)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|$|!)|text-indent\s*:\s*-\d{3,}|(?:left|top|right|margin-left"
    r"|margin-top)\s*:\s*-\d{3,}|(?:width|height|line-height)\s*:\s*[01](?:px)?\s*(?:;|$|!)"
    r"|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_WHITE: Final = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)",
    re.IGNORECASE,
)
_GROUND: Final = re.compile(
    r"background(?:-color)?\s*:\s*(?!\s*(?:#fff|white|transparent|none))", re.I
)
_HIDES: Final = re.compile(
    r"getElementById\(\s*[\"']([\w-]+)[\"']\s*\)\.style\.(?:display\s*=\s*[\"']none"
    r"|visibility\s*=\s*[\"']hidden|(?:left|top|textIndent)\s*=\s*[\"']-\d{3,})",
    re.IGNORECASE,
)
_WRITES: Final = re.compile(r"document\.write|innerHTML|insertAdjacentHTML|createElement", re.I)
_HREF: Final = re.compile(r"href\s*=\s*[\\\"']*\s*((?:https?:)?//[^\s\"'<>\\]+)", re.IGNORECASE)
_LEAVES: Final = re.compile(
    r"location(?:\.href)?\s*=\s*[\"']\s*((?:https?:)?//[^\s\"'<>\\]+)"
    r"|location\.(?:replace|assign)\(\s*[\"']\s*((?:https?:)?//[^\s\"'<>\\]+)",
    re.IGNORECASE,
)
_CODED: Final = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|%([0-9a-f]{2})", re.IGNORECASE)
_CHARS: Final = re.compile(r"fromCharCode\(([\d,\s]{6,4000})\)")
_PORTAL: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{0,14}(?:人民政府|政府网站?|门户网站|政务网|信息公开(?:专栏|平台|网|目录|指南)?)"
    r"|(?:网站)?首页|返回首页)"
)
_WORD: Final = re.compile(rf"{BRAND}|{alternation(STRONG)}", re.IGNORECASE)
_WORDS: Final = re.compile(rf"{BRAND}|{alternation(STRONG | WEAK)}", re.IGNORECASE)


def note_links(tree: LexborHTMLParser, notes: Notes) -> None:
    """Note hidden and misleading links, one for each host and way; the tree still has scripts."""
    scripts = [_decoded(node.text(deep=True)) for node in tree.css("script") if not _src(node)]
    told: dict[tuple[str, str, str], str] = {}
    for kind, where, address, words in (
        *_placed(tree, scripts),
        *_written(scripts),
        *_elsewhere(tree),
    ):
        host = host_of(address)
        if len(told) < MOST:
            told.setdefault((kind, where, host), f"{host} {address} {words}".strip()[:500])
    for (kind, where, _), text in told.items():
        notes.add(kind, where, text)
    for where, words in _titles(tree):
        notes.add("injected_title", where, words[:500])


_Found = tuple[str, str, str, str]


def _placed(tree: LexborHTMLParser, scripts: list[str]) -> Iterator[_Found]:
    """Links in the page itself: hidden, or called the portal and leading elsewhere."""
    outside = [
        (node, href)
        for node in tree.css("a[href], area[href]")
        if (href := node.attributes.get("href") or "") and _is_outside(href)
    ]
    if not outside:
        return
    names = _hiding_names(tree, scripts)
    for node, href in outside:
        words = " ".join(node.text(deep=True).split())[:100]
        where = _hidden_by(node, names)
        if where:
            yield "hidden_link", where, href, words
        elif _PORTAL.fullmatch(words):
            yield "portal_link", f"写作“{words}”", href, words


def _is_outside(address: str) -> bool:
    host = host_of(address)
    return bool(host) and "." in host and not is_usual(host)


def _hidden_by(node: LexborNode, names: frozenset[str]) -> str:
    """How a link is kept from the reader's eyes; empty where it is not."""
    here: LexborNode | None = node
    for _ in range(HIGHEST):
        if here is None or here.tag in ("body", "html"):
            return ""
        style = here.attributes.get("style") or ""
        if is_hidden(here) or _GONE.search(style):
            return "样式隐藏"
        if _WHITE.search(style) and not _GROUND.search(style) and here.mem_id == node.mem_id:
            return "白色文字"
        if names and not names.isdisjoint(_names_of(here)):
            return "样式表或脚本隐藏"
        here = here.parent
    return ""


def _names_of(node: LexborNode) -> Iterator[str]:
    yield from (f".{name}" for name in (node.attributes.get("class") or "").split())
    if node.attributes.get("id"):
        yield f"#{node.attributes['id']}"


def _hiding_names(tree: LexborHTMLParser, scripts: list[str]) -> frozenset[str]:
    """Classes and ids that a style sheet of the page or a script hides."""
    found = {f"#{name}" for script in scripts for name in _HIDES.findall(script)}
    for node in tree.css("style"):
        for selectors, style in _RULE.findall(node.text(deep=True)):
            if _GONE.search(style):
                found |= {s.strip() for s in selectors.split(",") if _NAME.fullmatch(s.strip())}
    return frozenset(found)


def _written(scripts: list[str]) -> Iterator[_Found]:
    """What scripts write into the page, or where they send its visitors."""
    for script in scripts:
        if _WRITES.search(script):
            for address in _HREF.findall(script):
                if _is_outside(address):
                    yield "hidden_link", "脚本写入", address, ""
        for match in _LEAVES.finditer(script):
            address = match[1] or match[2]
            if _is_outside(address):
                yield "hidden_link", "脚本跳转", address, ""


def _elsewhere(tree: LexborHTMLParser) -> Iterator[_Found]:
    """Frames without size and pages that send their readers on."""
    for node in tree.css("iframe[src]"):
        address = node.attributes.get("src") or ""
        size = f"{node.attributes.get('width') or ''},{node.attributes.get('height') or ''}"
        is_gone = is_hidden(node) or _GONE.search(node.attributes.get("style") or "")
        if _is_outside(address) and (is_gone or re.search(r"(?:^|,)[01](?:px)?(?:,|$)", size)):
            yield "hidden_link", "隐藏框架", address, ""
    for node in tree.css("meta[http-equiv]"):
        content = node.attributes.get("content") or ""
        if (node.attributes.get("http-equiv") or "").lower() == "refresh":
            _, _, address = content.partition("=")
            if _is_outside(address.strip(" '\"")):
                yield "hidden_link", "自动跳转", address.strip(" '\""), ""


def _titles(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Title and keywords with at least one word of betting and another of advertisers."""
    node = tree.css_first("title")
    parts = [("网页标题", " ".join(node.text(deep=True).split()))] if node is not None else []
    for name, label in (("keywords", "网页关键词"), ("description", "网页描述")):
        metas = tree.css(f"meta[name='{name}' i]")
        parts += [(label, (meta.attributes.get("content") or "").strip()) for meta in metas]
    for where, words in parts:
        if _WORD.search(words) and len({w.lower() for w in _WORDS.findall(words)}) > 1:
            yield where, words


def _src(node: LexborNode) -> str:
    return node.attributes.get("src") or ""


def _decoded(script: str) -> str:
    r"""\x3ca, %3Ca, &lt;a and fromCharCode(60,97) say <a."""
    if "fromCharCode" in script:
        script += "".join(_spelled(codes) for codes in _CHARS.findall(script))
    if _CODED.search(script):
        script = _CODED.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), script)
    return html.unescape(script) if "&" in script else script


def _spelled(codes: str) -> str:
    numbers = [int(code) for code in codes.split(",") if code.strip()]
    return "".join(chr(number) for number in numbers if number < 0x110000)
