"""《政府信息公开条例》 of 2019 (国务院令第711号), in force since 2019-05-15."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version

_KEY = "decree_711_2019"


def _term(name: str, length: int, article: str) -> Term:
    return Term(name, length, Unit.WORKDAYS, Cite(_KEY, article))


VERSION = Version(
    key=_KEY,
    title="《中华人民共和国政府信息公开条例》（2019）",
    number="国务院令第711号",
    span=Span(date(2019, 5, 15), None),
    terms={
        t.name: t
        for t in (
            _term("publish", 20, "26"),
            _term("reply", 20, "33.2"),
            _term("extension", 20, "33.2"),
            _term("supplement_notice", 7, "30"),
            _term("third_party", 15, "32"),
            _term("joint_body", 15, "34"),
            # Art. 18 asks for periodic re-assessment without a period; a year is our choice.
            Term("rereview", 12, Unit.MONTHS, Cite(_KEY, "18", "inference")),
        )
    },
)
