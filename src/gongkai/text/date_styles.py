"""How dates are written in a list, and days that only one way of reading a value allows."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from gongkai.text.date_units import day_in
from gongkai.text.dates import parse_date
from gongkai.text.normalise import fold

YEARS: Final = range(1980, 2050)
"""A bare number that would be a day of another year is rather something else."""
_SHAPES: Final = (
    ("han", re.compile(r"\d{2,4}年\d{1,2}月\d{1,2}日?")),
    ("chinese", re.compile(r"[〇零○一二三四五六七八九]{4}年")),
    ("moment", re.compile(r"\d{4}-\d{2}-\d{2}T")),
    ("dash", re.compile(r"\d{4}-\d{1,2}-\d{1,2}")),
    ("slash", re.compile(r"\d{4}/\d{1,2}/\d{1,2}")),
    ("dot", re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}")),
    ("compact", re.compile(r"(?:19|20)\d{6}(?:\d{6})?$")),
    ("serial", re.compile(r"\d{5}(?:\.\d+)?$")),
    ("short", re.compile(r"\d{1,2}([-./])\d{1,2}\1\d{1,4}")),
)


def style_of(raw: str) -> str:
    """The way a date is written, as a word; empty for nothing, ``other`` for no known way."""
    text = fold(raw).strip()
    if not text:
        return ""
    return next((name for name, shape in _SHAPES if shape.match(text)), "other")


def guessed(raw: str) -> tuple[date, ...]:
    """The days that a value `parse_date` refuses may mean: a serial of a workbook, 1/5/2008."""
    days = (day_in(unit, raw) for unit in ("sheet", "dmy", "mdy"))
    return tuple(dict.fromkeys(day for day in days if day is not None and day.year in YEARS))


class Styles:
    """Ways of writing in one column, with how often and the first example of each."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        self.counts: Counter[str] = Counter()
        self._examples: dict[str, str] = {}
        for raw in values:
            self.add(raw)

    def add(self, raw: str) -> None:
        """Count one value; an empty one does not count."""
        style = style_of(raw)
        if style:
            self.counts[style] += 1
            self._examples.setdefault(style, raw.strip()[:24])

    @property
    def usual(self) -> str:
        """The commonest way; of two as common the one that sorts first."""
        return min(self.counts, key=lambda style: (-self.counts[style], style), default="")

    @property
    def is_mixed(self) -> bool:
        """Whether there is more than one way."""
        return len(self.counts) > 1

    def is_other(self, raw: str) -> bool:
        """Whether this value is written otherwise than most."""
        return style_of(raw) not in ("", self.usual)

    def sentence(self, label: str, raw: str) -> str:
        """What to say of a value that is written otherwise than most of its column."""
        ways = "、".join(
            f"“{self._examples[style]}”{count}条"
            for style, count in sorted(self.counts.items(), key=lambda one: (-one[1], one[0]))
        )
        day = parse_date(raw)
        read = f"这一条读作{day}" if day is not None else "这一条没有读出"
        return f"同批清单的{label}有几种写法（{ways}），{read}，请核对。"
