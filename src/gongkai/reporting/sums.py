"""An authority's form: the sum of its bodies' approved forms, with the missing ones named (I9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.annual_report import Form, check, complete, form_for
from gongkai.law.annual_report.model import Break, Number, check_sum_of_bodies
from gongkai.law.duties import ReportDue, Reporter, annual_report_due
from gongkai.law.workdays import Calendar
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, BodyLevel
from gongkai.reporting.figures import approval_of, unpacked
from gongkai.reporting.models import AnnualReport, ReportState

SENT = (ReportState.SENT, ReportState.RECEIPTED)


@dataclass(frozen=True, slots=True)
class Part:
    """A body's part: its report if begun, its approved figures if there are any."""

    body: Body
    report: AnnualReport | None
    values: Mapping[str, Number] | None

    @property
    def word(self) -> str:
        """Where its report stands, in words."""
        return self.report.get_state_display() if self.report else "尚未编制"


@dataclass(frozen=True, slots=True)
class Total:
    """The summed form of an authority. `missing` bodies are not in it."""

    form: Form
    year: int
    parts: tuple[Part, ...]
    values: Mapping[str, Number]
    findings: tuple[Break, ...]

    @property
    def missing(self) -> tuple[Part, ...]:
        """Those without an approved report."""
        return tuple(part for part in self.parts if part.values is None)

    def of_cell(self, key: str) -> list[tuple[Body, Number]]:
        """What each body has in a cell: the rows behind the sum."""
        return [(p.body, p.values.get(key, 0)) for p in self.parts if p.values is not None]


def bodies_of(body: Body) -> tuple[Body, ...]:
    """The authority itself and every active body below it."""
    return tuple(b for b in (body, *orgs.descendants(body)) if b.is_active)


def total(body: Body, year: int) -> Total:
    """Add up the approved forms; two queries whatever the number of bodies."""
    form, below = form_for(year), bodies_of(body)
    reports = {
        report.body_id: report
        for report in AnnualReport.objects.filter(body__in=below, year=year).prefetch_related(
            "approvals"
        )
    }
    parts = tuple(_part(each, reports.get(each.pk)) for each in below)
    given = [part.values for part in parts if part.values is not None]
    added = {key: sum((v.get(key, 0) for v in given), start=0) for key in form.cells}
    values = complete(form, added)
    broken = (*check(form, values), *check_sum_of_bodies(form, values, _without_shares(given)))
    findings = tuple(b for b in broken if not b.where.endswith("占比"))
    return Total(form, year, parts, values, findings)


def _without_shares(given: list[Mapping[str, Number]]) -> list[dict[str, Number]]:
    return [{k: v for k, v in each.items() if not k.endswith(".share")} for each in given]


def _part(body: Body, report: AnnualReport | None) -> Part:
    frozen = approval_of(report) if report else None
    return Part(body, report, unpacked(frozen.figures) if frozen else None)


@dataclass(frozen=True, slots=True)
class Handing:
    """Whether a body has sent its report: the day it is due, and how it stands."""

    part: Part
    due_on: date
    state: str

    @property
    def word(self) -> str:
        """How it stands, in words."""
        return {"sent": "已报送", "late": "逾期未报", "waiting": "未报"}[self.state]


def has_sent(report: AnnualReport) -> bool:
    """Whether the body above has the report: what was taken off the site afterwards stays sent."""
    if report.state in SENT:
        return True
    return report.sent_at is not None and report.state == ReportState.APPROVED


def handings(body: Body, year: int, *, today: date, calendar: Calendar) -> list[Handing]:
    """Every body below with its due date (31 January; governments 31 March) and how it stands."""
    found = []
    for part in total(body, year).parts:
        if part.body.pk == body.pk:
            continue
        due = due_on(part.body, year, calendar)
        sent = part.report is not None and has_sent(part.report)
        state = "sent" if sent else "late" if today > due else "waiting"
        found.append(Handing(part, due, state))
    return found


def due_on(body: Body, year: int, calendar: Calendar) -> date:
    """The last day of the body's report (Art. 49; before 2019 Art. 31)."""
    return duty_of(body, year, calendar).due.on


def duty_of(body: Body, year: int, calendar: Calendar) -> ReportDue:
    """That day, and the working day on which to remind of it."""
    government = body.level in (BodyLevel.CITY, BodyLevel.DISTRICT)
    reporter = Reporter.GOVERNMENT if government else Reporter.DEPARTMENT
    return annual_report_due(year, reporter, calendar=calendar)
