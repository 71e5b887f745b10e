"""Mails of the demo as if they had been fetched: a request, one that came back, an automatic one.

The mailbox itself is off: the demo reads nobody's mail and sends none.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.disclosure.actions import mailbox_setting
from gongkai.disclosure.mailbox import fetching
from gongkai.disclosure.mailbox.imap import Fetched
from gongkai.kit.dates import civil_day
from gongkai.project.demo.steps import Staff

ADDRESS = "gongkai@swj.yunling.example"
# Hours before the loading, sender, subject, further headers, text.
MAILS: tuple[tuple[int, str, str, tuple[str, ...], str], ...] = (
    (
        20,
        "姚远 <yaoyuan@mail.example>",
        "政府信息公开申请",
        (),
        (
            "申请人姓名：姚远\n联系电话：13900000021\n通信地址：云岭区梅花街12号\n"
            "所需信息名称：2025年农贸市场升级改造验收报告\n\n请以电子邮件提供，谢谢。\n"
        ),
    ),
    (
        6,
        "何清和 <heqinghe@mail.example>",
        "想问一下早餐店补贴",
        (),
        "您好，请问我家的早餐店能不能领补贴？材料交到哪里？\n",
    ),
    (
        3,
        "云岭商会 <office@shanghui.example>",
        "自动回复：节日值班",
        ("Auto-Submitted: auto-replied",),
        "本会今日值班，来信已收到。\n",
    ),
)


def load(staff: Staff, *, now: datetime) -> None:
    """The mailbox, switched off, and what lies in it."""
    mailbox = mailbox_setting.set_mailbox(
        body=staff.body,
        fields={
            "is_on": False,
            "host": "imap.yunling.example",
            "username": ADDRESS,
            "from_on": civil_day(now) - timedelta(days=30),
            "acknowledge": False,
        },
        password="not-a-password",  # noqa: S106 - of a mailbox that does not exist
        by=staff.office,
        now=now,
    )
    told = fetching.Told(kinds={})
    for uid, (hours, sender, subject, more, text) in enumerate(MAILS, 1):
        arrived = now - timedelta(hours=hours)
        head = (f"From: {sender}", f"Subject: {subject}", *more)
        fetched = Fetched(uid, _raw(uid, arrived, head, text), arrived, whole=True)
        fetching.take(mailbox, fetched, 1, told, now)


def _raw(uid: int, at: datetime, head: tuple[str, ...], text: str) -> bytes:
    """The mail as a server gives it; headers in UTF-8 (RFC 6532)."""
    lines = (
        *head,
        f"To: {ADDRESS}",
        f"Date: {at:%a, %d %b %Y %H:%M:%S %z}",
        f"Message-ID: <demo-{uid}@mail.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + text.replace("\n", "\r\n")).encode()
