"""A body's own grammar for new index numbers: a value kept in its profile, able to write one.

Allotting (once, without gaps) is the business of `records`; here stands only the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gongkai.kit.refusal import Refusal
from gongkai.law.index_number import BASIS, FIRST_YEAR, LAST_YEAR

_FIELDS = frozenset({"body", "series", "year", "month", "serial"})
_FIELD = re.compile(r"\{(\w+)\}")


class Counting(StrEnum):
    """What the running number is counted by."""

    EVER = "ever"
    SERIES = "series"
    YEAR = "year"
    SERIES_YEAR = "series_year"

    @property
    def label(self) -> str:
        return {
            "ever": "全机关连续编号",
            "series": "按系列连续编号",
            "year": "按年编号",
            "series_year": "按系列和年编号",
        }[self.value]


@dataclass(frozen=True, slots=True)
class IndexGrammar:
    """How a body writes its index numbers.

    `template` uses {body} {series} {year} {month} {serial}; `width` is the number of digits of
    the serial; `counting` says which numbers share one counter (`counter_key`).
    """

    body: str
    template: str
    width: int
    counting: Counting
    default_series: str = ""

    def __post_init__(self) -> None:
        names = _FIELD.findall(self.template)
        if "serial" not in names or not set(names) <= _FIELDS:
            raise Refusal(
                "index_grammar.template",
                "索引号规则须含{serial}，且只能使用{body}、{series}、{year}、{month}、{serial}。请修改规则。",
                BASIS,
            )
        if self.counting in (Counting.YEAR, Counting.SERIES_YEAR) and "year" not in names:
            raise Refusal(
                "index_grammar.year", "按年编号的规则须含{year}，否则会重号。请修改规则。", BASIS
            )
        if self.counting in (Counting.SERIES, Counting.SERIES_YEAR) and "series" not in names:
            raise Refusal(
                "index_grammar.series",
                "按系列编号的规则须含{series}，否则会重号。请修改规则。",
                BASIS,
            )

    def counter_key(self, *, series: str = "", year: int) -> str:
        """The name of the counter that the next number is taken from."""
        series = series or self.default_series
        return {
            Counting.EVER: "",
            Counting.SERIES: series,
            Counting.YEAR: str(year),
            Counting.SERIES_YEAR: f"{series}-{year}",
        }[self.counting]

    def format(self, *, series: str = "", year: int, serial: int, month: int = 1) -> str:
        """Write a number; refuse a serial that does not fit its digits or a year out of range."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Refusal("index_grammar.bad_year", f"年份{year}不合理，请核对生成日期。", BASIS)
        if not 0 < serial < 10**self.width:
            raise Refusal(
                "index_grammar.overflow",
                f"流水号{serial}超出{self.width}位，请先在机构设置中加宽流水号。",
                BASIS,
            )
        return self.template.format(
            body=self.body,
            series=series or self.default_series,
            year=f"{year:04d}",
            month=f"{month:02d}",
            serial=f"{serial:0{self.width}d}",
        )


def beijing(body: str, series: str = "ZK") -> IndexGrammar:
    """Beijing's form; the serial runs on over the years and is the body's own count (inference)."""
    return IndexGrammar(body, "{body}/{series}-{year}-{serial}", 6, Counting.EVER, series)


def national(org_code: str) -> IndexGrammar:
    """国办秘函〔2009〕6号: nine characters, year, five digits; 20 characters in all."""
    return IndexGrammar(org_code, "{body}/{year}-{serial}", 5, Counting.YEAR)


def credit_code(code: str) -> IndexGrammar:
    """Unified credit code, year, five digits."""
    return IndexGrammar(code, "{body}/{year}-{serial}", 5, Counting.YEAR)
