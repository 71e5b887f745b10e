"""规章 and 规范性文件 of table two, from what stands in the public catalog.

A document counts when the catalog shows it under Art. 20(1) (or its forerunner of 2007) and the
body made it, alone or with others. 规章 are those issued by order (令), the rest are normative
documents. Made: by its day of creation. Abolished: the day it ceased to hold, by repeal,
replacement or the end of its term, lies in the year. In force: on 31 December, by its dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.law.annual_report import Form
from gongkai.records.choices import Origin, Validity
from gongkai.reporting.counting.span import Span

ITEMS = ("2019-20-01", "2007-10-01")
RULES, NORMATIVE = "rules", "normative_documents"
_BY_ORDER = Q(genre="order") | Q(document_number__contains="令")
_ENDED = (Validity.LAPSED, Validity.REPEALED, Validity.SUPERSEDED)
_UNDATED_END = Q(validity__in=_ENDED, repealed_on__isnull=True, expires_on__isnull=True)


def shown(span: Span) -> QuerySet[CatalogEntry]:
    """The body's documents before the public, of every year."""
    return CatalogEntry.objects.filter(
        state=EntryState.PUBLISHED,
        body=span.body,
        legal_item__in=ITEMS,
        origin__in=(Origin.MADE, Origin.JOINT),
    ).order_by()


def _gone(day: date) -> Q:
    """Ceased to hold by the end of `day`: `repealed_on` is the first day without force."""
    return Q(repealed_on__lte=day) | Q(expires_on__lt=day)


def _holds(day: date) -> Q:
    """Not gone by the end of `day`, nothing known against it."""
    dates = (Q(repealed_on__isnull=True) | Q(repealed_on__gt=day)) & (
        Q(expires_on__isnull=True) | Q(expires_on__gte=day)
    )
    return dates & ~_UNDATED_END


def conditions(span: Span) -> Mapping[str, Q]:
    """What a document must be to count in a column, per column of any edition."""
    in_year = (span.first, span.last)
    begun = Q(effective_from__isnull=True) | Q(effective_from__lte=span.last)
    kept = (Q(repealed_on__isnull=True) | Q(repealed_on__gt=span.eve)) & (
        Q(expires_on__isnull=True) | Q(expires_on__gte=span.eve)
    )
    return {
        "made": Q(created_on__range=in_year),
        "abolished": _gone(span.last) & kept,
        "in_force": Q(created_on__lte=span.last) & begun & _holds(span.last),
        "newly_public": Q(published_on__range=in_year),
        "public_total": Q(published_on__lte=span.last),
    }


def columns(form: Form) -> tuple[str, ...]:
    """The columns about documents that the form has."""
    known = ("made", "abolished", "in_force", "newly_public", "public_total")
    return tuple(c for c in known if f"proactive.{RULES}.{c}" in form.cells)


def count(span: Span, form: Form) -> dict[str, int]:
    """The cells about documents, in one query."""
    wanted = conditions(span)
    counts = {
        f"{row}__{column}": Count("pk", filter=wanted[column] & by_order)
        for row, by_order in ((RULES, _BY_ORDER), (NORMATIVE, ~_BY_ORDER))
        for column in columns(form)
    }
    if not counts:
        return {}
    found = shown(span).aggregate(**counts)
    return {"proactive." + name.replace("__", "."): n or 0 for name, n in found.items()}


def rows(span: Span, row: str, column: str) -> QuerySet[CatalogEntry]:
    """The documents behind a cell."""
    kind = _BY_ORDER if row == RULES else ~_BY_ORDER
    return shown(span).filter(kind, conditions(span)[column])


def undecided(span: Span) -> list[str]:
    """Documents whose end has no day."""
    n = shown(span).filter(_UNDATED_END, created_on__lte=span.last).count()
    return [f"表二：{n}件文件已失效或废止，但没有日期，没有计入废止件数。"] if n else []
