"""The only code that changes the desk's own rows.

Scratch rows leave no journal lines: they are no act of the body, only unfinished typing of one
person. The address of a calendar lets somebody in, so making and ending one is written down.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.desk import scratch
from gongkai.desk.models import BulkUpload, CalendarFeed, KeptInput
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person

MOST_CHARACTERS = 2_000_000
MOST_PER_PERSON = 50
KEPT_FOR = timedelta(days=14)
UPLOAD_KEPT_FOR = timedelta(days=30)

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """An import table as read: its file name and its rows (column name → text)."""

    name: str
    rows: Sequence[Mapping[str, object]]


def keep_input(
    *, person: Person, path: str, fields: Typed, cause: str, now: datetime
) -> KeptInput | None:
    """Keep what `person` typed on the page `path`; None when it is too long to be kept."""
    plain = {name: list(values) for name, values in fields.items()}
    if len(path) > 300 or len(json.dumps(plain, ensure_ascii=False)) > MOST_CHARACTERS:
        return None
    plain = scratch.packed(path, plain)
    kept, _ = KeptInput.objects.update_or_create(
        person=person, path=path, defaults={"fields": plain, "cause": cause, "kept_at": now}
    )
    _sweep(person, now)
    return kept


def forget_input(*, person: Person, path: str) -> None:
    """Throw away what was kept for a page: it has been handed in, or is not wanted."""
    KeptInput.objects.filter(person=person, path=path).delete()


def _sweep(person: Person, now: datetime) -> None:
    mine = KeptInput.objects.filter(person=person)
    mine.filter(kept_at__lt=now - KEPT_FOR).delete()
    beyond = list(mine.order_by("-kept_at").values_list("pk", flat=True)[MOST_PER_PERSON:])
    mine.filter(pk__in=beyond).delete()


def keep_upload(*, person: Person, body: Body, table: Table, now: datetime) -> BulkUpload:
    """Keep an import table for preview; older ones of the same person are swept after a month."""
    BulkUpload.objects.filter(person=person, uploaded_at__lt=now - UPLOAD_KEPT_FOR).delete()
    return BulkUpload.objects.create(
        person=person,
        body=body,
        name=table.name[:200],
        rows=[dict(row) for row in table.rows],
        uploaded_at=now,
    )


def close_upload(*, upload: BulkUpload, now: datetime) -> BulkUpload:
    """Take a table for carrying out, once: refuses one that was taken already."""
    done = BulkUpload.objects.filter(pk=upload.pk, done_at__isnull=True).update(done_at=now)
    if not done:
        raise Refusal("bulk.done", "这张表已经导入过。要再导入，请重新上传。")
    upload.refresh_from_db()
    return upload


def note_outcome(*, upload: BulkUpload, outcome: Sequence[Mapping[str, object]]) -> BulkUpload:
    """Write down what became of the rows of a closed table."""
    upload.outcome = [dict(row) for row in outcome]
    upload.save(update_fields=["outcome"])
    return upload


@transaction.atomic
def make_feed(*, person: Person, now: datetime) -> str:
    """A new secret for the person's calendar, told once; the former address ends."""
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        person=person,
        defaults={"digest": feed_digest(secret), "made_at": now, "used_on": None},
    )
    _write_down("account.calendar_made", person)
    return secret


@transaction.atomic
def revoke_feed(*, person: Person) -> bool:
    """End the address; False when there was none."""
    gone, _ = CalendarFeed.objects.filter(person=person).delete()
    if gone:
        _write_down("account.calendar_revoked", person)
    return bool(gone)


def note_feed_used(*, person: Person, today: date) -> None:
    """Written once a day, so that its owner can see whether the address is in use."""
    CalendarFeed.objects.filter(person=person).exclude(used_on=today).update(used_on=today)


def feed_digest(secret: str) -> str:
    """What is kept: with 256 random bits a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _write_down(event: str, person: Person) -> None:
    append(
        event=event,
        actor=orgs.actor(person, body=person.body),
        subject=Subject("person", person.pk, person.uuid),
        change=Change(data={"account": person.username}),
    )
