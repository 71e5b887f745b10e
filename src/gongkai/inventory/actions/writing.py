"""One line in the journal about a run; the run held against everybody else."""

from __future__ import annotations

from gongkai.inventory.models import InventoryRun
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.orgs.models import Person
from gongkai.orgs.queries import actor


def locked(run: InventoryRun) -> InventoryRun:
    """The row as it stands now, held until the transaction ends."""
    rows = InventoryRun.objects.select_for_update(of=("self",), no_key=True).select_related("body")
    return rows.get(pk=run.pk)


def write_down(event: str, *, run: InventoryRun, by: Person | None, change: Change) -> None:
    """One line about `run`."""
    append(
        event=event,
        actor=actor(by, body=run.body, role="case_officer"),
        subject=Subject("inventory_run", run.pk, run.uuid),
        change=change,
    )
