"""The only code that changes the API's own rows: answers kept for repeated calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from gongkai.api.models import KeptAnswer
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import AccessToken

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A call that may come again: its token, key and the digest of what it asks."""

    token: AccessToken
    key: str
    digest: str


def hold(*, call: Repeatable, now: datetime) -> KeptAnswer:
    """The row of this call, within the caller's transaction; `status` 0 for the first time.

    Of several calls with one key at once, one goes on and the others wait here for its end. A
    key that came with something else is refused.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("hold() belongs into the transaction of the deed")
    KeptAnswer.objects.filter(token=call.token, key=call.key, kept_at__lt=now - KEPT_FOR).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(
                token=call.token, key=call.key, digest=call.digest, kept_at=now
            )
    except IntegrityError:
        kept = KeptAnswer.objects.get(token=call.token, key=call.key)
    if kept.digest != call.digest:
        raise Refusal(
            "api.key_reused",
            "这个 Idempotency-Key 已经用于另一次不同的调用。请换一个新的再发。",
        )
    return kept


def keep(*, row: KeptAnswer, status: int, answer: str) -> KeptAnswer:
    """What was answered, in the transaction of the deed."""
    row.status, row.answer = status, answer
    row.save(update_fields=["status", "answer"])
    return row


def forget_answers(*, now: datetime) -> int:
    """Drop what was kept for longer than a day; how many."""
    count, _rows = KeptAnswer.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return count
