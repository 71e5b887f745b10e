"""Counts of a clean-up by outcome, attribute, class, section and period. Pure values in and out.

Each table is counted for itself, so that `broken` can tell when two of them disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

RECORD = "record"
UNDATED = "undated"
NO_CLASS = ""
NO_SECTION = ""
NO_ATTRIBUTE = "undetermined"
ATTRIBUTES = ("proactive", "on_request", "withheld", NO_ATTRIBUTE)
OUTCOMES = ("record", "duplicate", "rejected", "waiting")
FACETS = {"class": "分类", "section": "科室", "period": "时段"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` input rows alike. All but the outcome is told only of those that became records."""

    outcome: str
    attribute: str = NO_ATTRIBUTE
    class_code: str = NO_CLASS
    created_on: date | None = None
    count: int = 1
    section: str = NO_SECTION


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` (inclusive) to `until` (exclusive); None is open."""

    start: date | None
    until: date | None

    @property
    def key(self) -> str:
        """Stable name: `2004-01-01/2008-03-01`, `/2008-03-01`, `2008-03-01/`."""
        return f"{self.start or ''}/{self.until or ''}"

    def holds(self, day: date) -> bool:
        """Whether the day lies within."""
        return (self.start is None or self.start <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True)
class Tally:
    """The counts. `periods` holds a key per period and `undated` last; empty: not counted."""

    periods: tuple[str, ...]
    outcomes: Counter[str] = field(default_factory=Counter)
    # (facet, its key, attribute) -> records
    cells: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All input rows."""
        return sum(self.outcomes.values())

    @property
    def records(self) -> int:
        """Rows that became records."""
        return self.outcomes[RECORD]

    def by(
        self,
        *,
        attribute: str = "",
        period: str | None = None,
        class_code: str | None = None,
        section: str | None = None,
    ) -> int:
        """Records of this attribute, and of one period, class or section; of all without any."""
        asked = [("period", period), ("class", class_code), ("section", section)]
        (facet, wanted), *more = [pair for pair in asked if pair[1] is not None] or [asked[1]]
        if more:
            raise ValueError("one table at a time")
        return sum(
            count
            for (of, key, has), count in self.cells.items()
            if of == facet
            and (wanted is None or key == wanted)
            and (not attribute or has == attribute)
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """Class codes that occur, sorted; `NO_CLASS` last."""
        return self._keys("class")

    @property
    def sections(self) -> tuple[str, ...]:
        """Keys of the sections that occur; `NO_SECTION` last."""
        return self._keys("section")

    def _keys(self, facet: str) -> tuple[str, ...]:
        keys = {key for (of, key, _), n in self.cells.items() if of == facet and n}
        return tuple(sorted(keys, key=lambda key: (key == "", key)))

    def share(self, class_code: str, attribute: str = "proactive") -> float | None:
        """The class's part of all records of the attribute (0…1), None of none."""
        whole = self.by(attribute=attribute)
        return self.by(attribute=attribute, class_code=class_code) / whole if whole else None

    def broken(self) -> list[str]:
        """Identities that do not hold, each as a sentence; `count` makes none such."""
        sums: Counter[str] = Counter()
        for (facet, _, attribute), n in self.cells.items():
            sums[FACETS[facet]] += n
            sums["属性"] += n if facet == "class" and attribute in ATTRIBUTES else 0
        faults = [
            f"按{name}合计{sums[name]}条，与登记{self.records}条不符。"
            for name in ("属性", *FACETS.values())
            if sums[name] != self.records and (self.periods or name != FACETS["period"])
        ]
        if sum(self.outcomes[o] for o in OUTCOMES) != self.total:
            faults.append("有的条目没有结果。")
        return faults

    def proof(self) -> str:
        """The sum of the ends beside what came in: 输入 462 = 登记 453 + 重复 7 + 未录入 2."""
        words = {"record": "登记", "duplicate": "重复", "rejected": "未录入", "waiting": "待清理"}
        parts = [
            f"{words[o]} {self.outcomes[o]}" for o in OUTCOMES if self.outcomes[o] or o != "waiting"
        ]
        return f"输入 {self.total} = {' + '.join(parts)}"


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
            keys = {
                "class": cell.class_code,
                "section": cell.section,
                "period": period_key(cell.created_on, periods),
            }
            for facet, key in keys.items():
                tally.cells[facet, key, attribute] += cell.count
    return tally


def period_key(day: date | None, periods: Sequence[Period]) -> str:
    """The key of the period in which the day lies."""
    if day is None:
        return UNDATED
    return next(period.key for period in periods if period.holds(day))


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
