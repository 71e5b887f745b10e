"""Sections or bodies beside each other, fair to those with few cases.

Shares stand with their interval and in the order of the sections, not ranked; with fewer cases
than `GONGKAI_COMPARE_LEAST` nothing is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from gongkai.catalog.models import CatalogEntry
from gongkai.disclosure.models import DisclosureRequest
from gongkai.orgs.models import Body, Section
from gongkai.reporting.statistics.dimensions import NONE, PUBLISHED_MET
from gongkai.reporting.statistics.period import Period
from gongkai.reporting.statistics.scope import Scope
from gongkai.reporting.statistics.spread import Share, share

TOO_FEW = "数量太少，不作比较"


@dataclass(frozen=True, slots=True)
class Side:
    """One share of one section: in time out of those with a deadline, and all of them."""

    total: int
    in_time: Share

    @property
    def judged(self) -> bool:
        return self.in_time.enough


@dataclass(frozen=True, slots=True)
class Line:
    """A section or body with both duties; `value` is its value in addresses."""

    value: str
    label: str
    published: Side
    answered: Side


def sections(scope: Scope, period: Period) -> tuple[Line, ...]:
    """The sections of a body in their order; those with nothing in the period are left out."""
    order = list(Section.objects.filter(body=scope.body).order_by("ordinal", "code"))
    return _lines(scope.entries, scope.requests, "section_id", period, order)


def bodies(of: Sequence[Body], period: Period) -> tuple[Line, ...]:
    """Bodies beside each other, by figures that are published anyway."""
    keys = [body.pk for body in of]
    entries = CatalogEntry.objects.filter(body_id__in=keys)
    requests = DisclosureRequest.objects.filter(body_id__in=keys)
    return _lines(entries, requests, "body_id", period, of)


def _lines(
    entries: Any, requests: Any, by: str, period: Period, order: Iterable[Section | Body]
) -> tuple[Line, ...]:
    published = _published(entries, by, period)
    answered = _answered(requests, by, period)
    least = settings.GONGKAI_COMPARE_LEAST
    found = []
    for row in (*order, None):
        key = row.pk if row else None
        if key in published or key in answered:
            found.append(
                Line(
                    str(key) if key else NONE,
                    row.name if row else "未定",
                    _side(published.get(key, (0, 0, 0)), least),
                    _side(answered.get(key, (0, 0, 0)), least),
                )
            )
    return tuple(found)


def _side(counts: tuple[int, int, int], least: int) -> Side:
    total, met, late = counts
    return Side(total, share(met, met + late, least=least))


def _between(day: str, period: Period) -> dict[str, date]:
    return {f"{day}__gte": period.first, f"{day}__lte": period.last}


def _published(entries: Any, by: str, period: Period) -> dict[Any, tuple[int, int, int]]:
    rows = entries.filter(**_between("published_on", period)).order_by()
    counted = (
        rows.annotate(met=PUBLISHED_MET.expression).values_list(by, "met").annotate(n=Count("pk"))
    )
    found: dict[Any, list[int]] = {}
    for key, met, n in counted:
        line = found.setdefault(key, [0, 0, 0])
        line[0] += n
        if met in ("met", "late"):
            line[1 if met == "met" else 2] += n
    return {key: (line[0], line[1], line[2]) for key, line in found.items()}


def _answered(requests: Any, by: str, period: Period) -> dict[Any, tuple[int, int, int]]:
    rows = requests.filter(**_between("replied_on", period)).order_by()
    counted = rows.values_list(by).annotate(
        n=Count("pk"),
        met=Count("pk", filter=Q(in_time=True)),
        late=Count("pk", filter=Q(in_time=False)),
    )
    return {key: (n, met, late) for key, n, met, late in counted}
