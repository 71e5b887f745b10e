"""Table four: reconsiderations and lawsuits that ended in the year, and those still pending.

Every remedy counts, whatever became of its request: it was taken against the body's disclosure.
"""

from __future__ import annotations

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from gongkai.disclosure.models import RemedyCase, RemedyOutcome
from gongkai.disclosure.register_page import REPORT_GROUP
from gongkai.reporting.counting.span import Span

_KIND = {group: kind for kind, group in REPORT_GROUP.items()}
PENDING = RemedyOutcome.PENDING.value


def count(span: Span) -> dict[str, int]:
    """The twelve cells without totals."""
    went = Case(When(_pending(span), then=Value(PENDING)), default=F("outcome"))
    grouped = _within(span).order_by().values_list("kind", went).annotate(n=Count("pk"))
    return {f"remedies.{REPORT_GROUP[kind]}.{result}": n for kind, result, n in grouped}


def rows(span: Span, group: str, result: str) -> QuerySet[RemedyCase]:
    """The cases behind a cell, the total included."""
    found = _within(span).filter(kind=_KIND[group])
    if result == "total":
        return found
    if result == PENDING:
        return found.filter(_pending(span))
    return found.filter(outcome=result, ended_on__lte=span.last)


def filed(span: Span, kinds: tuple[str, ...]) -> QuerySet[RemedyCase]:
    """The cases taken up in the year: what the form of 2008 counts."""
    found = RemedyCase.objects.filter(request__body=span.body, kind__in=kinds)
    return found.filter(filed_on__range=(span.first, span.last))


def _within(span: Span) -> QuerySet[RemedyCase]:
    found = RemedyCase.objects.filter(request__body=span.body, filed_on__lte=span.last)
    return found.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=span.first))


def _pending(span: Span) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gt=span.last)
