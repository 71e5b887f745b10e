"""《北京市政府信息公开规定》 (令257), in force 2015-01-01, repealed 2020-06-09 by 令292.

The number of the article that sets 15 working days was not seen; the guide of 2018 states it.
"""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version

_KEY = "beijing_257_2014"
VERSION = Version(
    key=_KEY,
    title="《北京市政府信息公开规定》",
    number="北京市人民政府令第257号",
    span=Span(date(2015, 1, 1), date(2020, 6, 9)),
    terms={
        "publish": Term("publish", 15, Unit.WORKDAYS, Cite(_KEY, "", "article not seen")),
    },
    region="11",
    based_on=("decree_492_2007", "decree_711_2019"),
)
