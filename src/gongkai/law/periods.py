"""Terms counted in calendar days, months and years: remedies, reports, transfers.

The day of the event is not counted; a month ends on the same day number (or the month's last
day); a last day that is no working day moves to the next one (行政复议法 Art. 88 with 民事诉讼法;
the wording of the latter from memory). Dates fixed by the decree itself do not move.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from gongkai.law.due import Due, Unit
from gongkai.law.model import Term
from gongkai.law.workdays import Calendar


def add_months(day: date, months: int) -> date:
    """The same day number `months` later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def natural_end(term: Term, start: date) -> date:
    """The last day of a calendar term before any move; `ValueError` for working days."""
    if term.unit is Unit.DAYS:
        return start + timedelta(days=term.length)
    if term.unit is Unit.MONTHS:
        return add_months(start, term.length)
    if term.unit is Unit.YEARS:
        return add_months(start, 12 * term.length)
    raise ValueError(f"{term.name} is counted in working days")


def count(term: Term, start: date, *, calendar: Calendar) -> Due:
    """Count any term from `start` (day 0): working days, or calendar time with the move."""
    if term.unit is Unit.WORKDAYS:
        return calendar.count_from(start, term.length, basis=term.basis)
    end = natural_end(term, start)
    return _moved(end, Due(end, term.basis, start, term.length, term.unit), calendar)


def fixed(day: date, *, basis: str, calendar: Calendar, moves: bool) -> Due:
    """A date set by the rule itself (31 January, the 10th): day 0 and last day are the same.

    `moves` tells whether the rule lets it move off a holiday.
    """
    due = Due(day, basis, day, 0, Unit.DAYS, False, (), day, calendar)
    return _moved(day, due, calendar) if moves else due


def _moved(end: date, due: Due, calendar: Calendar) -> Due:
    on = calendar.next_workday(end)
    provisional = not calendar.is_certified(end, on)
    return Due(
        on, due.basis, due.start, due.length, due.unit, provisional, due.pauses, end, calendar
    )
