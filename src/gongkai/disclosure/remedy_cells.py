"""The fifteen cells of the yearly report's table four, counted from the cases themselves."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.disclosure.models import RemedyCase, RemedyKind, RemedyOutcome

RESULTS = (
    (RemedyOutcome.UPHELD, "结果维持"),
    (RemedyOutcome.CORRECTED, "结果纠正"),
    (RemedyOutcome.OTHER, "其他结果"),
    (RemedyOutcome.PENDING, "尚未审结"),
)


def counted(rows: QuerySet[RemedyCase], year: int) -> dict[str, tuple[int, ...]]:
    """Kind → the five numbers of its block: upheld, corrected, other, pending, total.

    A case counts by its result in the year it ended, and as pending in every year it outlasts.
    """
    asked = {name: Count("pk", filter=cell(name, year)) for name, _label in RESULTS}
    found = {
        kind: numbers for kind, *numbers in rows.order_by().values_list("kind").annotate(**asked)
    }
    blocks = {kind: found.get(kind, [0, 0, 0, 0]) for kind in RemedyKind.values}
    return {kind: (*numbers, sum(numbers)) for kind, numbers in blocks.items()}


def cell(outcome: str, year: int) -> Q:
    """Which cases stand in a column of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if outcome == RemedyOutcome.PENDING:
        return Q(filed_on__lte=last) & (Q(ended_on__isnull=True) | Q(ended_on__gt=last))
    return Q(outcome=outcome, ended_on__gte=first, ended_on__lte=last)
