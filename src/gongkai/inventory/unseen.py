"""What a paper's file holds and its readers do not see: hidden links, and what scanners say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from gongkai.ports import CONCEALED, QUIET, Concealed, Extracted
from gongkai.text.finding import Finding

MOST: Final = 50
"""Findings in what is hidden: a person has to open the original anyway."""
LONGEST: Final = 100_000
LINKS: Final = frozenset({"hidden_link", "portal_link", "injected_title"})
# Links are judged as links; that a comment names an outside host is no reason to ask.
_LEFT_OUT: Final = frozenset({"foreign_host", "invisible_character", "traditional_script"})

Look = Callable[[Mapping[str, str]], Iterable[Finding]]


def link_findings(found: Extracted) -> Iterator[Finding]:
    """One for each host that is linked unseen or under a false name; no place in the text."""
    for item in found.concealed:
        if item.kind in LINKS:
            yield _told(item)


def hidden_findings(found: Extracted, look: Look) -> list[Finding]:
    """What scanners say of comments, deleted and hidden text; nothing where there is none.

    The text of the page around the paper and of properties is left out: every page has it.
    """
    text = found.unseen(without=QUIET | LINKS)
    if not text.strip():
        return []
    kinds = dict.fromkeys(
        CONCEALED[item.kind]
        for item in found.concealed
        if item.kind not in QUIET | LINKS and item.text
    )
    where = "、".join(kinds) or "隐藏文字"
    wanted = (
        one
        for one in look({"hidden": text[:LONGEST]})
        if one.kind not in _LEFT_OUT and one.severity != "info"
    )
    return [_unplaced(one, where) for one in islice(wanted, MOST)]


def _unplaced(found: Finding, where: str) -> Finding:
    reason = f"在读者看不见的内容里（{where}）：{found.reason}"[:300]
    return replace(
        found, start=0, end=0, field="", proposal=None, candidates=(), reason=reason, target=""
    )


def _told(item: Concealed) -> Finding:
    host = item.text.split(" ", 1)[0]
    if item.kind == "hidden_link":
        kind, evidence = "hidden_link", host
        reason = (
            f"网页里藏着通往外部网站 {host} 的链接（{item.where}），读者看不见。"
            "请删去，并检查原网站是否被入侵。"
        )
    elif item.kind == "portal_link":
        kind, evidence = "replaced_host", host
        reason = f"网页上{item.where}的链接通往外部网站 {host}，请对照原网站核对。"
    else:
        kind, evidence = "inserted_ad", item.text[:300]
        reason = f"{item.where}里被插入了广告文字，请不要采用，并检查原网站是否被入侵。"
    return Finding(
        kind=kind, start=0, end=0, evidence=evidence, severity="error", reason=reason[:300]
    )
