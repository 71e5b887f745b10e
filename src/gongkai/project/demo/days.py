"""Days of the demo's present, counted back from the day of loading; moments in China's time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gongkai.kit.dates import CHINA
from gongkai.law.workdays import Calendar

ONE_DAY = timedelta(days=1)


def workday(calendar: Calendar, today: date, count: int) -> date:
    """The `count`-th working day before today (after it when negative); 0 is the last one."""
    day = today
    while not calendar.is_workday(day):
        day -= ONE_DAY
    for _ in range(abs(count)):
        day += -ONE_DAY if count > 0 else ONE_DAY
        while not calendar.is_workday(day):
            day += -ONE_DAY if count > 0 else ONE_DAY
    return day


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of the civil day in China."""
    return datetime.combine(day, time(hour, minute), CHINA)
