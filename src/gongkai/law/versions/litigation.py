"""行政诉讼法: 3 months to sue before 2015-05-01 (switch date from memory), 6 months since."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version


def _version(key: str, title: str, span: Span, articles: tuple[str, str], months: int) -> Version:
    direct, after = articles
    note = "memory" if key == "litigation_1989" else ""
    terms = (
        Term("lawsuit", months, Unit.MONTHS, Cite(key, direct, note)),
        Term(
            "lawsuit_after_reconsideration",
            15,
            Unit.DAYS,
            Cite(key, after, note),
        ),
    )
    decrees = ("decree_492_2007", "decree_711_2019")
    return Version(key, title, "", span, {t.name: t for t in terms}, "", decrees)


VERSIONS = (
    _version(
        "litigation_1989",
        "《中华人民共和国行政诉讼法》（1989）",
        Span(date(1990, 10, 1), date(2015, 5, 1)),
        ("39", "38"),
        3,
    ),
    _version(
        "litigation_2014",
        "《中华人民共和国行政诉讼法》（2014年、2017年修正）",
        Span(date(2015, 5, 1), None),
        ("46", "45"),
        6,
    ),
)
