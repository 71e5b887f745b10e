"""The law at speed: a million due dates, against a bare loop over chinesecalendar.

Both count the same start days and the same term and must agree on every one. Imports are timed in
a fresh interpreter.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from datetime import date, timedelta
from itertools import islice

import chinese_calendar
from chinese_calendar import constants

from gongkai.law import in_force
from gongkai.law.deadlines import reply_due
from gongkai.law.workdays import Calendar, YearNotice

MILLION = 1_000_000
BARE = 20_000
FIRST, LAST = date(2019, 5, 15), date(2026, 10, 31)
TERM = 20
IMPORT = "import time; t=time.perf_counter(); import gongkai.law; print(time.perf_counter()-t)"


def build() -> Calendar:
    """The calendar of the package's years."""
    off: dict[int, list[tuple[date, str]]] = defaultdict(list)
    work: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for table, named in ((off, constants.holidays), (work, constants.workdays)):
        for day, name in named.items():
            table[day.year].append((day, name))
    return Calendar.build(
        YearNotice.of(year, source="chinesecalendar", off=off[year], work=work[year])
        for year in sorted(off)
    )


def bare(start: date) -> date:
    """What anybody would write: walk on until twenty working days have passed."""
    left, day = TERM, start
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return day


def main() -> None:
    """Print the rates and their ratio."""
    span = (LAST - FIRST).days + 1
    starts = [FIRST + timedelta(days=n % span) for n in range(MILLION)]
    calendar, law = build(), in_force(FIRST)
    reply_due(FIRST, law=law, calendar=calendar)
    began = time.process_time()
    ours = [reply_due(start, law=law, calendar=calendar).on for start in starts]
    rate = MILLION / (time.process_time() - began)
    began = time.process_time()
    theirs = [bare(start) for start in islice(starts, BARE)]
    baseline = BARE / (time.process_time() - began)
    if ours[:BARE] != theirs:
        raise SystemExit("the two counts differ")
    print(f"law.reply_due: {rate:,.0f} due dates per CPU-second ({MILLION:,} computed)")
    print(f"bare chinesecalendar loop: {baseline:,.0f} per CPU-second ({BARE:,} computed)")
    print(f"ratio: {rate / baseline:.1f}x, equal on all {BARE:,}")
    times = sorted(_import_seconds() for _ in range(5))
    print(f"import gongkai.law: {times[2] * 1000:.0f} ms (median of 5, fresh interpreter)")


def _import_seconds() -> float:
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
