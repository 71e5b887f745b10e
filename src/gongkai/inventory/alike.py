"""The open findings of a run that say the same of the same words, as one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Min, QuerySet

from gongkai.inventory.kinds import label_of
from gongkai.inventory.models import InventoryRun, Outcome
from gongkai.records.choices import RecordState
from gongkai.review.fields import can_change
from gongkai.review.models import Finding, FindingAnswer, Severity

SAME = ("kind", "severity", "field", "evidence", "proposal", "sentence", "target")
"""Findings with these alike are answered alike; so are places in different attachments."""


@dataclass(frozen=True, slots=True)
class Group:
    """`count` findings alike; `first` is one of them, `records` some of where they stand."""

    first: Finding
    count: int
    records: Sequence[tuple[str, str]]

    @property
    def label(self) -> str:
        """The kind in words."""
        return label_of(self.first.kind)

    @property
    def can_accept(self) -> bool:
        """Whether there is a proposal and a place to put it."""
        return self.first.proposal is not None and can_change(self.first)


def open_in(run: InventoryRun) -> QuerySet[Finding]:
    """Open findings of the run's drafts. One that is for reading only waits for no answer."""
    return Finding.objects.filter(
        answer=FindingAnswer.OPEN,
        record__state=RecordState.DRAFT,
        record__inventory_items__run=run,
        record__inventory_items__outcome=Outcome.RECORD,
    ).exclude(severity=Severity.INFO)


def kinds(run: InventoryRun) -> list[tuple[str, str, int]]:
    """Kind, its words and how many are open; the commonest first."""
    rows = open_in(run).order_by().values_list("kind").annotate(n=Count("id"))
    return [(kind, label_of(kind), n) for kind, n in sorted(rows, key=lambda r: (-r[1], r[0]))]


def grouped(run: InventoryRun, kind: str = "") -> Sequence[dict[str, object]]:
    """Rows of `SAME` with `n` and `first_id`; the largest group first. To be paged."""
    rows = open_in(run).filter(kind=kind) if kind else open_in(run)
    counted = rows.order_by().values(*SAME).annotate(n=Count("id"), first_id=Min("id"))
    # Counted and cut by the pages as a list would be, without being read whole.
    lazily: Any = counted.order_by("-n", "first_id")
    return cast("Sequence[dict[str, object]]", lazily)


def groups_of(rows: Sequence[dict[str, object]]) -> list[Group]:
    """The groups of one page, each with a finding of its own and some records."""
    firsts = Finding.objects.select_related("record").in_bulk([row["first_id"] for row in rows])
    groups = []
    for row in rows:
        first = firsts[row["first_id"]]
        groups.append(
            Group(first, int(str(row["n"])), ((str(first.record.uuid), first.record.title),))
        )
    return groups


def alike(run: InventoryRun, finding: Finding) -> QuerySet[Finding]:
    """The open findings of the run that are like this one, itself included."""
    return open_in(run).filter(**{name: getattr(finding, name) for name in SAME}).order_by("id")
