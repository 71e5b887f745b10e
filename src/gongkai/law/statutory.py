"""Holidays by statute alone, for years whose yearly notice is not out: the base of 暂定 dates.

全国年节及纪念日放假办法 (2024-11-10) Art. 2: 元旦 1, 春节 4 (除夕–初三), 清明 1, 劳动节 2,
端午 1, 中秋 1, 国庆 3 = 13 days; a day that falls on a weekend is made up for on the next
working day. Which other days are swapped is known only from the notice of the State Council,
so dates computed from this table are never certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

# Year → first day of the lunar year, 清明, 端午, 中秋 (month, day). Astronomical, so fixed.
_MOVING: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
    2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
    2037: ((2, 15), (4, 4), (6, 18), (9, 24)),
    2038: ((2, 4), (4, 5), (6, 7), (9, 13)),
    2039: ((1, 24), (4, 5), (5, 27), (10, 2)),
    2040: ((2, 12), (4, 4), (6, 14), (9, 20)),
}
YEARS = frozenset(_MOVING)
SATURDAY = 5


def _festivals(year: int) -> Iterator[tuple[str, tuple[date, ...]]]:
    spring, qingming, duanwu, mid_autumn = (date(year, m, d) for m, d in _MOVING[year])
    yield "元旦", (date(year, 1, 1),)
    yield "春节", tuple(spring + timedelta(days=n) for n in range(-1, 3))
    yield "清明节", (qingming,)
    yield "劳动节", (date(year, 5, 1), date(year, 5, 2))
    yield "端午节", (duanwu,)
    yield "国庆节", (date(year, 10, 1), date(year, 10, 2), date(year, 10, 3))
    yield "中秋节", (mid_autumn,)


def statutory_days(year: int) -> dict[date, str]:
    """Days off by statute in `year` with the made-up days, each with the holiday's name.

    Raises `KeyError` for a year beyond the table.
    """
    named: dict[date, str] = {}
    owed: list[tuple[str, date]] = []
    for name, days in _festivals(year):
        for day in days:
            # Two holidays on one day: the second is made up for, like one on a weekend.
            if day in named or day.weekday() >= SATURDAY:
                owed.append((name, days[-1]))
            named.setdefault(day, name)
    for name, last in owed:
        off = last
        while off in named or off.weekday() >= SATURDAY:
            off += timedelta(days=1)
        named[off] = f"{name}补假"
    return named
