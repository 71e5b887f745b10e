"""A mail is kept: its row, its case where it reports a letter that came back, how far was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongkai.disclosure import recipients
from gongkai.disclosure.actions.reminding import remind
from gongkai.disclosure.actions.writing import note_letter
from gongkai.disclosure.casework import locked
from gongkai.disclosure.mailbox import kept as kept_bytes
from gongkai.disclosure.mailbox import matching, sorting
from gongkai.disclosure.mailbox.reading import ParsedMail
from gongkai.disclosure.models import (
    IncomingMail,
    Mailbox,
    MailKind,
    MailState,
    Reminder,
    ReminderKind,
    Sending,
)
from gongkai.disclosure.sealing import blind_index, content_index
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.law.letters import LETTERS
from gongkai.orgs import queries as orgs


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail as fetched and read; `content_index` is where its bytes lie already, if they do."""

    raw: bytes
    parsed: ParsedMail
    kind: str
    note: str
    is_whole: bool
    uid: int
    uid_validity: int
    arrived_at: datetime
    content_index: str = ""


@transaction.atomic
def keep_mail(*, mailbox: Mailbox, mail: Kept, now: datetime) -> IncomingMail | None:
    """Keep a mail once; None when it was kept before. How far was read moves with it.

    The same mail delivered twice (another path, the same Message-ID and words) is one mail; an
    other mail under a Message-ID that was used before is kept: nobody's request is lost by it.
    """
    rows = Mailbox.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("body").get(pk=mailbox.pk)
    _advance(held, mail)
    mailbox.last_uid, mailbox.uid_validity = held.last_uid, held.uid_validity
    index = message_index(mail.parsed, mail.raw)
    if is_known(held, index):
        return None
    row = _row(held, mail, index, now)
    row.save()
    if row.kind == MailKind.BOUNCE:
        _came_back(row, mail.parsed, now)
    elif row.kind == MailKind.REQUEST:
        from gongkai.disclosure import tasks

        tasks.acknowledge.enqueue(row.pk)
    return row


def _advance(held: Mailbox, mail: Kept) -> None:
    if held.uid_validity != mail.uid_validity:
        held.uid_validity, held.last_uid = mail.uid_validity, 0
    held.last_uid = max(held.last_uid, mail.uid)
    held.save(update_fields=["uid_validity", "last_uid"])


def message_index(parsed: ParsedMail, raw: bytes) -> str:
    """The same for every delivery of one mail: its name and what follows its header."""
    if not parsed.message_id:
        return content_index(raw)
    _, _, written = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    essence = hashlib.sha256(written.strip()).hexdigest()
    return content_index(f"{parsed.message_id}\x1f{essence}".encode())


def is_known(mailbox: Mailbox, index: str) -> bool:
    """Whether a mail of this index was kept before."""
    rows = IncomingMail.objects.filter(body_id=mailbox.body_id)
    return rows.filter(message_index=index).exists()


def _row(held: Mailbox, mail: Kept, index: str, now: datetime) -> IncomingMail:
    parsed = mail.parsed
    person = mail.kind == MailKind.REQUEST
    return IncomingMail(
        body=held.body,
        message_index=index,
        content_index=mail.content_index or kept_bytes.keep(mail.raw, held.body_id),
        digest=kept_bytes.digest(mail.raw),
        size=len(mail.raw),
        is_whole=mail.is_whole,
        uid=mail.uid,
        uid_validity=mail.uid_validity,
        kind=mail.kind,
        state=MailState.WAITING if person else MailState.SET_ASIDE,
        note=mail.note[:200],
        sender=parsed.sender,
        sender_name=parsed.sender_name,
        sender_index=blind_index("mail", parsed.sender) if parsed.sender else "",
        subject=parsed.subject,
        text=parsed.text,
        suggested=matching.case_of(parsed, held.body) if person else None,
        arrived_at=mail.arrived_at,
        kept_at=now,
    )


def _came_back(row: IncomingMail, parsed: ParsedMail, now: datetime) -> None:
    """A report on a mailed letter goes into its case; one that did not arrive is a thing to do."""
    sending = matching.sending_of(parsed, row.body)
    if sending is None:
        return
    request = locked(sending.letter.request)
    row.request, row.sending, row.state = request, sending, MailState.TAKEN
    row.save(update_fields=["request", "sending", "state"])
    if sorting.failed(parsed):
        _tell(sending, row, now)


def _tell(sending: Sending, row: IncomingMail, now: datetime) -> None:
    letter = sending.letter
    name = f"{LETTERS[letter.kind].label}{f'（{letter.number}）' if letter.number else ''}"
    note_letter("letter.came_back", letter, by=None, data={"number": letter.number})
    reminder = Reminder(
        request=letter.request, kind=ReminderKind.UNDELIVERED, reason=name[:200], made_at=now
    )
    remind(reminder, recipients.handlers_of(letter.request, civil_day(now)))


@transaction.atomic
def note_run(*, mailbox: Mailbox, failure: str, new: int, now: datetime) -> None:
    """Note that the mailbox was read, or could not be; what it brought is in the journal."""
    Mailbox.objects.filter(pk=mailbox.pk).update(fetched_at=now, failure=failure[:200])
    mailbox.fetched_at, mailbox.failure = now, failure[:200]
    if new:
        append(
            event="mail.fetched",
            actor=orgs.actor(None, body=mailbox.body),
            subject=Subject("body", mailbox.body_id, mailbox.body.uuid),
            change=Change(basis="《条例》第二十九条", data={"count": new}),
        )
