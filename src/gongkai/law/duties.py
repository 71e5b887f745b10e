"""Calendar duties outside a single request: reports, transfers, archives, secrecy, re-review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.cite import Cite
from gongkai.law.due import Due
from gongkai.law.model import Law
from gongkai.law.periods import add_months, count, fixed
from gongkai.law.workdays import Calendar

_REPORT_FROM_2019 = 2019


class Reporter(StrEnum):
    """Who owes a yearly report."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class ReportDue:
    """The last day of a yearly report; it never moves, so remind on the working day before it."""

    due: Due
    remind_on: date


def annual_report_due(year: int, reporter: Reporter, *, calendar: Calendar) -> ReportDue:
    """When the report of a statistical year is due in the year after.

    2007 Art. 31: everybody by 31 March (memory); 2019 Art. 49: departments by 31 January, the
    government by 31 March. The text moves no date off a weekend.
    """
    if year < _REPORT_FROM_2019:
        last, cite = date(year + 1, 3, 31), Cite("decree_492_2007", "31", "memory")
    elif reporter is Reporter.DEPARTMENT:
        last, cite = date(year + 1, 1, 31), Cite("decree_711_2019", "49")
    else:
        last, cite = date(year + 1, 3, 31), Cite("decree_711_2019", "49")
    remind = last
    while not calendar.is_workday(remind):
        remind -= timedelta(days=1)
    return ReportDue(fixed(last, basis=str(cite), calendar=calendar, moves=False), remind)


def paper_transfer_due(formed_on: date, *, law: Law, calendar: Calendar) -> Due:
    """Beijing: a month's items on paper by the 10th of the next month, moved off holidays."""
    term = law.term("transfer_paper_day")
    next_month = add_months(formed_on.replace(day=1), 1)
    return fixed(
        next_month.replace(day=term.length), basis=term.basis, calendar=calendar, moves=True
    )


def rereview_due(decided_on: date, *, law: Law, calendar: Calendar) -> Due:
    """When a withheld item must be looked at again (2019 Art. 18; the period is the body's)."""
    return count(law.term("rereview"), decided_on, calendar=calendar)


_ARCHIVE_YEARS = {True: 10, False: 20}
OPEN_AFTER_YEARS = 25


def archive_due(formed_on: date, *, county: bool) -> tuple[date, str]:
    """When a file passes to the archive: 10 years to a county's, 20 to others' (Art. 20).

    The list handed over tells the state of disclosure of each file (Art. 30).
    """
    basis = str(Cite("archives_rules_2024", "20"))
    return add_months(formed_on, 12 * _ARCHIVE_YEARS[county]), basis


class SecrecyLevel(StrEnum):
    """Levels of state secrets, with their longest terms (保密法 2024 Art. 20)."""

    HIGHEST = "top_secret"
    MIDDLE = "secret"
    LOWEST = "confidential"

    @property
    def label(self) -> str:
        return {"top_secret": "绝密", "secret": "机密", "confidential": "秘密"}[self.value]

    @property
    def most_years(self) -> int:
        """The longest term; it is the term where none was stated."""
        return {"top_secret": 30, "secret": 20, "confidential": 10}[self.value]


@dataclass(frozen=True, slots=True)
class SecrecyEnd:
    """When a secret ends by itself, and what then: a review, never publication by itself."""

    closed_through: date
    to_review: bool
    sentence: str
    basis: str


def secrecy_end(
    level: SecrecyLevel, classified_on: date, *, today: date, years: int | None = None
) -> SecrecyEnd:
    """Whether an item is still closed today; at the end of its term it goes to review (inference).

    A stated term longer than the law's is cut to the law's.
    """
    length = min(years or level.most_years, level.most_years)
    end = add_months(classified_on, 12 * length)
    basis = str(Cite("secrets_2024", "20"))
    if today <= end:
        return SecrecyEnd(
            end, False, f"{level.label}，保密期限至{end.isoformat()}，不得公开。", basis
        )
    sentence = (
        f"{level.label}的保密期限已于{end.isoformat()}届满，自行解密；须重新审查后再定是否公开。"
    )
    return SecrecyEnd(end, True, sentence, basis)
