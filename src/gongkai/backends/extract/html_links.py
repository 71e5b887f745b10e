"""Links of a page with where they stand, and the addresses it gives itself."""

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.backends.extract.html_text import above, is_named_frame
from gongkai.text.links import Link

MOST: Final = 1_000
LONGEST: Final = 1_000
_ATTACHED: Final = re.compile(
    r"(?:^|[\s_-])(?:fj|xgfj|fujian|attach\w*|accessor\w*|appendi\w*|annex\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FILE: Final = re.compile(
    r"\.(?!s?html?\b|xhtml|jsp|asp|php|do\b|cn\b|com\b|net\b|org\b)[a-z0-9]{2,4}(?:[?#]|$)",
    re.IGNORECASE,
)
_NEAR: Final = 3
"""Levels above a link in which the word 附件 says what it is."""
_SAVED: Final = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)(\S+)|Mirrored from (\S+) by HTTrack)", re.IGNORECASE
)


def links_of(tree: LexborHTMLParser, main: LexborNode, lists: Collection[int]) -> tuple[Link, ...]:
    """Links and pictures of the paper in their order, not those around it.

    ``lists`` are the blocks of links left out of the text.
    """
    assert tree.body is not None
    inside, around = main.mem_id, tree.body.mem_id
    found, named = [], dict[int, bool]()
    for node in tree.body.css("a[href], img[src]"):
        href = (node.attributes.get("href") or node.attributes.get("src") or "").strip()
        if not href or len(href) > LONGEST:
            continue
        over = list(takewhile(lambda one: one.mem_id not in (inside, around), above(node)))
        top = over[-1].parent if over else node.parent
        in_main = top is not None and top.mem_id == inside
        where = _where(over, in_main, lists, named)
        if not where and _FILE.search(href) and _is_attachment(node, over):
            where = "text"
        if where:
            found.append(Link(href, _words(node), where, is_picture=node.tag == "img"))
        if len(found) == MOST:
            break
    return tuple(found)


def _where(
    over: list[LexborNode], in_main: bool, lists: Collection[int], named: dict[int, bool]
) -> str:
    """As ``Link.where``, "" for a link around the paper. Blocks are asked once for their name."""
    for block in over:
        if block.mem_id not in named:
            named[block.mem_id] = is_named_frame(block)
        if named[block.mem_id]:
            return ""
    if not in_main:
        return ""
    return "main" if any(block.mem_id in lists for block in over) else "text"


def _words(node: LexborNode) -> str:
    words = " ".join(node.text(deep=True).split())[:200]
    if not words and node.tag == "a":
        words = (node.attributes.get("title") or "").strip()[:200]
    return words


def _is_attachment(node: LexborNode, over: list[LexborNode]) -> bool:
    """Beside the main part: said to be an attachment by its words or the block it stands in."""
    if node.tag == "img" or any(is_named_frame(block) for block in over):
        return False
    if "附件" in _words(node):
        return True
    for block in over[:_NEAR]:
        names = f"{block.attributes.get('class') or ''} {block.attributes.get('id') or ''}"
        if _ATTACHED.search(names):
            return True
        text = block.text(deep=True)
        if len(text) < 500 and "附件" in text:
            return True
    return False


def addresses_of(source: str, tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """``canonical``, ``base`` and ``saved_from``, as far as the page says them."""
    for name, selector in (("canonical", 'link[rel="canonical"]'), ("base", "base[href]")):
        node = tree.css_first(selector)
        href = (node.attributes.get("href") or "").strip() if node is not None else ""
        if href:
            yield name, href[:LONGEST]
    if saved := _SAVED.search(source[:20_000]):
        said = saved[1] or saved[2]
        yield "saved_from", (said if "://" in said else f"http://{said}")[:LONGEST]
