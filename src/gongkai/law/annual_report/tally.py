"""Table three counted from cases: each request in exactly one leaf, so that the form foots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.annual_report.model import Form, Number, complete
from gongkai.law.annual_report.requests_table import MERGED_IN_2019, OTHER_HANDLING, key
from gongkai.law.applications import ApplicantKind
from gongkai.law.replies import outcome


@dataclass(frozen=True, slots=True)
class Case:
    """A request for counting: day of receipt, kind of applicant, outcome and day of reply."""

    received_on: date
    applicant: ApplicantKind
    outcome: str = ""
    ended_on: date | None = None


def tally(cases: Iterable[Case], year: int, form: Form) -> dict[str, Number]:
    """The values of table three for a statistical year, totals included.

    A case received in an earlier year and still open on 1 January is carried in; one not ended by
    31 December is carried over. Cases of later years and cases ended earlier are left out.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    values: dict[str, Number] = {}
    for case in cases:
        ended = case.ended_on
        if case.received_on > last or (ended is not None and ended < first):
            continue
        came = "new" if case.received_on >= first else "carried_in"
        went = "carried_over" if ended is None or ended > last else _leaf(case.outcome, form)
        for row in (came, went):
            cell = key(row, case.applicant.value)
            values[cell] = values.get(cell, 0) + 1
    return {k: v for k, v in complete(form, values).items() if k.startswith("requests.")}


def _leaf(outcome_key: str, form: Form) -> str:
    row = outcome(outcome_key).row
    if row in MERGED_IN_2019 and key(OTHER_HANDLING.key, "total") in form.cells:
        return OTHER_HANDLING.key
    return row
