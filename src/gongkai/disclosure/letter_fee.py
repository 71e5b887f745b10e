"""The fee notice in words: the ladder as people read it, and the amount."""

from __future__ import annotations

from gongkai.disclosure.models import Fee
from gongkai.kit.money import yuan_text
from gongkai.law.fees import TARIFFS, Band, Ladder, Way

_WAYS = {
    Way.ITEMS: "按件计收（同一申请人一个自然月内累计）",
    Way.PAGES: "按量计收（A4纸单面）",
}


def fee_parts(fee: Fee) -> dict[str, str]:
    """`fee_basis`, `rate` and `amount` of a notice (依据、标准、数额)."""
    way = Way(fee.way)
    found = next(t for t in TARIFFS if t.key == fee.tariff)
    ladder = found.items if way is Way.ITEMS else found.pages
    count = fee.units if way is Way.ITEMS else fee.pages
    return {
        "fee_basis": str(ladder.cite),
        "rate": f"{_WAYS[way]}：{ladder_words(ladder)}",
        "amount": f"{yuan_text(fee.amount_yuan)}（本件{count}{ladder.unit}）",
    }


def ladder_words(ladder: Ladder) -> str:
    """第1—30页不收费，第31—100页每页10元，…，第201页起每页40元."""
    found = []
    for band, after in zip(ladder.bands, (*ladder.bands[1:], None), strict=True):
        found.append(_band_words(band, after.first - 1 if after else None, ladder.unit))
    return "，".join(found)


def _band_words(band: Band, last: int | None, unit: str) -> str:
    price = f"每{unit}{band.yuan}元" if band.yuan else "不收费"
    if last is not None:
        return f"第{band.first}—{last}{unit}{price}"
    if not band.every:
        return f"第{band.first}{unit}起{price}"
    return (
        f"第{band.first}—{band.first + band.every - 1}{unit}{price}，"
        f"以后每增加{band.every}{unit}，{price[:2]}提高{band.more}元"
    )
