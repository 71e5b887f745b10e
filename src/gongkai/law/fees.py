"""Fees: the processing fee since 2021 (两种阶梯), and the cost fees that ended in 2017.

国办函〔2020〕109号: by items per applicant and calendar month, or by pages per request; one way per
request, never both. Under the decree of 2007 only the costs of searching, copying and posting
were charged, until 2017-04-01 (财税〔2017〕20号, date from memory).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.kit.money import yuan_text
from gongkai.kit.ranges import Span
from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.guide import Gap
from gongkai.law.model import Law

_109 = "guobanhan_2020_109"


@dataclass(frozen=True, slots=True)
class Band:
    """Prices from the `first` unit on: `yuan` each, and `more` yuan for every further `every`."""

    first: int
    yuan: int
    every: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """A progressive ladder (超额累进): each unit costs what its own band says."""

    unit: str
    bands: tuple[Band, ...]
    cite: Cite

    def price(self, k: int) -> int:
        """The price in yuan of the `k`-th unit (k ≥ 1)."""
        if k < 1:
            raise ValueError(f"units are counted from 1, not {k}")
        band = max((b for b in self.bands if b.first <= k), key=lambda b: b.first)
        steps = (k - band.first) // band.every if band.every else 0
        return band.yuan + steps * band.more

    def total(self, first: int, last: int) -> int:
        """The price in yuan of the units `first` to `last`, both included."""
        return sum(self.price(k) for k in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Tariff:
    """Both ladders with the days they apply to."""

    key: str
    span: Span
    items: Ladder
    pages: Ladder


TARIFFS: tuple[Tariff, ...] = (
    Tariff(
        "2021",
        Span(date(2021, 1, 1), None),
        Ladder(
            "件", (Band(1, 0), Band(11, 100), Band(31, 200, every=10, more=100)), Cite(_109, "4")
        ),
        Ladder("页", (Band(1, 0), Band(31, 10), Band(101, 20), Band(201, 40)), Cite(_109, "5")),
    ),
)


class Way(StrEnum):
    """How a request is charged: one way, chosen per request (Art. 3)."""

    ITEMS = "items"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a request uses.

    `earlier` items of the same applicant received in the same calendar month before this one,
    `units` items of this request after splitting (一事一申请), `pages` sides of A4 asked for as
    copies, `None` when no copies are given or the reply only tells where to find the information.
    """

    earlier: int
    units: int = 1
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The amounts in yuan by each way; `by_pages` is `None` where that way is not open."""

    by_items: int
    by_pages: int | None
    tariff: Tariff

    def amount(self, way: Way) -> int:
        """The amount by one way; refuse the way that is not open to this request."""
        if way is Way.ITEMS:
            return self.by_items
        if self.by_pages is None:
            raise Refusal(
                "fee.no_pages",
                "申请人没有要求提供纸质件、电子文件等，不能按量计收。请按件计收或者不收费。",
                str(self.tariff.pages.cite),
            )
        return self.by_pages

    def ladder(self, way: Way) -> Ladder:
        """The ladder of one way."""
        return self.tariff.items if way is Way.ITEMS else self.tariff.pages

    def sentence(self, way: Way) -> str:
        """One sentence for the notice: way, amount and basis."""
        ladder = self.ladder(way)
        name = "按件计收" if way is Way.ITEMS else "按量计收"
        return f"{name}，信息处理费{yuan_text(self.amount(way))}。依据：{ladder.cite}。"


def tariff(on: date) -> Tariff:
    """The tariff of a day; refuse days without one."""
    for known in TARIFFS:
        if on in known.span:
            return known
    raise Refusal(
        "fee.no_tariff",
        f"{on.isoformat()}没有信息处理费标准，不能收取信息处理费。",
        str(Cite(_109)),
    )


def quote(usage: Usage, *, on: date) -> Quote:
    """Price a request received on a day by both ways."""
    if usage.earlier < 0 or usage.units < 1 or (usage.pages or 0) < 0:
        raise Refusal("fee.bad_count", "件数和页数须是正整数，请核对。", str(Cite(_109)))
    known = tariff(on)
    by_items = known.items.total(usage.earlier + 1, usage.earlier + usage.units)
    by_pages = None if usage.pages is None else known.pages.total(1, usage.pages)
    return Quote(by_items, by_pages, known)


def month_of(received_on: date) -> tuple[int, int]:
    """The month a request is counted in: by its day of receipt (inference)."""
    return received_on.year, received_on.month


def earlier_in_month(received: Iterable[tuple[date, int]], on: date) -> int:
    """Units of the same applicant in the calendar month of `on`, of (day, units) pairs before."""
    return sum(units for day, units in received if month_of(day) == month_of(on) and day <= on)


class Cost(StrEnum):
    """The cost fees of the decree of 2007 (Art. 27)."""

    SEARCHING = "searching"
    COPYING = "copying"
    POSTING = "posting"

    @property
    def label(self) -> str:
        return {"searching": "检索费", "copying": "复制费", "posting": "邮寄费"}[self.value]


COST_SPAN = Span(date(2008, 5, 1), date(2017, 4, 1))


def require_cost(cost: Cost, on: date) -> Cite:
    """The article a cost fee rests on, refused where the law of the day has none."""
    if on in COST_SPAN:
        return Cite("decree_492_2007", "27", "memory")
    raise Refusal(
        "fee.no_cost_fee",
        f"{on.isoformat()}不得收取{cost.label}：提供政府信息不收取费用。请删去这一项。",
        str(Cite("decree_711_2019", "42")),
    )


NOTICE_PARTS: tuple[tuple[str, str], ...] = (
    ("basis", "收费依据"),
    ("rate", "收费标准"),
    ("amount", "收费数额"),
    ("payment", "缴纳方式"),
)


def check_notice(stated: dict[str, str], *, law: Law) -> tuple[Gap, ...]:
    """What a fee notice still lacks (依据、标准、数额、缴纳方式)."""
    basis = law.term("fee_payment").basis
    return tuple(
        Gap(key, label, f"收费通知须写明{label}，请补充。", basis)
        for key, label in NOTICE_PARTS
        if not stated.get(key, "").strip()
    )
