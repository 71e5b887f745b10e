"""Relations between records: interprets, amends, repeals, replaces."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person
from gongkai.records import policies
from gongkai.records.choices import RelationKind
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record, Relation
from gongkai.records.values import Link
from gongkai.records.writing import SECTION_CAPACITIES, capacity, locked, write_down

BASIS = "先审查后公开"


@transaction.atomic
def relate(*, record: Record, link: Link, by: Person | None, now: datetime) -> Relation:
    """Say how a draft acts on another record of the body, or on a paper we do not hold."""
    kept, today = locked(record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    RECORD_FLOW.step(kept.state, "edit")
    if link.target is not None and link.target.body_id != kept.body_id:
        sentence = "只能关联本机关的信息；别的机关的文件请写明文件名称。"
        raise Refusal("relation.foreign", sentence, fields={"target": sentence})
    row = Relation(record=kept, kind=link.kind, target=link.target, cited=link.cited.strip())
    save_checked(row, code="relation.not_valid")
    _note("record.related", kept, row, by, now)
    return row


@transaction.atomic
def unrelate(*, relation: Relation, by: Person | None, now: datetime) -> None:
    """Take a relation off a draft."""
    kept, today = locked(relation.record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require(BASIS)
    RECORD_FLOW.step(kept.state, "edit")
    _note("record.unrelated", kept, relation, by, now)
    relation.delete()


def _note(event: str, record: Record, relation: Relation, by: Person | None, now: datetime) -> None:
    data = {
        "kind": relation.kind,
        "label": RelationKind(relation.kind).label,
        "target": relation.target_id,
    }
    role = capacity(by, record, civil_day(now), SECTION_CAPACITIES)
    write_down(event, record=record, by=by, role=role, change=Change(data=data))
