"""What every action on a report does in the same way: lock it, compute it anew, write it down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.orgs.models import Person, Role
from gongkai.orgs.queries import actor
from gongkai.reporting.figures import Figures, compute, packed
from gongkai.reporting.models import AnnualReport

OFFICE = Role.DISCLOSURE_OFFICE.value
COMPUTED = ("figures", "undecided", "findings", "computed_at")


def locked(report: AnnualReport) -> AnnualReport:
    """The row as it stands now, held against everybody else until the transaction ends."""
    rows = AnnualReport.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body").get(pk=report.pk)


def put(report: AnnualReport, figures: Figures, now: datetime) -> int:
    """Set the computed figures on the row (not saved); how many cells changed."""
    before, after = report.figures, packed({**figures.values, **figures.beside})
    report.figures, report.computed_at = after, now
    report.undecided = list(figures.undecided)
    report.findings = [
        {"code": b.code, "where": b.where, "sentence": b.sentence, "soft": b.soft}
        for b in figures.findings
    ]
    return sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def recompute(report: AnnualReport, now: datetime) -> tuple[Figures, int]:
    """Compute and save the figures of a held report; how many cells changed."""
    figures = compute(report.body, report.year)
    changed = put(report, figures, now)
    report.save(update_fields=COMPUTED)
    return figures, changed


def write_down(
    event: str,
    *,
    report: AnnualReport,
    by: Person | None,
    role: str = OFFICE,
    states: tuple[str, str] = ("", ""),
    reason: str = "",
    **data: object,
) -> None:
    """One line in the journal about the report."""
    told: Mapping[str, object] = {"year": report.year, "edition": report.edition, **data}
    append(
        event=event,
        actor=actor(by, body=report.body, role=role),
        subject=Subject("annual_report", report.pk, report.uuid),
        change=Change(states[0], states[1], "《条例》第四十九条、第五十条", reason, data=told),
    )
