"""Reading a mailbox: mail by mail, each kept and committed before the next is looked at.

Idempotent and safe to break off anywhere. The mark of how far was read is committed together
with the mail; flags and folders on the server are touched only afterwards and decide nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from gongkai.disclosure.actions import mail_keeping
from gongkai.disclosure.mailbox import kept, sandbox, sorting
from gongkai.disclosure.mailbox.imap import Fetched, MailboxFailure, OpenBox, open_box
from gongkai.disclosure.mailbox.reading import ParsedMail
from gongkai.disclosure.models import AfterFetch, IncomingMail, Mailbox, MailKind
from gongkai.kit.dates import civil_day

MOST_BYTES = 50 * 2**20
MOST_PER_RUN = 500
_TIDY_AT_ONCE = 100
UNREADABLE = "这封邮件不能自动读取，请下载原件查看"
HEAD_ONLY = f"邮件超过{MOST_BYTES // 2**20}MB，只取回了信头，请到邮箱里查看全文"


@dataclass(slots=True)
class Told:
    """What a run brought: new mails by kind, how many were known already, and what failed."""

    kinds: dict[str, int]
    repeated: int = 0
    failure: str = ""

    @property
    def new(self) -> int:
        return sum(self.kinds.values())


def fetch(mailbox: Mailbox, *, now: datetime, most: int = MOST_PER_RUN) -> Told:
    """Bring in what is new. A failure of the server is told, not raised: the next run goes on."""
    told = Told({})
    try:
        with open_box(mailbox) as box:
            _fetch(mailbox, box, told, now, most)
    except MailboxFailure as failure:
        told.failure = str(failure)
    mail_keeping.note_run(mailbox=mailbox, failure=told.failure, new=told.new, now=now)
    return told


def _fetch(mailbox: Mailbox, box: OpenBox, told: Told, now: datetime, most: int) -> None:
    known = mailbox.uid_validity == box.validity
    after = mailbox.last_uid if known else 0
    _finish_moving(mailbox, box)
    done: list[int] = []
    try:
        for uid in box.after(after, mailbox.from_on)[:most]:
            mail = box.fetch(uid, MOST_BYTES)
            if mail is None or civil_day(mail.arrived_at) < mailbox.from_on:
                continue
            take(mailbox, mail, box.validity, told, now)
            done.append(uid)
    finally:
        told.failure = box.tidy(done) or told.failure


def _finish_moving(mailbox: Mailbox, box: OpenBox) -> None:
    """Move away what an interrupted run had kept already."""
    if mailbox.after != AfterFetch.MOVE:
        return
    rows = IncomingMail.objects.filter(body_id=mailbox.body_id, uid_validity=box.validity)
    last = list(rows.order_by("-uid").values_list("uid", flat=True)[:_TIDY_AT_ONCE])
    box.tidy(box.still_here([uid for uid in last if uid is not None]))


def take(mailbox: Mailbox, mail: Fetched, validity: int, told: Told, now: datetime) -> None:
    """Sort one mail and keep it, unless it is known; `told` counts it."""
    parsed, note = _read(mail)
    found = sorting.sort(parsed, own=own_addresses(mailbox))
    index = mail_keeping.message_index(parsed, mail.raw)
    known = mail_keeping.is_known(mailbox, index)
    row = mail_keeping.keep_mail(
        mailbox=mailbox,
        mail=mail_keeping.Kept(
            raw=mail.raw,
            parsed=parsed,
            kind=found.kind if not note else MailKind.REQUEST,
            note=note or found.reason,
            is_whole=mail.whole,
            uid=mail.uid,
            uid_validity=validity,
            arrived_at=mail.arrived_at,
            # On the disk before the database is asked to hold anything.
            content_index="" if known else kept.keep(mail.raw, mailbox.body_id),
        ),
        now=now,
    )
    if row is None:
        told.repeated += 1
    else:
        told.kinds[row.kind] = told.kinds.get(row.kind, 0) + 1


def _read(mail: Fetched) -> tuple[ParsedMail, str]:
    """The mail's values, and a remark where a person has to look at it in another way."""
    try:
        parsed = sandbox.read(mail.raw)
    except sandbox.UnreadableMail:
        return ParsedMail(), UNREADABLE
    if not mail.whole and sorting.sort(parsed).kind == sorting.REQUEST:
        return parsed, HEAD_ONLY
    return parsed, ""


def own_addresses(mailbox: Mailbox) -> frozenset[str]:
    """The addresses this program sends from."""
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return frozenset(a.strip().lower() for a in (mailbox.username, sender) if "@" in a)
