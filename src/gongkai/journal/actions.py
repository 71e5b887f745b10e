"""The only code that writes the journal: `append`."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from gongkai.journal import chain, events, listeners
from gongkai.journal.errors import HeadMissingError, NotPlainError, OutsideTransactionError
from gongkai.journal.models import Entry, Head
from gongkai.journal.values import Actor, Change, Line, Subject
from gongkai.kit.act import act, current

__all__ = ["act", "append", "append_all"]

MAX_DATA_BYTES = 65_536


def append(*, event: str, actor: Actor, subject: Subject | None, change: Change) -> Entry:
    """Write one line at the end of the chain and return it.

    Must be called inside `transaction.atomic()` together with the change it records, as the last
    step: from here to the commit the head is locked, so lines commit in the order of their `seq`
    and nobody else can append. The moment is the true one, read here, and no caller can set it.
    Raises `OutsideTransactionError`, `UnknownEventError`, `NotPlainError`, `HeadMissingError`.
    """
    (entry,) = append_all([Line(event, actor, subject, change)])
    return entry


def append_all(lines: Sequence[Line]) -> list[Entry]:
    """Write several lines in their order, as `append` does one; the head is moved once.

    The triggers check each line against the one before it, and the head against the last.
    """
    if not lines:
        return []
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransactionError(f"{lines[0].event}: append needs transaction.atomic()")
    for line in lines:
        events.require(line.event)
    values = [_values(line) for line in lines]
    head = Head.objects.select_for_update(no_key=True).filter(pk=1).first()
    if head is None:
        raise HeadMissingError("the journal's head row is missing; run `gongkai journal verify`")
    key_id, key = chain.writing_key()
    entries: list[Entry] = []
    for one in values:
        # Read after the lock, so that moments follow the order of the lines.
        one.update(seq=head.seq + 1, at=timezone.now(), key_id=key_id, prev_hash=head.hash)
        line_hash = chain.hash_of_checked(one)
        entries.append(Entry(**one, hash=line_hash, mac=chain.entry_mac(key, line_hash)))
        head.seq, head.hash = head.seq + 1, line_hash
    Entry.objects.bulk_create(entries)
    head.key_id, head.mac = key_id, chain.head_mac(key, seq=head.seq, line_hash=head.hash)
    head.save(update_fields=["seq", "hash", "key_id", "mac"])
    for entry in entries:
        listeners.announce(entry)
    return entries


def _values(line: Line) -> dict[str, object]:
    event, actor, subject, change = line.event, line.actor, line.subject, line.change
    data = chain.plain(change.data)
    if chain.size_of(data) > MAX_DATA_BYTES:
        raise NotPlainError(f"{event}: data of a journal line is limited to {MAX_DATA_BYTES} bytes")
    texts = {
        "actor_name": actor.name,
        "role": actor.role,
        "from_state": change.from_state,
        "to_state": change.to_state,
        "basis": change.basis,
        "reason": change.reason,
    }
    return {
        "act": current() or uuid4(),
        "event": event,
        "actor_id": actor.id,
        "body_id": actor.body_id,
        "subject_kind": subject.kind if subject else "",
        "subject_id": subject.id if subject else None,
        "subject_uuid": subject.uuid if subject else None,
        "data": data,
        **{name: _fitting(name, text) for name, text in texts.items()},
    }


def _fitting(name: str, text: str) -> str:
    """The text as stored: plain, and no longer than its column (SQLite would not mind)."""
    # `str` drops lazy translations and subclasses: the column holds exactly what is hashed.
    kept = str(text)
    chain.plain(kept)
    limit = getattr(Entry._meta.get_field(name), "max_length", None)
    if limit is not None and len(kept) > limit:
        raise NotPlainError(f"{name} of a journal line is limited to {limit} characters")
    return kept
