"""How a line becomes bytes, a hash and a message authentication code.

The bytes are canonical JSON (keys sorted, no spaces, UTF-8, RFC 8785 for the types used here);
hash = SHA-256 over them; mac = HMAC-SHA256 (RFC 2104) over a label and the hash, keyed by
`settings.GONGKAI_JOURNAL_KEY`, which lies outside the database. Whoever holds only the database
can recompute every hash but not one mac.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gongkai.journal.errors import NotPlainError
from gongkai.journal.models import Entry, Head
from gongkai.journal.values import Plain

FIELDS = (
    "seq",
    "act",
    "at",
    "actor_id",
    "actor_name",
    "role",
    "body_id",
    "event",
    "subject_kind",
    "subject_id",
    "subject_uuid",
    "from_state",
    "to_state",
    "basis",
    "reason",
    "data",
    "key_id",
    "prev_hash",
)
_NOT_PLAIN = ("act", "at", "subject_uuid")
_ENTRY_LABEL = b"gongkai/journal/entry/1\n"
_HEAD_LABEL = b"gongkai/journal/head/1\n"


def plain(value: object) -> Plain:
    """Turn `value` into what JSON holds without loss; raise `NotPlainError` where it cannot."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise NotPlainError(f"moment without time zone: {value!r}")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise NotPlainError(f"{type(value).__name__} cannot be written into the journal: {value!r}")


def _text(value: str) -> str:
    # PostgreSQL cannot store NUL, and a lone surrogate has no UTF-8 form.
    if "\x00" in value:
        raise NotPlainError("text with a NUL character cannot be written into the journal")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotPlainError("a lone surrogate cannot be written into the journal") from error
    return str(value)


def _mapping(value: Mapping[object, object]) -> dict[str, Plain]:
    made: dict[str, Plain] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotPlainError(f"key is not text: {key!r}")
        made[_text(key)] = plain(item)
    return made


def canonical(values: Mapping[str, object]) -> bytes:
    """The one byte form of `values`."""
    return _bytes(plain(values))


def _bytes(value: object) -> bytes:
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def size_of(value: Plain) -> int:
    """Bytes of what `plain` gave."""
    return len(_bytes(value))


def hash_of(values: Mapping[str, object]) -> str:
    """SHA-256 (64 hex digits) over the canonical bytes of every field but `hash` and `mac`."""
    return hashlib.sha256(canonical({name: values[name] for name in FIELDS})).hexdigest()


def hash_of_checked(values: Mapping[str, object]) -> str:
    """As `hash_of`, where texts and data were made plain before: they are not walked again."""
    named = {name: values[name] for name in FIELDS}
    named |= {name: plain(named[name]) for name in _NOT_PLAIN}
    return hashlib.sha256(_bytes(named)).hexdigest()


def values_of(entry: Entry) -> dict[str, object]:
    """The hashed fields of a line, by name."""
    return {name: getattr(entry, name) for name in FIELDS}


def keys() -> dict[str, bytes]:
    """Key id → key; the first is the one to write with, the rest (older ones) only verify."""
    current = getattr(settings, "GONGKAI_JOURNAL_KEY", "")
    if not current:
        raise ImproperlyConfigured(
            "GONGKAI_JOURNAL_KEY is empty: the journal cannot be authenticated without a key."
        )
    made: dict[str, bytes] = {}
    for key in (current, *getattr(settings, "GONGKAI_JOURNAL_OLD_KEYS", ())):
        secret = key if isinstance(key, bytes) else str(key).encode()
        made[hashlib.sha256(b"gongkai/journal/key-id/1\n" + secret).hexdigest()[:16]] = secret
    return made


def writing_key() -> tuple[str, bytes]:
    """The id and bytes of the key new lines are written with."""
    return next(iter(keys().items()))


def entry_mac(key: bytes, line_hash: str) -> str:
    """The authentication code of a line with that hash."""
    return hmac.new(key, _ENTRY_LABEL + line_hash.encode(), hashlib.sha256).hexdigest()


def head_mac(key: bytes, *, seq: int, line_hash: str) -> str:
    """The authentication code of the head; its label differs so no line's code can pass as it."""
    text = f"{seq}\n{line_hash}".encode()
    return hmac.new(key, _HEAD_LABEL + text, hashlib.sha256).hexdigest()


def head_is_authentic(head: Head, known: Mapping[str, bytes]) -> bool:
    """Tell whether the head was written by this program (an empty, new journal counts)."""
    if head.seq == 0 and not head.mac:
        return True
    key = known.get(head.key_id)
    return key is not None and hmac.compare_digest(
        head.mac, head_mac(key, seq=head.seq, line_hash=head.hash)
    )
