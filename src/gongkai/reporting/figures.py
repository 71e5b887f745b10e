"""The figures of a report: counted from rows, completed by hand, summed, and checked at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.law.annual_report import Form, check, complete, form_for, prefill
from gongkai.law.annual_report.model import Break, Number
from gongkai.orgs.models import Body
from gongkai.reporting import cells
from gongkai.reporting.carried import explain
from gongkai.reporting.counting import requests
from gongkai.reporting.counting.span import Span
from gongkai.reporting.models import AnnualReport, Approval, HandEntry, ReportState

Plain = int | str
LATER = (
    ReportState.APPROVED, ReportState.PUBLISHED, ReportState.SENT, ReportState.RECEIPTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole form of a year with everything that is to be said about it.

    `beside` are hand-entered figures outside the form, `missing` hand cells nobody entered yet.
    """

    form: Form
    values: Mapping[str, Number]
    beside: Mapping[str, Number]
    missing: tuple[str, ...]
    undecided: tuple[str, ...]
    findings: tuple[Break, ...]

    @property
    def grave(self) -> tuple[Break, ...]:
        """The findings that keep the report from being approved."""
        return tuple(b for b in self.findings if not b.soft)


def compute(body: Body, year: int, *, entered: Mapping[str, Number] | None = None) -> Figures:
    """Count, complete, sum and check the year's form. Reads only.

    `entered` are hand-entered cells; without them those of the report begun, if there is one.
    """
    form, span = form_for(year), Span(body, year)
    hand = entries_of(body, year) if entered is None else dict(entered)
    known = cells.by_hand(form)
    inside = {k: v for k, v in hand.items() if k in known and k in form.cells}
    values = complete(form, {**cells.count(span, form), **inside})
    last = last_year(body, year)
    findings = check(form, values, last.values if last else None)
    if last is not None and last.edition != form.key:
        findings = tuple(b for b in findings if b.code != "I7")
    return Figures(
        form=form,
        values=values,
        beside={k: v for k, v in hand.items() if k in cells.BESIDE},
        missing=tuple(k for k in known if k in form.cells and k not in hand),
        undecided=tuple(cells.undecided(span, form)),
        findings=explain(span, form, findings),
    )


def entries_of(body: Body, year: int) -> dict[str, Number]:
    """The newest value of every cell entered by hand for the report of this year."""
    found: dict[str, Number] = {}
    rows = HandEntry.objects.filter(report__body=body, report__year=year).order_by("id")
    for cell, value in rows.values_list("cell", "value"):
        if value is None:
            found.pop(cell, None)
        else:
            found[cell] = whole(value)
    return found


def missing_of(report: AnnualReport) -> tuple[str, ...]:
    """The hand cells of the form that nobody entered yet."""
    form, entered = form_for(report.year), entries_of(report.body, report.year)
    return tuple(key for key in cells.by_hand(form) if key in form.cells and key not in entered)


def whole(value: Decimal) -> Number:
    """A whole number as such, any other without zeros at its end."""
    return int(value) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True, slots=True)
class LastYear:
    """What the year before said, and on which form."""

    edition: str
    values: Mapping[str, Number]


def last_year(body: Body, year: int) -> LastYear | None:
    """The report before: as approved, else as it stands; None when there is none."""
    before = AnnualReport.objects.filter(body=body, year=year - 1).first()
    if before is None:
        return None
    frozen = approval_of(before)
    kept = frozen.figures if frozen else before.figures
    return LastYear(before.edition, unpacked(kept)) if kept else None


def approval_of(report: AnnualReport) -> Approval | None:
    """The approval in force; None while the report is being worked on."""
    if report.state not in LATER:
        return None
    return max(report.approvals.all(), key=lambda row: row.number, default=None)


def expected_carry_in(body: Body, year: int) -> dict[str, Number]:
    """What the year before says must stand in 上年结转; empty without it."""
    last = last_year(body, year)
    return prefill(form_for(year), last.values) if last else {}


def packed(values: Mapping[str, Number]) -> dict[str, Plain]:
    """Figures as JSON keeps them: decimals as their digits."""
    return {k: v if isinstance(v, int) else str(v) for k, v in sorted(values.items())}


def unpacked(kept: Mapping[str, Plain]) -> dict[str, Number]:
    """Figures as kept, as numbers again."""
    return {k: v if isinstance(v, int) else whole(Decimal(v)) for k, v in kept.items()}


def carried_keys(body: Body, year: int) -> list[int]:
    """The requests carried over into the next year, by their keys."""
    form = form_for(year)
    if form.key == "2008":
        return []
    rows = requests.rows(Span(body, year), form, "carried_over", "total")
    return sorted(rows.values_list("pk", flat=True))
