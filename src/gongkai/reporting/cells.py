"""Every cell of a form: computed from rows, a sum, or entered by hand; and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from gongkai.law.annual_report import Form
from gongkai.law.annual_report.model import Cell
from gongkai.reporting.counting import classic, documents, remedies, requests
from gongkai.reporting.counting.span import Span

# What the summary of 2008 tells beyond the form; entered by hand until transfers are recorded.
BESIDE: Mapping[str, Cell] = {
    cell.key: cell
    for cell in (
        Cell("transfers.batches.count", "向档案馆、图书馆等移送次数", unit="次"),
        Cell("transfers.items.count", "移送信息件数"),
        Cell("transfers.copies.count", "每件印制份数", unit="份"),
        Cell("leaflets.printed.count", "宣传折页印制份数", unit="份"),
    )
}
_BY_HAND_2008 = ("enquiries.", "staff.", "fees.waived.", "remedies.complaint.")


def by_hand(form: Form) -> dict[str, Cell]:
    """The cells people enter, in reading order; those beside the form last."""
    found = {key: cell for key, cell in form.cells.items() if _is_by_hand(form, key)}
    return {**found, **(BESIDE if form.key == "2008" else {})}


def _is_by_hand(form: Form, key: str) -> bool:
    if form.key == "2008":
        return key.startswith(_BY_HAND_2008)
    counted = (f"proactive.{documents.RULES}.", f"proactive.{documents.NORMATIVE}.")
    return key.startswith("proactive.") and not key.startswith(counted)


def count(span: Span, form: Form) -> dict[str, int]:
    """What rows give, without sums."""
    if form.key == "2008":
        return classic.count(span)
    return {
        **documents.count(span, form),
        **requests.count(span, form),
        **remedies.count(span),
    }


def undecided(span: Span, form: Form) -> list[str]:
    """What the counts leave out, as sentences."""
    if form.key == "2008":
        return classic.undecided(span)
    return [*documents.undecided(span), *requests.undecided(span)]


def rows(span: Span, form: Form, key: str) -> QuerySet[Any] | None:
    """The rows of any cell that rows make; None for hand-entered cells and shares."""
    cell = form.cells.get(key)
    if cell is None or key in by_hand(form) or key.endswith(".share"):
        return None
    table, row, column = key.split(".")
    if form.key == "2008":
        return classic.rows(span, row, table)
    if table == "requests":
        return requests.rows(span, form, row, column)
    if table == "remedies":
        return remedies.rows(span, row, column)
    return documents.rows(span, row, column)
