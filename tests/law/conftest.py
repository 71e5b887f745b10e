"""A calendar of the package's years, and days written as people write them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

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


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of real inputs beside the project; tests that need it skip without it."""
    found = Path(__file__).parents[2] / ".." / "shared"
    if not found.is_dir():
        pytest.skip("the folder of shared inputs is not here")
    return found.resolve()
