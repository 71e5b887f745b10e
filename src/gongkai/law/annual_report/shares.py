"""Counts by class and attribute that must add up, and their shares, printed to two decimals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def share(part: int, whole: int) -> Decimal:
    """Percent to two decimals, rounded half up; 0 of nothing."""
    if whole == 0:
        return Decimal("0.00")
    return (Decimal(part) * 100 / Decimal(whole)).quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class ClassCheck:
    """Class counts against the total they should make up.

    `difference` is the classes' sum minus the total; `sentence` is empty when they agree;
    `shares` are over the classes' own sum.
    """

    total_of_classes: int
    difference: int
    shares: Mapping[str, Decimal]
    sentence: str


def check_classes(counts: Mapping[str, int], total: int) -> ClassCheck:
    """Add the classes up and compare: 分类合计与主动公开数不符 when they do not agree."""
    classes = sum(counts.values())
    sentence = ""
    if classes != total:
        sentence = (
            f"分类合计与主动公开数不符（差{abs(classes - total)}）："
            f"各类合计{classes}，主动公开{total}。请核对各类数量。"
        )
    shares = {name: share(count, classes) for name, count in counts.items()}
    return ClassCheck(classes, classes - total, shares, sentence)


@dataclass(frozen=True, slots=True)
class CleanUp:
    """One clean-up: all items, of which proactive and on request; the rest is withheld."""

    total: int
    proactive: int
    on_request: int

    def __post_init__(self) -> None:
        if min(self.total, self.proactive, self.on_request) < 0 or self.withheld < 0:
            raise ValueError("主动公开与依申请公开之和多于清理总数")

    @property
    def withheld(self) -> int:
        """What is left: 不予公开."""
        return self.total - self.proactive - self.on_request

    def __add__(self, other: CleanUp) -> CleanUp:
        return CleanUp(
            self.total + other.total,
            self.proactive + other.proactive,
            self.on_request + other.on_request,
        )
