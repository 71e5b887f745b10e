"""Figures of a body's site, from its newest finished self-inspection in the period."""

from __future__ import annotations

from gongkai.assessment.measures.scope import Happened, Row, Scope, Tally
from gongkai.assessment.models import Inspection
from gongkai.kit.dates import civil_day
from gongkai.law.assessment.site_rules import CHECKS


def _newest(scope: Scope) -> dict[int, Inspection]:
    """body → inspection, in one query; nothing about sections."""
    if scope.of_sections:
        return {}
    start, until = scope.moments
    rows = Inspection.objects.filter(
        body__in=scope.targets, state="finished", finished_at__gte=start, finished_at__lt=until
    )
    return {row.body_id: row for row in rows.defer("pages", "answers").order_by("pk")}


def site_sound(scope: Scope) -> Tally:
    """Checks without a finding, of those that could tell; a body never inspected is left out."""
    return {
        body: (sum(not count for count in row.result.values()), len(row.result))
        for body, row in _newest(scope).items()
    }


def site_failures(scope: Scope) -> Happened:
    """A reference for each one-vote failure."""
    return {
        body: [
            f"inspection:{row.pk}:{check.key}"
            for check in CHECKS
            if check.vetoes(row.result.get(check.key, 0))
        ]
        for body, row in _newest(scope).items()
    }


def site_rows(scope: Scope, target: int) -> list[Row]:
    """Each check with what it found."""
    row = _newest(scope).get(target)
    if row is None:
        return []
    on = civil_day(row.finished_at) if row.finished_at else None
    return [
        Row(
            f"{check.label}{'（单项否决）' if check.vetoes(row.result.get(check.key, 0)) else ''}",
            not row.result.get(check.key),
            on,
            f"发现{row.result.get(check.key, 0)}处",
            "inspection",
            str(row.uuid),
        )
        for check in CHECKS
        if check.key in row.result
    ]
