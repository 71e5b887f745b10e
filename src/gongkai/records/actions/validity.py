"""Validity changed with its cause: lapsed, repealed, superseded, in force again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person
from gongkai.records import policies
from gongkai.records.choices import Validity
from gongkai.records.models import Record
from gongkai.records.values import ValidityChange
from gongkai.records.writing import SECTION_CAPACITIES, capacity, locked, write_down

EXPIRED = "有效期届满"


@transaction.atomic
def change_validity(
    *, record: Record, change: ValidityChange, by: Person | None, now: datetime
) -> Record:
    """State that a record has lapsed, was repealed or superseded, in whatever state it is.

    Validity is a fact about the paper, not a change of its content: no new review is needed, and
    the catalog follows at once (it listens to `record.validity_changed`).
    """
    kept, today = locked(record), civil_day(now)
    policies.may_keep(by, kept.body, kept.section, today).require("信息有效性")
    if not change.cause.strip():
        sentence = "请写明原因，如废止它的文件名称和文号。"
        raise Refusal("validity.no_cause", sentence, fields={"cause": sentence})
    if kept.created_on and change.on < kept.created_on:
        sentence = "这一天早于生成日期，请核对。"
        raise Refusal("validity.too_early", sentence, fields={"on": sentence})
    before = kept.validity
    kept.validity = change.validity
    kept.validity_cause = change.cause.strip()[:200]
    if change.validity == Validity.REPEALED:
        kept.repealed_on = change.on
    elif change.validity in (Validity.LAPSED, Validity.SUPERSEDED):
        kept.expires_on = change.on
    else:
        kept.repealed_on = None
    kept.edit_count += 1
    kept.save(
        update_fields=["validity", "validity_cause", "repealed_on", "expires_on", "edit_count"]
    )
    data = {"on": change.on.isoformat(), "label": Validity(change.validity).label}
    role = capacity(by, kept, today, SECTION_CAPACITIES)
    write_down(
        "record.validity_changed",
        record=kept,
        by=by,
        role=role,
        change=Change(before, change.validity, reason=kept.validity_cause, data=data),
    )
    return kept


def lapse_expired(*, now: datetime) -> int:
    """Mark every record whose last day in force has passed as lapsed; the number marked.

    Each in its own transaction; repeating is harmless.
    """
    today = civil_day(now)
    expired = Record.objects.filter(validity=Validity.IN_FORCE, expires_on__lt=today)
    return sum(_lapse(pk, today) for pk in list(expired.values_list("pk", flat=True)))


@transaction.atomic
def _lapse(pk: int, today: date) -> int:
    kept = (
        Record.objects.select_for_update(of=("self",), no_key=True)
        .select_related("body")
        .get(pk=pk)
    )
    if kept.validity != Validity.IN_FORCE or not kept.expires_on or kept.expires_on >= today:
        return 0
    kept.validity, kept.validity_cause = Validity.LAPSED, EXPIRED
    kept.edit_count += 1
    kept.save(update_fields=["validity", "validity_cause", "edit_count"])
    data = {"on": kept.expires_on.isoformat(), "label": Validity.LAPSED.label}
    change = Change(Validity.IN_FORCE, Validity.LAPSED, reason=EXPIRED, data=data)
    write_down("record.validity_changed", record=kept, by=None, role="system", change=change)
    return 1
