"""Setting up the mailbox of a body. Its password is sealed, and never shown or written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.mailbox.imap import LOOPBACK
from gongkai.disclosure.models import AfterFetch, Mailbox, MailSecurity
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person

FIELDS = (
    "is_on", "host", "port", "security", "username", "folder", "after", "move_to", "from_on",
    "acknowledge", "sends_letters",
)  # fmt: skip
# Another place to read from: how far the old one was read says nothing about it.
_PLACE = ("host", "port", "username", "folder")


@transaction.atomic
def set_mailbox(
    *, body: Body, fields: Mapping[str, object], password: str, by: Person | None, now: datetime
) -> Mailbox:
    """Set the mailbox; an empty `password` keeps the one there is."""
    policies.may_set_up(by, body, civil_day(now)).require(policies.BASIS)
    kept = Mailbox.objects.select_for_update(no_key=True).filter(body=body).first()
    row = kept or Mailbox(body=body)
    before = tuple(getattr(row, name) for name in _PLACE)
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    if password:
        row.password = password
    _check(row, moved=kept is not None and before[:3] != _place(row)[:3], password=password)
    if kept is not None and before != _place(row):
        row.uid_validity, row.last_uid = None, 0
    row.failure = ""
    save_checked(row, code="mailbox.not_valid")
    append(
        event="mail.mailbox_set",
        actor=orgs.actor(by, body=body, role="" if by else "system"),
        subject=Subject("body", body.pk, body.uuid),
        change=Change(
            basis="《条例》第二十九条",
            data={"host": row.host, "on": row.is_on, "password_changed": bool(password)},
        ),
    )
    return row


def _place(row: Mailbox) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _PLACE)


def _check(row: Mailbox, *, moved: bool, password: str) -> None:
    if not row.password:
        sentence = "请填写邮箱的密码或者授权码。"
        raise Refusal("mailbox.no_password", sentence, fields={"password": sentence})
    if moved and not password:
        # Else whoever may set the address could have the kept password sent anywhere.
        sentence = "换了服务器、端口或者账号，请重新填写密码或者授权码。"
        raise Refusal("mailbox.password_again", sentence, fields={"password": sentence})
    if row.security == MailSecurity.PLAIN and row.host.lower() not in LOOPBACK:
        sentence = "不加密只能用于本机的邮件服务器，请选择 SSL/TLS 或者 STARTTLS。"
        raise Refusal("mailbox.not_encrypted", sentence, fields={"security": sentence})
    if row.after == AfterFetch.MOVE and row.move_to.lower() == row.folder.lower():
        sentence = "要移到的文件夹不能就是收取的文件夹。"
        raise Refusal("mailbox.same_folder", sentence, fields={"move_to": sentence})
