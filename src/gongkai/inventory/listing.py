"""Pages that only list others (目录、列表、首页): recognised, with the reason. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from gongkai.inventory.site import FILES, suffix_of
from gongkai.ports import Extracted
from gongkai.text.header import named_pairs

LIST_PAGE = "inventory.list_page"
"""Code of the refusal, by which a run counts such pages apart."""
FEWEST, FEWEST_NAMED, MANY = 4, 3, 8
# Words of its own (Chinese characters and letters outside links) that make a page a paper.
NONE, SOME = 40, 200
_NAMED = re.compile(
    r"(?:^|/)(?:index|default|list|more|node|col|channel|main|sitemap|catalog|mulu|shouye)"
    r"[_\-]?\d*\.[^/]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
# What stands beside every list: none of it is a paper.
_PAGER = re.compile(
    r"首\s*页|尾\s*页|末\s*页|上一?页|下一?页|共|第|页|条|记录|更多|转到|当前位置|您?的?位置|more"
    r"|发布日期|发布时间|日期|标题|序号|年|月|日",
    re.IGNORECASE,
)
# Tags of a page that holds one paper (国办发〔2017〕47号 附件), and of one that lists.
_OF_PAPER, _OF_LIST = ("articletitle", "contentsource"), ("columnname", "columntype")


def listing(found: Extracted, name: str) -> str:
    """Why the page is only a list of others, as a sentence; "" when it is not."""
    tags = {tag.lower() for tag, value in found.meta.items() if value.strip()}
    fields = named_pairs(found.header)
    if tags.intersection(_OF_PAPER) or {"index_number", "document_number"} & fields.keys():
        return ""
    pages = [link.words for link in found.links if _is_page(link.href, link.words)]
    inside = sum(len(_WORD.findall(words)) for words in pages)
    own = own_words(found)
    is_column = bool(tags.intersection(_OF_LIST))
    few = FEWEST_NAMED if is_column or _NAMED.search(name) else FEWEST
    is_list = (
        (len(pages) >= few and own < NONE)
        or (len(pages) >= few and few == FEWEST_NAMED and own < min(SOME, inside))
        or (len(pages) >= MANY and own * 6 < inside)
    )
    if not is_list:
        return ""
    return f"列表页，不是一条信息：有{len(pages)}个链接，没有自己的正文。"


def own_words(found: Extracted) -> int:
    """Characters of the text that stand in no link and are no part of a pager."""
    text = found.text
    for link in found.links:
        if link.words:
            text = text.replace(link.words, " ", 1)
    return len(_WORD.findall(_PAGER.sub(" ", text)))


def _is_page(href: str, words: str) -> bool:
    """A named link to another page, of the same site or another."""
    if len(words) < 2 or href.startswith(("#", "javascript:", "mailto:")):
        return False
    try:
        path = urlsplit(href).path
    except ValueError:
        return False
    return suffix_of(path) not in FILES
