"""Figures that are shares of rows: one counting query each, and the rows as evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from gongkai.assessment.measures import tables
from gongkai.assessment.measures.scope import Row, Scope, Tally

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """`rows` are the cases, `good` the condition of the good ones, the paths lead to the target."""

    rows: Callable[[Scope], Rows]
    good: Callable[[Scope], Q | Exists]
    section: str
    body: str
    show: Callable[[Any], Row]
    by_month: str = ""

    def path(self, scope: Scope) -> str:
        """The lookup that leads from a row to its section or body."""
        return self.section if scope.of_sections else self.body

    def tally(self, scope: Scope) -> Tally:
        """(good, cases) by target, in one query; a target without a row is left out."""
        path = self.path(scope)
        rows = self.rows(scope).filter(**{f"{path}__in": scope.targets}).order_by()
        if self.by_month:
            return _months(rows, path, self.by_month)
        marked = rows.annotate(is_good=_mark(self.good(scope)))
        counted = marked.values_list(path).annotate(
            good=Count("pk", filter=Q(is_good=True)), cases=Count("pk")
        )
        found: dict[int, tuple[int, int]] = {}
        for target, good, cases in counted.values_list(path, "good", "cases"):
            before = found.get(target, (0, 0))
            found[target] = (before[0] + good, before[1] + cases)
        return found

    def evidence(self, scope: Scope, target: int) -> Rows:
        """The rows of one target, those that cost points first."""
        rows = self.rows(scope).filter(**{self.path(scope): target})
        marked: Rows = rows.annotate(is_good=_mark(self.good(scope))).order_by("is_good", "-pk")
        return marked


def _mark(good: Q | Exists) -> Case:
    return Case(When(good, then=Value(True)), default=Value(False), output_field=BooleanField())


def _months(rows: Rows, path: str, moment: str) -> Tally:
    months: dict[int, set[object]] = defaultdict(set)
    listed = rows.annotate(month=TruncMonth(moment)).values_list(path, "month").distinct()
    for target, month in listed:
        months[target].add(month)
    return {target: (len(found), len(found)) for target, found in months.items()}


QUICK = timedelta(days=15)
FIGURES: dict[str, Figure] = {
    "published_in_time": Figure(
        tables.due_records, tables.published_in_time, "section_id", "body_id", tables.show_due
    ),
    "published_sound": Figure(
        tables.published, tables.not_withdrawn_for_fault, "section_id", "body_id",
        tables.show_entry,
    ),
    "header_complete": Figure(
        tables.published, tables.has_whole_header, "section_id", "body_id", tables.show_entry
    ),
    "published_monthly": Figure(
        tables.published, lambda scope: Q(pk__gt=0), "section_id", "body_id", tables.show_entry,
        by_month="published_at",
    ),
    "sheets_sound": Figure(
        tables.proposed, lambda scope: ~Q(state="returned"), "record__section_id", "body_id",
        tables.show_sheet,
    ),
    "sheets_quick": Figure(
        tables.decided, lambda scope: tables.within("proposed_at", "decided_at", QUICK),
        "record__section_id", "body_id", tables.show_sheet,
    ),
    "findings_answered": Figure(
        tables.findings, lambda scope: ~Q(answer="open"), "record__section_id",
        "record__body_id", tables.show_finding,
    ),
    "rereviewed_in_time": Figure(
        tables.rereviews_due, tables.rereviewed, "record__section_id", "body_id",
        tables.show_sheet,
    ),
    "replied_in_time": Figure(
        tables.due_requests, lambda scope: Q(in_time=True), "section_id", "body_id",
        tables.show_request,
    ),
    "replies_upheld": Figure(
        tables.remedies, lambda scope: ~Q(outcome="corrected"), "request__section_id",
        "request__body_id", tables.show_remedy,
    ),
    "inventoried": Figure(
        tables.inventory_items, lambda scope: ~Q(outcome="waiting"), "run__section_id",
        "body_id", tables.show_item,
    ),
    "classes_current": Figure(
        tables.classes, lambda scope: Exists(tables.entries_of_class(scope, OuterRef("pk"))),
        "responsible_section_id", "body_id", tables.show_class,
    ),
}  # fmt: skip
