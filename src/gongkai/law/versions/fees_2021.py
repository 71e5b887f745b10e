"""《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号), applied since 2021-01-01 (memory)."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.model import Cite, Term, Unit, Version

_KEY = "guobanhan_2020_109"
VERSION = Version(
    key=_KEY,
    title="《政府信息公开信息处理费管理办法》",
    number="国办函〔2020〕109号",
    span=Span(date(2021, 1, 1), None),
    terms={
        "fee_payment": Term("fee_payment", 20, Unit.WORKDAYS, Cite(_KEY, "6", "memory")),
    },
    based_on=("decree_711_2019",),
)
