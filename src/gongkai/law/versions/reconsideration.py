"""行政复议法: the time to apply. 60 days in both texts; since 2024 it comes before a suit."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version


def _version(key: str, title: str, span: Span, article: str, note: str = "") -> Version:
    cite = Cite(key, article, note)
    term = Term("reconsideration", 60, Unit.DAYS, cite)
    return Version(
        key, title, "", span, {term.name: term}, "", ("decree_492_2007", "decree_711_2019")
    )


VERSIONS = (
    _version(
        "reconsideration_1999",
        "《中华人民共和国行政复议法》（1999，2009、2017年修正）",
        Span(date(1999, 10, 1), date(2024, 1, 1)),
        "9",
        "memory",
    ),
    _version(
        "reconsideration_2023",
        "《中华人民共和国行政复议法》（2023年修订）",
        Span(date(2024, 1, 1), None),
        "20",
    ),
)
