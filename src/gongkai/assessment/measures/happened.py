"""Events that take points: found once each, with the reference by which they are counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.assessment.measures import tables
from gongkai.assessment.measures.scope import MOST_REFERENCES, Happened, Row, Scope
from gongkai.catalog.models import CatalogEntry
from gongkai.disclosure.models import DisclosureRequest


@dataclass(frozen=True, slots=True)
class Event:
    """`rows` are the events of the period; `ref` makes of the value at `key` a reference.

    Two events about one thing share the reference: a case lost, and the new reply it orders.
    """

    rows: Callable[[Scope], QuerySet[Any]]
    section: str
    body: str
    ref: str
    show: Callable[[Any], Row]
    key: str = "pk"

    def path(self, scope: Scope) -> str:
        """The lookup that leads from an event to its section or body."""
        return self.section if scope.of_sections else self.body

    def references(self, scope: Scope) -> Happened:
        """References by target, in one query."""
        path = self.path(scope)
        rows = self.rows(scope).filter(**{f"{path}__in": scope.targets}).order_by("pk")
        found: dict[int, list[str]] = defaultdict(list)
        for target, key in rows.values_list(path, self.key):
            if len(found[target]) < MOST_REFERENCES:
                found[target].append(self.ref.format(key))
        return found

    def evidence(self, scope: Scope, target: int) -> QuerySet[Any]:
        """The events of one target, the newest first."""
        return self.rows(scope).filter(**{self.path(scope): target}).order_by("-pk")

    def reference(self, row: Any) -> str:
        """The reference of one row."""
        return self.ref.format(getattr(row, self.key))


def overdue_replies(scope: Scope) -> QuerySet[DisclosureRequest]:
    """Due in the period and late; the day it was due tells the period, so it falls in one only."""
    return tables.due_requests(scope).exclude(in_time=True)


def late_publications(scope: Scope) -> QuerySet[Any]:
    """Due in the period, out later or not at all."""
    late = Q(entry__isnull=True) | Q(entry__released_on__gt=F("publish_due_on"))
    return tables.due_records(scope).filter(late).select_related("entry")


def reopened(scope: Scope) -> QuerySet[DisclosureRequest]:
    """Taken up again in the period by order of a review body or a court."""
    return DisclosureRequest.objects.filter(
        reopened_from__isnull=False,
        arrived_on__gte=scope.start,
        arrived_on__lt=scope.until,
    )


def withdrawn(*codes: str) -> Callable[[Scope], QuerySet[CatalogEntry]]:
    """Taken off in the period for one of these reasons."""

    def rows(scope: Scope) -> QuerySet[CatalogEntry]:
        start, until = scope.moments
        return CatalogEntry.objects.filter(
            withdrawn_at__gte=start, withdrawn_at__lt=until, withdrawal_code__in=codes
        )

    return rows


EVENTS: dict[str, Event] = {
    "overdue_reply": Event(
        overdue_replies, "section_id", "body_id", "request:{}:overdue", tables.show_request
    ),
    "late_publication": Event(
        late_publications, "section_id", "body_id", "record:{}:late", tables.show_due
    ),
    "reopened_request": Event(
        reopened, "section_id", "body_id", "request:{}:corrected", tables.show_request,
        key="reopened_from_id",
    ),
    "lost_case": Event(
        lambda scope: tables.remedies(scope).filter(outcome="corrected"), "request__section_id",
        "request__body_id", "request:{}:corrected", tables.show_remedy, key="request_id",
    ),
    "leak_withdrawn": Event(
        withdrawn(*tables.LEAKS), "section_id", "body_id", "entry:{}:leak", tables.show_entry
    ),
    "error_withdrawn": Event(
        withdrawn("error"), "section_id", "body_id", "entry:{}:error", tables.show_entry
    ),
}  # fmt: skip
