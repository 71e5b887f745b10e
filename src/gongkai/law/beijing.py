"""Codes of Beijing's disclosure platform, as far as they were seen: districts and organs.

`11J025` = 11 (first digits of GB/T 2260) + J (district; 0 = municipal) + 025 (organ within it);
the reading is inferred from the codes below.
"""

from __future__ import annotations

from dataclasses import dataclass

DISTRICTS: dict[str, str] = {"110": "北京市", "11J": "门头沟区"}


@dataclass(frozen=True, slots=True)
class Organ:
    """A body with its six-character code."""

    code: str
    name: str


ORGANS: dict[str, Organ] = {
    code: Organ(code, name)
    for code, name in (
        ("110000", "北京市人民政府"),
        ("110069", "北京市经济和信息化局"),
        ("110090", "北京市广播电视局"),
        ("11J000", "北京市门头沟区人民政府"),
        ("11J002", "北京市门头沟区发展和改革委员会"),
        ("11J022", "北京市门头沟区民政局"),
        ("11J025", "北京市门头沟区商务局"),
    )
}
# What SEED's damaged copy lost stands here for proposals: a person accepts or rejects them.
SERIES_LABELS: dict[str, str] = {"ZK": "系列代码ZK（含义未见出处）"}


def district_of(code: str) -> str | None:
    """The district (or city) a code belongs to; `None` when it was never seen."""
    return DISTRICTS.get(code.upper()[:3])


def organ_of(code: str) -> Organ | None:
    """The organ with this code; `None` when it was never seen."""
    return ORGANS.get(code.upper()[:6])
