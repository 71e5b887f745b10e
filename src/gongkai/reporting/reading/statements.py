"""Sums a text states by itself: parts and whole, shares, and what is left over of a clean-up.

Sentences are made of our own words and the text's figures: nothing else of the text is repeated,
for a damaged copy may carry words that do not belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from gongkai.law.annual_report.shares import CleanUp
from gongkai.reporting.schema import Noted
from gongkai.text.finding import Finding
from gongkai.text.normalise import fold
from gongkai.text.sums import sum_findings

_UNIT: Final = "[条件项个]"
_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?")
_CLEANED: Final = re.compile(
    rf"清理[^。；;\d]{{0,12}}(?:\d{{4}}年?\d{{1,2}}月[^。；;\d]{{0,6}})?信息(\d{{1,9}}){_UNIT}"
    rf"[,，]\s*其中\D{{0,8}}公开(?:的)?(?:信息)?(\d{{1,9}}){_UNIT}"
    rf"[,，、]\s*依申请(?:公开)?(?:信息)?(\d{{1,9}}){_UNIT}"
)
_CLASSES: Final = re.compile(rf"[\u4e00-\u9fff]{{4}}类(?:信息)?(\d{{1,9}}){_UNIT}[,，]\s*占")


def stated_sums(narrative: str) -> tuple[Noted, ...]:
    """Parts that are not their whole, shares that are of another number: from the sentences."""
    return tuple(_stated(item) for item in sum_findings(narrative))


def _stated(item: Finding) -> Noted:
    """A difference the sentence shows by itself; the shares settle which of two sums is meant."""
    is_sum = item.kind == "sum_mismatch"
    figures = _FIGURE.findall(item.evidence)
    right = re.search(r"=(\d+)" if is_sum else r"应为(\d+(?:\.\d+)?)", item.reason)
    return Noted(
        "sum" if is_sum else "share",
        "正文",
        Decimal(right[1]) if right else 0,
        Decimal(figures[0]) if figures else 0,
        item.reason,
        soft=not is_sum or item.proposal is None,
    )


def remarks(text: str) -> tuple[str, ...]:
    """What a clean-up leaves over, and how the counts hang together."""
    folded = fold(text)
    cleaned = [
        CleanUp(int(m[1]), int(m[2]), int(m[3]))
        for m in _CLEANED.finditer(folded)
        if int(m[2]) + int(m[3]) <= int(m[1])
    ]
    return (*_left_over(cleaned), *_explained(cleaned, folded))


def _left_over(cleaned: Sequence[CleanUp]) -> Iterator[str]:
    for item in cleaned:
        yield (
            f"清理{item.total}条：公开{item.proactive}条，依申请{item.on_request}条，"
            f"余{item.withheld}条（{item.total}-{item.proactive}-{item.on_request}"
            f"={item.withheld}），即不予公开的{item.withheld}条，文中没有写明。"
        )
    if len(cleaned) > 1:
        parts = "+".join(str(item.withheld) for item in cleaned)
        whole = sum(item.withheld for item in cleaned)
        yield f"{len(cleaned)}次清理不予公开的合计{whole}条（{parts}={whole}）。"


def _explained(cleaned: Sequence[CleanUp], text: str) -> Iterator[str]:
    """Why the classes' sum is what it is, where the clean-ups explain it."""
    classes = [int(count) for count in _CLASSES.findall(text)]
    if not cleaned or len(classes) < 2:
        return
    public = sum(item.proactive for item in cleaned)
    asked = sum(item.on_request for item in cleaned)
    if asked and sum(classes) == public + asked:
        made = "+".join(str(item.proactive) for item in cleaned)
        yield (
            f"主动公开{made}={public}条，加上依申请公开的{asked}条是{public + asked}条，"
            f"正是各类合计的{sum(classes)}条：各类里可能算进了依申请公开的{asked}条。"
        )
