"""A public page: its header table, machine tags, main text and what it hides."""

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.backends.extract.decoding import decode
from gongkai.backends.extract.html_grids import grids_of
from gongkai.backends.extract.html_hidden import note_links
from gongkai.backends.extract.html_links import addresses_of, links_of
from gongkai.backends.extract.html_text import (
    around_content,
    depth_of,
    hidden_nodes,
    hidden_text,
    main_node,
    visible_text,
)
from gongkai.backends.extract.notes import Notes
from gongkai.backends.extract.plain import LONGEST_TITLE
from gongkai.ports import Extracted, ExtractionError
from gongkai.text.header import (
    FIELD_OF,
    looks_like_header,
    named_pairs,
    plain_label,
    read_header,
)

_EMPTY_LABEL = re.compile(r"\s+[\u4e00-\u9fff]{2,6}[:：]$")
"""The next label on the line, whose value a script would have put there (浏览次数：)."""
DEEPEST = 5_000
"""Levels of a page; parsers take the square of them."""
_COMMENT = re.compile(r"<!--(.{0,20000}?)-->", re.DOTALL)
_SAYING = ("alt", "title", "value", "placeholder", "content")
_TITLES = ("h1", ".xl_title", ".article-title", ".title", "#title", "h2")


class HtmlExtractor:
    """``.html``: decoded by us, never by its label; scripts are not run, nothing is fetched."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".shtml", ".xhtml")

    def extract(self, path: Path) -> Extracted:
        """Navigation around the paper is left out; hidden blocks go to ``hidden``."""
        source, warnings = decode(path.read_bytes())
        if source.count("<") > DEEPEST and depth_of(source) > DEEPEST:
            raise ExtractionError(f"“{path.name}”的层次太深，读不完，请另存为文本再导入。")
        tree = LexborHTMLParser(source)
        if tree.body is None or not source.strip():
            raise ExtractionError(f"“{path.name}”里没有网页内容，请核对文件。")
        notes = Notes()
        note_links(tree, notes)
        tree.strip_tags(["script", "style"])
        hidden = hidden_text(tree)
        meta = _meta(tree)
        for name, address in addresses_of(source, tree):
            meta.setdefault(name, address)
        header, tables = _header_tables(tree)
        main = main_node(tree)
        main = tree.body if main is None else main
        lists = around_content(main)
        links = links_of(tree, main, lists)
        unseen = hidden_nodes(tree)
        text = visible_text(main, {*tables, *lists}, hidden=unseen)
        page = visible_text(tree.body, tables, hidden=unseen)
        header |= _header_lines(page, header)
        text, header = _without_header(text, header)
        unread = list(warnings)
        if not text and not header:
            unread.insert(0, f"“{path.name}”里没有可读的文字，请核对网页是否完整。")
            if not links:
                raise ExtractionError(unread[0])
        return Extracted(
            text=text,
            title=_title(tree, meta, header),
            hidden=hidden,
            header=header,
            meta=meta,
            grids=grids_of(tree),
            warnings=tuple(warnings),
            concealed=_noted(notes, source, tree, hidden).concealed,
            unread=tuple(unread),
            links=links,
        )


def _noted(notes: Notes, source: str, tree: LexborHTMLParser, hidden: str) -> Notes:
    """Hidden blocks; what stands around the paper and in the source of the page."""
    notes.say("hidden_text", "", hidden)
    notes.say("source", "源码注释", "\n".join(text.strip() for text in _COMMENT.findall(source)))
    addresses = (node.attributes.get(name) for name in _SAYING for node in tree.css(f"[{name}]"))
    notes.say("source", "属性", "\n".join(dict.fromkeys(filter(None, addresses))))
    assert tree.body is not None
    notes.say("source", "网页其余部分", tree.body.text(deep=True, separator="\n"))
    return notes


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _header_tables(tree: LexborHTMLParser) -> tuple[dict[str, str], set[int]]:
    """Pairs of all header tables, and which nodes they are."""
    pairs: dict[str, str] = {}
    nodes: set[int] = set()
    for node in tree.css("table, dl"):
        if node.tag == "table" and len(node.css("table")) > 1:
            continue  # a layout table around others
        found = dict(_dl_pairs(node) if node.tag == "dl" else _table_pairs(node))
        if looks_like_header(found):
            nodes.add(node.mem_id)
            for label, value in found.items():
                pairs.setdefault(label, value)
    return pairs, nodes


def _table_pairs(table: LexborNode) -> Iterator[tuple[str, str]]:
    for row in table.css("tr"):
        cells = [visible_text(cell).replace("\n", " ") for cell in row.css("td, th")]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            if name := plain_label(label):
                yield name, value.strip()
        for cell in cells:
            label, colon, value = cell.replace("：", ":", 1).partition(":")
            if colon and value.strip() and plain_label(label) in FIELD_OF:
                yield plain_label(label), value.strip()


def _dl_pairs(node: LexborNode) -> Iterator[tuple[str, str]]:
    values = (visible_text(value).replace("\n", " ") for value in node.css("dd"))
    for label, value in zip(node.css("dt"), values, strict=False):
        if name := plain_label(visible_text(label)):
            yield name, value.strip()


def _header_lines(page: str, known: dict[str, str]) -> dict[str, str]:
    """label：value lines outside tables, as in 发布时间：… 信息来源：…"""
    found = {}
    for field in read_header(page).fields.values():
        if field.raw and not known.get(field.label):
            found[field.label] = _EMPTY_LABEL.sub("", field.raw)
    return found


def _without_header(text: str, header: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A header at the beginning of the main text belongs to the header."""
    inside = read_header(text)
    if not inside.fields or len(inside.fields) < 3:
        return text, header
    more = {field.label: field.raw for field in inside.fields.values() if field.raw}
    return text[inside.body_start :], {**more, **header}


def _title(tree: LexborHTMLParser, meta: dict[str, str], header: dict[str, str]) -> str:
    if meta.get("ArticleTitle"):
        return meta["ArticleTitle"]
    if named := named_pairs(header).get("title"):
        return named
    page = tree.css_first("title")
    whole = visible_line(page) if page is not None else ""
    for selector in _TITLES:
        node = tree.css_first(selector)
        line = visible_line(node) if node is not None else ""
        if 4 <= len(line) <= LONGEST_TITLE:
            return line
    return whole[:LONGEST_TITLE]


def visible_line(node: LexborNode) -> str:
    """A node's text on one line."""
    return " ".join(node.text(deep=True).split())
