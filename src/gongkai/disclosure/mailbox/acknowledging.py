"""Telling a sender that the mail came in: once, and never anything a machine sent.

RFC 3834: the answer says of itself that it is automatic, so that no other machine answers it;
and one sender is told at most once a day, whatever his machine says.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localtime

from gongkai.disclosure.models import IncomingMail, Mailbox, MailKind

MOST_PER_HOUR = 60
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'=-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}\Z")
_NO_REPLY = re.compile(r"^(no-?reply|do-?not-?reply|noreply|mailer-daemon|postmaster|bounces?)\b")


def is_wanted(mail: IncomingMail, mailbox: Mailbox, now: datetime) -> bool:
    """Whether the sender is to be told."""
    if not mailbox.acknowledge or mail.kind != MailKind.REQUEST or mail.acknowledged_at:
        return False
    if not _ADDRESS.match(mail.sender) or _NO_REPLY.match(mail.sender):
        return False
    told = IncomingMail.objects.filter(body_id=mail.body_id)
    if told.filter(acknowledged_at__gt=now - timedelta(hours=1)).count() >= MOST_PER_HOUR:
        return False
    same = told.filter(sender_index=mail.sender_index, acknowledged_at__gt=now - timedelta(days=1))
    return not same.exists()


def send(mail_id: int, now: datetime) -> bool:
    """Tell the sender, at most once: it is noted before it goes out, and unnoted when it fails."""
    with transaction.atomic():
        rows = IncomingMail.objects.select_for_update(no_key=True)
        mail = rows.filter(pk=mail_id).first()
        mailbox = Mailbox.objects.filter(body_id=mail.body_id).first() if mail else None
        if mail is None or mailbox is None or not is_wanted(mail, mailbox, now):
            return False
        mail.acknowledged_at = now
        mail.save(update_fields=["acknowledged_at"])
    try:
        compose(mail, mailbox).send()
    except Exception:
        IncomingMail.objects.filter(pk=mail_id).update(acknowledged_at=None)
        raise
    return True


def compose(mail: IncomingMail, mailbox: Mailbox) -> EmailMessage:
    """The answer. It repeats nothing of the mail: nobody sends spam to others through it."""
    body = mailbox.body
    arrived = localtime(mail.arrived_at)
    when = f"{arrived.year}年{arrived.month}月{arrived.day}日{arrived:%H:%M}"
    where = f"联系电话：{body.phone}。" if body.phone else ""
    text = (
        f"您好。\n\n您发到{body.name}政府信息公开邮箱的邮件，已于{when}到达。\n\n"
        "如果是政府信息公开申请，工作人员会与您联系确认；按照《政府信息公开条例》第三十一条，"
        "通过互联网渠道提交的申请，以双方确认之日为收到申请之日。"
        "登记以后，工作人员把回执号和查询密码告诉您，凭它们可以在本机关网站查询办理进度、"
        "领取文书；没有收到的，请向本机关索取。"
        f"{where}\n\n本邮件由系统自动发出。\n"
    )
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">") or "localhost"
    return EmailMessage(
        subject=f"{body.name}：您的邮件已到达",
        body=text,
        to=[mail.sender],
        reply_to=[mailbox.username] if "@" in mailbox.username else [],
        headers={
            "Message-ID": f"<ack.{mail.uuid}@{domain}>",
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
            "Precedence": "bulk",
        },
    )
