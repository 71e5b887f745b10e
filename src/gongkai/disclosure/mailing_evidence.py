"""That a mail server took a letter, kept with the case as evidence of its service."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localtime

from gongkai.disclosure import store
from gongkai.disclosure.actions.writing import note_letter
from gongkai.disclosure.models import FilePart, Sending
from gongkai.disclosure.values import Upload
from gongkai.law.letters import LETTERS

NAME = "电子邮件发送凭证.txt"


def mark_of(sending: Sending) -> str:
    """What names the mail: kept as its tracking number, and the same each time it is tried."""
    return f"{sending.letter.uuid}.{sending.pk}"


@transaction.atomic
def keep(sending: Sending, message: EmailMessage, now: datetime) -> None:
    """Note that the mail was taken: its mark, and a paper of what went where and when."""
    row = Sending.objects.select_for_update(no_key=True).get(pk=sending.pk)
    if row.tracking:
        return
    upload = Upload(NAME, _text(sending, message, now).encode(), "text/plain", FilePart.EVIDENCE)
    row.tracking = mark_of(sending)
    fields = ["tracking"]
    if row.evidence_id is None:
        row.evidence = store.keep(request=sending.letter.request, upload=upload, by=row.by, now=now)
        fields.append("evidence")
    row.save(update_fields=fields)
    letter = sending.letter
    note_letter("letter.accepted", letter, by=None, data={"number": letter.number})


def _text(sending: Sending, message: EmailMessage, now: datetime) -> str:
    letter = sending.letter
    lines = [
        "电子邮件发送凭证",
        f"文书：{LETTERS[letter.kind].label}（{letter.number}）",
        f"发件地址：{message.from_email}",
        f"收件地址：{'、'.join(message.to)}",
        f"标题：{message.subject}",
        f"邮件编号：{message.extra_headers['Message-ID']}",
        f"邮件服务器接收时间：{localtime(now):%Y-%m-%d %H:%M:%S}",
        f"邮件服务器：{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "正文 SHA-256：" + hashlib.sha256(str(message.body).encode()).hexdigest(),
    ]
    for attachment in message.attachments:
        name, content = attachment[0], attachment[1]
        raw = content if isinstance(content, bytes) else str(content).encode()
        lines.append(f"附件：{name}，{len(raw)}字节，SHA-256：{hashlib.sha256(raw).hexdigest()}")
    lines.append("邮件服务器接收，不等于对方已经打开；被退回时另有退信记入案卷。")
    return "\n".join(lines) + "\n"
