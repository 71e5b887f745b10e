"""A calendar of the package's years, and days written as people write them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from chinese_calendar import constants

from gongkai.law.workdays import Calendar, YearNotice


def package_notices() -> list[YearNotice]:
    """One notice per year of chinesecalendar (2004–2026)."""
    off: dict[int, list[tuple[date, str]]] = defaultdict(list)
    work: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for table, named in ((off, constants.holidays), (work, constants.workdays)):
        for day, name in named.items():
            table[day.year].append((day, name))
    return [
        YearNotice.of(year, source=f"{year}年放假通知", off=off[year], work=work[year])
        for year in sorted(off)
    ]


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """2004–2026 certified, 2027–2040 by statute."""
    return Calendar.build(package_notices())
