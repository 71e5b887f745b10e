"""The law of disclosure as frozen data and functions over plain values.

No Django, no clock, no disk, no network: `today` is always a parameter. Start with
`in_force(on)`, build a `workdays.Calendar`, ask `deadlines`.
"""

from __future__ import annotations

from datetime import date

from gongkai.kit.refusal import Refusal
from gongkai.law.model import Law, Version
from gongkai.law.versions import DECREES, VERSIONS

__all__ = ["FIRST_DAY", "Law", "in_force", "version"]
FIRST_DAY = date(2008, 5, 1)


def in_force(on: date, *, region: str | None = None) -> Law:
    """The law of the day: the decree and what stood on it, the narrowest layer first.

    `region` is a GB/T 2260 code or a prefix of one (`110109`, `11`, also `11J025`); without it
    only national rules apply. A request follows the law of its day of receipt, a record that of
    its day of creation or change (law of transition: none in the decree, inference). Refuses days
    before 2008-05-01, when there was no decree.
    """
    where = region or ""
    holding = [v for v in VERSIONS if v.holds(on, where)]
    bases = [v for v in holding if v.key in DECREES]
    if not bases:
        raise Refusal(
            "law.none_in_force",
            f"{on.isoformat()}《政府信息公开条例》尚未施行（2008年5月1日起施行）。"
            "请核对日期；确属施行前的信息，请由工作人员说明理由后另行确定期限。",
            "《政府信息公开条例》",
        )
    base = bases[0]
    upper = [v for v in holding if v is not base and base.key in v.based_on]
    upper.sort(key=lambda v: -len(v.region))
    return Law(on, where, (*upper, base))


def version(key: str) -> Version:
    """The version with this key; `KeyError` when there is none."""
    return {v.key: v for v in VERSIONS}[key]
