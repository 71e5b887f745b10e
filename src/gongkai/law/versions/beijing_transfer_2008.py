"""Beijing's rule on transfers to reading places (known from township rules that cite it).

Electronic text within 20 working days of making or change; paper by the 10th of the month for
last month's items. The start of its validity is taken to be that of the decree (inference).
"""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version

_KEY = "beijing_transfer"
VERSION = Version(
    key=_KEY,
    title="北京市政府信息移送办法",
    number="",
    span=Span(date(2008, 5, 1), None),
    terms={
        "transfer_electronic": Term(
            "transfer_electronic",
            20,
            Unit.WORKDAYS,
            Cite(_KEY, "", "inference"),
        ),
        "transfer_paper_day": Term(
            "transfer_paper_day",
            10,
            Unit.DAYS,
            Cite(_KEY, "", "inference"),
        ),
    },
    region="11",
    based_on=("decree_492_2007", "decree_711_2019"),
)
