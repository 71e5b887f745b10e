"""Withdrawal: a published record is taken off with a coded reason; a tombstone stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.catalog import policies
from gongkai.catalog.models import SILENT_CODES, CatalogEntry, EntryState, WithdrawalCode
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person, Role
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record
from gongkai.records.writing import locked, write_down

BASIS = "《条例》第十四条至第十六条"


@transaction.atomic
def withdraw(*, record: Record, code: str, note: str, by: Person, now: datetime) -> CatalogEntry:
    """Take a published record off at once, also while a revision of it is under way.

    `note` is read by the public on the tombstone, except for secrets, of which nothing is told.
    """
    kept, today = locked(record), civil_day(now)
    policies.may_publish(by, kept.body, today).require(BASIS)
    entry = CatalogEntry.objects.select_for_update(no_key=True).filter(record=kept).first()
    if entry is None or entry.state != EntryState.PUBLISHED:
        raise Refusal("withdraw.not_published", "这条信息现在没有公开，不必撤下。请刷新页面。")
    if code not in WithdrawalCode.values:
        sentence = "请选择撤下的原因。"
        raise Refusal("withdraw.no_code", sentence, BASIS, {"code": sentence})
    if not note.strip() and code not in SILENT_CODES:
        sentence = "请写撤下说明，公众会在原网址看到这句话。"
        raise Refusal("withdraw.no_note", sentence, BASIS, {"note": sentence})
    take_off(entry, code, note, now)
    before = kept.state
    if RECORD_FLOW.can(kept.state, "withdraw"):
        kept.state = RECORD_FLOW.step(kept.state, "withdraw").target
        kept.save(update_fields=["state"])
    label = WithdrawalCode(code).label
    write_down(
        "record.withdrawn",
        record=kept,
        by=by,
        role=Role.DISCLOSURE_OFFICE,
        change=Change(
            before, kept.state, BASIS, note.strip()[:300], {"code": code, "label": label}
        ),
    )
    return entry


def take_off(entry: CatalogEntry, code: str, note: str, now: datetime) -> None:
    """Mark the entry; for a secret nothing but the number is kept to be shown."""
    entry.state = EntryState.WITHDRAWN
    entry.withdrawn_at = entry.updated_at = now
    entry.withdrawal_code = code
    entry.withdrawal_note = "" if code in SILENT_CODES else note.strip()[:300]
    entry.save(
        update_fields=["state", "withdrawn_at", "updated_at", "withdrawal_code", "withdrawal_note"]
    )
