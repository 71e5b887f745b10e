"""Text of HTML nodes as a reader sees it, and the main part of a page."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


LEFT_OUT: Final = _names(
    "script style noscript template head iframe object svg audio video canvas select option"
    " textarea button input form nav footer"
)
_BLOCKS: Final = _names(
    "p div section article main header table thead tbody tr ul ol li dl dt dd h1 h2 h3 h4 h5 h6"
    " blockquote pre figure hr center address fieldset body html"
)
_CELLS: Final = frozenset(("td", "th"))
_AROUND: Final = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|header|head|nav|menu|breadcrumb|crumbs?|curpage|position|location"
    r"|share|print|sidebar|related|copyright|toolbar|search|login|pager|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top)\s*:\s*-\d{3,}|(?:width|height)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_MAIN: Final = (
    "#UCAP-CONTENT", ".TRS_Editor", ".TRS_UEDITOR", ".trs_editor_view", "#zoom", ".zoom",
    ".article-content", ".article_content", "#article-content", ".pages_content", ".news_content",
    ".content_text", "#ContentRegion", ".xxgk-content", "#content article", "article",
)  # fmt: skip
_NESTING: Final = re.compile(
    r"<(/?)(?:div|span|font|section|ul|ol|table|center|blockquote|article|b|i|em|strong)\b",
    re.IGNORECASE,
)
_SPACE: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_ODD_SPACE: Final = re.compile(r"[\t\r\n\f\u00a0]|  ")
LEAST_MAIN: Final = 40


def is_hidden(node: LexborNode) -> bool:
    """Kept from readers by its own style or attribute."""
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    return bool(_HIDDEN.search(attributes.get("style") or ""))


def hidden_nodes(tree: LexborHTMLParser) -> frozenset[int]:
    """Every hidden node of a page; asked for once, where its text is wanted more than once."""
    return frozenset(node.mem_id for node in tree.css("[style], [hidden]") if is_hidden(node))


def visible_text(
    node: LexborNode, skip: Collection[int] = (), *, hidden: frozenset[int] | None = None
) -> str:
    """Paragraphs on lines of their own, table cells divided by tabs; nodes in ``skip`` left out.

    ``hidden`` are the ``hidden_nodes`` of the page, where they are known.
    """
    lines: list[list[str]] = [[]]
    cells = 0
    for kind, text in _events(node, skip, hidden):
        if kind == "text":
            lines[-1].append(text)
        elif kind == "cell":
            cells += 1
            if "".join(lines[-1]).strip():
                lines[-1].append("\t")
        elif kind == "cell-end":
            cells -= 1
        elif cells:
            lines[-1].append(" ")  # blocks inside a cell stay on the line of their row
        elif lines[-1]:
            lines.append([])
    return "\n".join(found for line in lines if (found := _line("".join(line))))


def _one_line(text: str) -> str:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


def _line(text: str) -> str:
    if _ODD_SPACE.search(text) is None:
        return text.strip()
    cells = (_SPACE.sub(" ", cell).strip() for cell in text.split("\t"))
    return "\t".join(cells).strip()


def _events(
    root: LexborNode, skip: Collection[int], hidden: frozenset[int] | None
) -> Iterator[tuple[str, str]]:
    """Text, cells and line breaks in reading order, without recursion: pages nest without end."""
    stack: list[LexborNode | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item, ""
            continue
        tag = item.tag or ""
        if tag == "-text":
            yield "text", _one_line(item.text_content or "")
        elif tag == "br":
            yield "line", ""
        elif not _is_left_out(item, tag, skip, hidden):
            if tag in _BLOCKS:
                yield "line", ""
                stack.append("line")
            elif tag in _CELLS and item.mem_id != root.mem_id:
                yield "cell", ""
                stack.append("cell-end")
            stack.extend(reversed(list(item.iter(include_text=True))))


def _is_left_out(
    node: LexborNode, tag: str, skip: Collection[int], hidden: frozenset[int] | None
) -> bool:
    if tag in LEFT_OUT or tag.startswith("-"):
        return True
    number = node.mem_id
    return number in skip or (is_hidden(node) if hidden is None else number in hidden)


def hidden_text(tree: LexborHTMLParser, most: int = 20_000) -> str:
    """What hidden nodes hold: links and words pushed into a page stand there."""
    found: list[str] = []
    for node in tree.css("[style], [hidden]"):
        if is_hidden(node) and (text := _SPACE.sub(" ", node.text(deep=True)).strip()):
            links = " ".join(href for a in node.css("a[href]") if (href := a.attributes["href"]))
            found.append(f"{text} {links}".strip())
    return "\n".join(dict.fromkeys(found))[:most]


def depth_of(source: str) -> int:
    """How many blocks stand in each other at most, before anything is parsed."""
    depth = deepest = 0
    for close in _NESTING.findall(source):
        depth = max(0, depth - 1) if close else depth + 1
        deepest = max(deepest, depth)
    return deepest


def main_node(tree: LexborHTMLParser) -> LexborNode | None:
    """Where the paper itself stands: a known place of content, else the densest block."""
    body = tree.body
    if body is None:
        return None
    weights = _weights(body)
    least = max(1, min(LEAST_MAIN, weights.get(body.mem_id, 0) // 5))
    for selector in _MAIN:
        found = [node for node in tree.css(selector) if weights.get(node.mem_id, 0) >= least]
        if found:
            return max(found, key=lambda node: weights[node.mem_id])
    return _densest(body, weights)


def _densest(node: LexborNode, weights: dict[int, int]) -> LexborNode:
    """Go down while one child holds most of what is written."""
    while True:
        children = [
            child
            for child in node.iter()
            if child.tag not in LEFT_OUT
            and child.tag not in ("p", "table")
            and not is_named_frame(child)
        ]
        best = max(children, key=lambda child: weights.get(child.mem_id, 0), default=None)
        heavy = weights.get(best.mem_id, 0) if best is not None else 0
        if best is None or heavy <= 0 or heavy < 0.6 * weights.get(node.mem_id, 0):
            return node
        node = best


def _weights(body: LexborNode) -> dict[int, int]:
    """Characters in every node, those of links taken off: one walk over the text."""
    weights: dict[int, int] = {}
    for text in body.traverse(include_text=True):
        if text.tag != "-text":
            continue
        length = len((text.text_content or "").strip())
        over = list(above(text)) if length else []
        tags = {node.tag for node in over}
        if tags & LEFT_OUT:
            continue
        for node in over:
            gained = -length if "a" in tags else length
            weights[node.mem_id] = weights.get(node.mem_id, 0) + gained
    return weights


def above(node: LexborNode) -> Iterator[LexborNode]:
    """The blocks around a node, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def around_content(root: LexborNode) -> set[int]:
    """Blocks of navigation: named so, or made of links."""
    found = set()
    for node in root.css("div, ul, ol, section, aside, header, table"):
        if _around(node):
            found.add(node.mem_id)
    return found


def _around(node: LexborNode) -> bool:
    if is_named_frame(node):
        return True
    links = node.css("a")
    if len(links) <= 4:
        return False
    return sum(len(_plain(link)) for link in links) > 0.7 * len(_plain(node))


def is_named_frame(node: LexborNode) -> bool:
    """Navigation and the like by its own name."""
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return node.tag in ("nav", "footer", "aside") or bool(_AROUND.search(names))


def _plain(node: LexborNode) -> str:
    return _SPACE.sub("", node.text(deep=True))
