"""The mechanisms 工作制度 that must stand, and by which words a published one is recognised.

The nine of 京政办发〔2008〕34号考核办法 Art. 5(二) (law.md §5.3). Recognising them by words in the
title is our own reading: what is called otherwise, a person adds by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism; a title that holds any of `words` is it."""

    key: str
    label: str
    words: tuple[str, ...]


MECHANISMS = (
    Mechanism("inventory", "信息清理", ("清理",)),
    Mechanism("on_request", "依申请公开", ("依申请",)),
    Mechanism("review", "保密审查", ("保密审查", "属性审查", "公开审查")),
    Mechanism("transfer", "纸质公开管理（移送）", ("纸质", "移送")),
    Mechanism("coordination", "审批协调", ("协调", "职责")),
    Mechanism("spokesperson", "新闻发言人", ("新闻发言人", "新闻发布")),
    Mechanism("clarification", "澄清虚假或不完整信息", ("澄清", "虚假")),
    Mechanism("assessment", "考核评议", ("考核", "评议")),
    Mechanism("accountability", "责任追究", ("责任追究", "责任制")),
)


def recognised(titles: Iterable[str]) -> dict[str, str]:
    """Mechanism key → the first title it is recognised by; missing ones are left out."""
    listed = list(titles)
    found = {}
    for mechanism in MECHANISMS:
        title = next((t for t in listed if any(w in t for w in mechanism.words)), None)
        if title is not None:
            found[mechanism.key] = title
    return found
