"""Lists whose dates are written in more than one way: the rows told, and the days proposed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bench.damage_parts import Score
from gongkai.inventory.across import Beside, compared
from gongkai.inventory.rows import read_row
from gongkai.text.finding import Finding
from gongkai.text.mapping import read_mapping

ROWS = 20
MAPPING = read_mapping(
    {
        "source": "清单",
        "fields": {"title": ["标题"], "published_on": {"path": ["时间"], "date": "text"}},
    }
)
_ZERO = date(1899, 12, 30)
WAYS: dict[str, Callable[[date], str]] = {
    "dash": lambda day: f"{day.year}-{day.month}-{day.day}",
    "padded": lambda day: day.isoformat(),
    "han": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dot": lambda day: f"{day.year}.{day.month:02d}.{day.day:02d}",
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "serial": lambda day: str((day - _ZERO).days),
    "turned": lambda day: f"{day.day}/{day.month}/{day.year}",
}
SAME = ({"dash", "padded"},)
"""Padded or not, a person sees one way of writing."""


def told(values: list[str]) -> list[list[Finding]]:
    """The findings of every row of a list with these dates."""
    papers = [
        Beside(f"第{n}行", read_row({"标题": f"第{n}件事的通知", "时间": value}, MAPPING))
        for n, value in enumerate(values, 1)
    ]
    return [list(one.findings) for one in compared(papers)]


def scores(count: int, seed: int = 20081226) -> Iterator[tuple[str, Score]]:
    """`mixed dates` and `sound lists`."""
    chance = random.Random(f"{seed}:lists")
    damaged, clean = Score(), Score()
    for _ in range(count):
        days = [date(2004, 1, 1) + timedelta(days=chance.randrange(7_500)) for _ in range(ROWS)]
        usual, other = _ways(chance)
        rare = set(chance.sample(range(ROWS), chance.randint(1, 5)))
        values = [WAYS[other if n in rare else usual](day) for n, day in enumerate(days)]
        found = told(values)
        mixed = {n for n, row in enumerate(found) if any(f.kind == "mixed_dates" for f in row)}
        damaged.count += 1
        damaged.found += mixed == rare
        damaged.missed += [] if mixed == rare else [f"{usual}/{other}: {sorted(mixed ^ rare)}"]
        for n, row in enumerate(found):
            for proposal in (f.proposal for f in row if f.proposal is not None):
                damaged.right += proposal == days[n].isoformat()
                damaged.wrong += proposal != days[n].isoformat()
        alarms = [one for row in told([WAYS[usual](day) for day in days]) for one in row]
        clean.count += 1
        clean.found += bool(alarms)
        clean.missed += [f"{one.kind}: {one.evidence}" for one in alarms]
    yield "mixed dates", damaged
    yield "sound lists", clean


def _ways(chance: random.Random) -> tuple[str, str]:
    usual = chance.choice(("dash", "padded", "han", "dot", "slash", "compact"))
    others = [way for way in WAYS if way != usual and {way, usual} not in SAME]
    return usual, chance.choice(others)
