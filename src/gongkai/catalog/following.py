"""What the catalog does when something below it was written down, in the same transaction.

A change of validity shows at once; a record decided anew as not proactive comes off at once.
"""

from __future__ import annotations

from gongkai.catalog.actions.withdrawing import take_off
from gongkai.catalog.models import CatalogEntry, EntryState, WithdrawalCode
from gongkai.journal.listeners import subscribe_within
from gongkai.journal.models import Entry as Line
from gongkai.records.choices import Attribute
from gongkai.records.models import Record

VALIDITY = ("validity", "validity_cause", "repealed_on", "expires_on")
_CODES = {
    "state_secret": WithdrawalCode.STATE_SECRET,
    "trade_secret": WithdrawalCode.TRADE_SECRET,
    "privacy": WithdrawalCode.PRIVACY,
}


def connect() -> None:
    """Begin to listen; called once from `apps.ready()`, before the showings do."""
    subscribe_within("record.validity_changed", follow_validity)
    subscribe_within("record.decided", follow_decision)


def _entry(line: Line) -> CatalogEntry | None:
    if line.subject_uuid is None:
        return None
    return CatalogEntry.objects.filter(uuid=line.subject_uuid, state=EntryState.PUBLISHED).first()


def follow_validity(line: Line) -> None:
    """Repeat the record's validity in its entry."""
    entry = _entry(line)
    if entry is None:
        return
    record = Record.objects.get(pk=entry.record_id)
    for name in VALIDITY:
        setattr(entry, name, getattr(record, name))
    entry.updated_at = line.at
    entry.save(update_fields=[*VALIDITY, "updated_at"])


def follow_decision(line: Line) -> None:
    """Take the public version off when the leader decides that it is not proactive any more."""
    entry = _entry(line)
    if entry is None:
        return
    record = Record.objects.get(pk=entry.record_id)
    if record.attribute == Attribute.PROACTIVE:
        return
    code = _CODES.get(record.ground, WithdrawalCode.REDECIDED)
    take_off(entry, code, WithdrawalCode(code).label, line.at)
