"""What a mail is by its own marks; what it says never sets it apart."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.disclosure.mailbox.reading import read
from gongkai.disclosure.mailbox.sorting import failed, sort
from tests.disclosure.mailbox.samples import bounced, written

MARKED = [
    ({"Auto_Submitted": "auto-replied"}, "auto_reply", "Auto-Submitted"),
    ({"Auto_Submitted": "auto-generated; x=y"}, "auto_reply", "auto-generated"),
    ({"Auto_Submitted": "no"}, "request", ""),
    ({"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, "auto_reply", "Suppress"),
    ({"X_Auto_Response_Suppress": "None"}, "request", ""),
    ({"Precedence": "auto_reply"}, "auto_reply", "Precedence"),
    ({"Precedence": "bulk"}, "mailing_list", "Precedence"),
    ({"Precedence": "first-class"}, "request", ""),
    ({"X_Autoreply": "yes"}, "auto_reply", "X-Autoreply"),
    ({"List_Id": "news <news.example>"}, "mailing_list", "List-Id"),
    ({"List_Unsubscribe": "<mailto:x@y.example>"}, "mailing_list", "List-Unsubscribe"),
    ({"X_Failed_Recipients": "a@b.example"}, "bounce", "X-Failed-Recipients"),
    ({"Return_Path": "<>"}, "bounce", "退信路径为空"),
    ({"Return_Path": "<zhou@mail.example>"}, "request", ""),
    ({"subject": "自动回复：已收到您的邮件"}, "auto_reply", "标题"),
    ({"subject": "Automatic reply: 申请"}, "auto_reply", "标题"),
    ({"subject": "关于自动回复系统采购合同的公开申请"}, "request", ""),
    ({"sender": "MAILER-DAEMON@mx.example"}, "bounce", "邮件服务器"),
    ({"sender": "postmaster@mx.example"}, "bounce", "邮件服务器"),
    ({"sender": "xxgk@yunling.example"}, "other", "自己"),
    ({"text": "Auto-Submitted: auto-replied\nList-Id: x"}, "request", ""),
    ({"sender": ""}, "request", ""),
]


@pytest.mark.parametrize(("headers", "kind", "why"), MARKED)
def test_the_marks_of_a_mail_tell_its_kind(headers: dict[str, Any], kind: str, why: str) -> None:
    found = sort(read(written(**headers)), own={"xxgk@yunling.example"})
    assert found.kind == kind and why in found.reason
    assert bool(found.reason) == (kind != "request")


@pytest.mark.parametrize(
    ("action", "is_failed", "said"),
    [
        ("failed", True, "投递失败通知（5.1.1）"),
        ("delayed", False, "投递延迟通知，服务器还在尝试"),
        ("delivered", False, "投递成功通知"),
    ],
)
def test_a_report_is_a_bounce_but_not_always_a_failure(
    action: str, is_failed: bool, said: str
) -> None:
    mail = read(bounced("<a@b>", action=action))
    assert (sort(mail).kind, sort(mail).reason, failed(mail)) == ("bounce", said, is_failed)


def test_a_read_receipt_is_an_automatic_answer() -> None:
    raw = written().replace(
        b'Content-Type: text/plain; charset="utf-8"',
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
    )
    assert sort(read(raw)).reason == "已读回执"
