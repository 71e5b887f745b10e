"""From a draft back to its clean-up run, and on to the next that waits for answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse

from gongkai.records.models import Record


@dataclass(frozen=True, slots=True)
class Way:
    """Addresses: the row in its run, and the findings of the next draft (empty when none waits)."""

    label: str
    row_url: str
    next_url: str


def way_of(record: Record) -> Way | None:
    """The way of a record that a clean-up took in; None for any other."""
    if not apps.is_installed("gongkai.inventory"):
        return None
    from gongkai.inventory import alike
    from gongkai.inventory.models import InventoryItem, Outcome

    rows = InventoryItem.objects.filter(record=record, outcome=Outcome.RECORD)
    item = rows.select_related("run").defer("raw").first()
    if item is None:
        return None
    waiting = alike.open_in(item.run).order_by("record_id").values_list("record__uuid", flat=True)
    following = waiting.filter(record_id__gt=record.pk).first()
    other = following or waiting.exclude(record=record).first()
    return Way(
        label=item.run.label,
        row_url=reverse("desk:run_item", args=[item.run.uuid, item.pk]),
        next_url=reverse("desk:record_findings", args=[other]) if other else "",
    )
