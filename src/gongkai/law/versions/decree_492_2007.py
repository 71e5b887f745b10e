"""《政府信息公开条例》 of 2007 (国务院令第492号), in force 2008-05-01 to 2019-05-14."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version

_KEY = "decree_492_2007"


def _term(name: str, length: int, article: str, note: str = "") -> Term:
    return Term(name, length, Unit.WORKDAYS, Cite(_KEY, article, note))


VERSION = Version(
    key=_KEY,
    title="《中华人民共和国政府信息公开条例》（2007）",
    number="国务院令第492号",
    span=Span(date(2008, 5, 1), date(2019, 5, 15)),
    terms={
        t.name: t
        for t in (
            _term("publish", 20, "18", "memory"),
            _term("reply", 15, "24.2"),
            _term("extension", 15, "24.2"),
        )
    },
)
