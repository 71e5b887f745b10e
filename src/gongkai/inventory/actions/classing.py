"""Proposals accepted for all drafts of a run alike; each is a change of its own record."""

from __future__ import annotations

from datetime import datetime

from gongkai.inventory import policies, proposing
from gongkai.inventory.actions.answering import Answered
from gongkai.inventory.flow import BASIS
from gongkai.inventory.models import InventoryRun
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.records import actions as records
from gongkai.records.models import CatalogClass, Record


def accept_proposal(
    *, run: InventoryRun, field: str, value: str, reason: str, by: Person, now: datetime
) -> Answered:
    """Put `value` into the empty `field` of every draft for which it is proposed for `reason`.

    What is proposed is reckoned anew, so that nothing is set that nobody saw proposed; a field
    filled meanwhile stays. One draft that is refused holds up none of the others.
    """
    policies.may_run(by, run.body, run.section, civil_day(now)).require(BASIS)
    if field not in proposing.SETTABLE:
        raise Refusal("inventory.not_settable", "公开属性由科室在审查时提出，不能成批填写。")
    chosen: list[Record] = []
    for pile in proposing.piles(run, civil_day(now)):
        one = pile.suggestion
        if (one.field, one.value, one.reason) == (field, value, reason):
            chosen += pile.records
    if not chosen:
        raise Refusal("inventory.no_proposal", "这一组已经填过，请刷新页面。")
    taken: object = value
    if field == "catalog_class":
        taken = CatalogClass.objects.get(pk=int(value), body=run.body)
    done = Answered()
    refusal: Refusal | None = None
    for record in chosen:
        try:
            records.edit(
                record=record,
                fields={field: taken},
                by=by,
                now=now,
                read_count=record.edit_count,
            )
        except Refusal as error:
            refusal = error
            done.refused[error.sentence] = done.refused.get(error.sentence, 0) + 1
        else:
            done.count += 1
    if refusal is not None and not done.count:
        raise refusal
    return done
