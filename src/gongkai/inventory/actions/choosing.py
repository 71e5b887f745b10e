"""Which mapping a file is read by, chosen before it is opened."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.inventory import policies, sources
from gongkai.inventory.actions.writing import locked, write_down
from gongkai.inventory.flow import BASIS, RUN_FLOW
from gongkai.inventory.models import InventoryFile
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person


@transaction.atomic
def choose_mapping(
    *, file: InventoryFile, mapping: str, by: Person | None, now: datetime
) -> InventoryFile:
    """Read this file by that mapping, or by its own labels (`sources.OWN_LABELS`)."""
    run = locked(file.run)
    policies.may_run(by, run.body, run.section, civil_day(now)).require(BASIS)
    step = RUN_FLOW.step(run.state, "choose_mapping")
    kept = InventoryFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if kept.opened_at is not None:
        raise Refusal(
            "inventory.opened_already",
            f"“{kept.name}”已经读过，不能再换字段对照。要换的话，请另开一批再放进来。",
        )
    sources.named(mapping)
    if kept.mapping == mapping:
        return kept
    kept.mapping = mapping
    kept.save(update_fields=["mapping"])
    before, run.state = run.state, step.target
    run.save(update_fields=["state"])
    said = "（按表头）" if mapping == sources.OWN_LABELS else mapping
    data = {"file": kept.name, "mapping": said}
    change = Change(from_state=before, to_state=run.state, basis=BASIS, data=data)
    write_down("inventory.mapping_chosen", run=run, by=by, change=change)
    return kept
