"""Counts of a clean-up by outcome, attribute, class and period. Pure: plain values in and out.

The sums cannot disagree: every table is a projection of the same cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

RECORD = "record"
UNDATED = "undated"
NO_CLASS = ""
NO_ATTRIBUTE = "undetermined"
ATTRIBUTES = ("proactive", "on_request", "withheld", NO_ATTRIBUTE)
OUTCOMES = ("record", "duplicate", "rejected", "waiting")


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` input rows alike. Attribute and class are told only of those that became records."""

    outcome: str
    attribute: str = NO_ATTRIBUTE
    class_code: str = NO_CLASS
    created_on: date | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` (inclusive) to `until` (exclusive); None is open."""

    start: date | None
    until: date | None

    @property
    def key(self) -> str:
        """Stable name: `2004-01-01/2008-03-01`, `/2008-03-01`, `2008-03-01/`."""
        return f"{self.start or ''}/{self.until or ''}"


@dataclass(frozen=True)
class Tally:
    """The counts. `periods` holds a key per period and `undated` last."""

    periods: tuple[str, ...]
    outcomes: Counter[str] = field(default_factory=Counter)
    # (period, attribute, class) -> records
    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All input rows."""
        return sum(self.outcomes.values())

    @property
    def records(self) -> int:
        """Rows that became records."""
        return self.outcomes[RECORD]

    def by(self, *, attribute: str = "", period: str = "", class_code: str | None = None) -> int:
        """Records with this attribute, period and class; what is left out is summed over."""
        return sum(
            count
            for (in_period, has, code), count in self.cells.items()
            if (not attribute or has == attribute)
            and (not period or in_period == period)
            and (class_code is None or code == class_code)
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """Class codes that occur, sorted; `NO_CLASS` last."""
        codes = {code for _, _, code in self.cells}
        return tuple(sorted(codes, key=lambda code: (code == NO_CLASS, code)))

    def share(self, class_code: str, attribute: str = "proactive") -> float | None:
        """The class's part of all records of the attribute (0…1), None of none."""
        whole = self.by(attribute=attribute)
        return self.by(attribute=attribute, class_code=class_code) / whole if whole else None

    def broken(self) -> list[str]:
        """Identities that do not hold, each as a sentence; `count` makes none such."""
        faults = []
        sums = {
            "属性": sum(self.by(attribute=a) for a in ATTRIBUTES),
            "时段": sum(self.by(period=p) for p in self.periods),
            "分类": sum(self.by(class_code=c) for c in self.classes),
        }
        for name, total in sums.items():
            if total != self.records:
                faults.append(f"按{name}合计{total}条，与登记{self.records}条不符。")
        if sum(self.outcomes[o] for o in OUTCOMES) != self.total:
            faults.append("有的条目没有结果。")
        return faults


def periods_of(bounds: Sequence[date]) -> tuple[Period, ...]:
    """The periods between the bounds, the open ones at both ends included."""
    days: list[date | None] = [None, *sorted(set(bounds)), None]
    return tuple(Period(days[i], days[i + 1]) for i in range(len(days) - 1))


def count(cells: Iterable[Cell], bounds: Sequence[date] = ()) -> Tally:
    """Sum the cells. A created day equal to a bound belongs to the later period."""
    periods = periods_of(bounds)
    tally = Tally((*(p.key for p in periods), UNDATED))
    for cell in cells:
        if cell.outcome not in OUTCOMES:
            raise ValueError(f"unknown outcome: {cell.outcome}")
        tally.outcomes[cell.outcome] += cell.count
        if cell.outcome == RECORD:
            attribute = cell.attribute if cell.attribute in ATTRIBUTES else NO_ATTRIBUTE
            key = (_period(cell.created_on, periods), attribute, cell.class_code)
            tally.cells[key] += cell.count
    return tally


def _period(day: date | None, periods: Sequence[Period]) -> str:
    if day is None:
        return UNDATED
    for period in periods:
        if (period.start is None or period.start <= day) and (
            period.until is None or day < period.until
        ):
            return period.key
    raise AssertionError("the periods cover every day")


def sentence(tally: Tally, until: date) -> str:
    """The counts as a clean-up report says them, with what became of every input row."""
    parts = [f"主动公开{tally.by(attribute='proactive')}条"]
    for attribute, word in (
        ("on_request", "依申请公开"), ("withheld", "不予公开"), (NO_ATTRIBUTE, "属性待审查"),
    ):  # fmt: skip
        if count := tally.by(attribute=attribute):
            parts.append(f"{word}{count}条")
    rest = [
        f"{word}{tally.outcomes[outcome]}条"
        for outcome, word in (
            ("duplicate", "重复"), ("rejected", "未录入"), ("waiting", "待清理"),
        )
        if tally.outcomes[outcome]
    ]  # fmt: skip
    told = f"截止{until.year}年{until.month}月{until.day}日，共清理各类信息{tally.records}条"
    more = f"输入{tally.total}条" + (f"，另有{'、'.join(rest)}" if rest else "，全部登记")
    return f"{told}，其中{'，'.join(parts)}。{more}。"
