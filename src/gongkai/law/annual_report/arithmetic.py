"""A broken identity in words and figures: 一项加二项 14147 ≠ 三项加四项 14146（…）。"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from gongkai.law.annual_report.model import Break, Identity, Number, Values

_SIDES: Final[Mapping[str, tuple[str, str]]] = {
    "I1": ("一项加二项", "三项加四项"),
    "I2": ("三（七）总计", "各办理结果之和"),
    "I3": ("总计", "自然人与法人或其他组织各列之和"),
    "I4": ("总计", "四种结果之和"),
    "I5": ("上年结转", "上一年度报告的结转下年度"),
    "I7": ("现行有效加本年废止", "上年现行有效加本年制发"),
    "C1": ("主动公开信息数", "五类信息数之和"),
    "C2": ("申请总数", "各渠道之和"),
    "C3": ("答复总数", "各类答复之和"),
    "C4": ("不同意公开数", "各原因之和"),
}


def judge(identity: Identity, values: Values, last: Values | None) -> Break | None:
    """The break of an identity with its arithmetic written out; `None` when it holds."""
    broken = identity.check(values, last)
    if broken is None:
        return None
    left, right = _SIDES.get(identity.code, ("左边", "右边"))
    steps = [
        step
        for step in (
            _added([values.get(key, 0) for key in identity.left], broken.left),
            _added(
                [
                    *(values.get(key, 0) for key in identity.right),
                    *((last or {}).get(key, 0) for key in identity.last),
                ],
                broken.right,
            ),
        )
        if step
    ]
    shown = f"（{'；'.join(steps)}）" if steps else ""
    over = broken.left - broken.right
    sentence = (
        f"{broken.where}：{left} {broken.left} ≠ {right} {broken.right}{shown}，相差 {abs(over)}。"
    )
    return Break(broken.code, broken.where, broken.left, broken.right, sentence, broken.soft)


def judgeable(identity: Identity, known: Collection[str], last: Collection[str] | None) -> bool:
    """Whether every cell it speaks of was read, this year's and last year's."""
    if identity.last and (last is None or not all(key in last for key in identity.last)):
        return False
    return all(key in known for key in (*identity.left, *identity.right))


def _added(terms: list[Number], result: Number) -> str:
    """12+3=15 of the terms that are not nothing; empty for one alone."""
    kept = [term for term in terms if term]
    if len(kept) < 2:
        return ""
    return "+".join(str(term) if term >= 0 else f"({term})" for term in kept) + f"={result}"
