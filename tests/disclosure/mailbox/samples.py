"""Mails written by us: everybody and everything in them is invented."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

WORDS = (
    "政府信息公开申请表\n姓名：周晓晴\n身份证号码：110199198805050026\n联系电话：13900007788\n"
    "通信地址：云岭区杏花路3号\n所需信息名称：云岭区杏花路绿化工程的招标文件\n"
    "文号：\n请以电子邮件提供。\n"
)


def written(
    *,
    subject: str = "政府信息公开申请",
    sender: str = "周晓晴 <zhou@mail.example>",
    message_id: str = "<one@mail.example>",
    text: str = WORDS,
    files: tuple[tuple[str, bytes, str], ...] = (),
    **headers: str,
) -> bytes:
    """A person's mail; further headers by name, `_` for `-`."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "xxgk@yunling.example"
    message["Subject"] = subject
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content, kind in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes(policy=SMTP)


def bounced(original_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A delivery status notification (RFC 3464) as Postfix writes it."""
    return (
        "Return-Path: <>\r\n"
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)\r\n"
        "To: xxgk@yunling.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        "Auto-Submitted: auto-replied\r\n"
        f"Message-ID: <dsn-{action}-{abs(hash(original_id))}@mx.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        "MIME-Version: 1.0\r\n\r\n"
        "--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
        "I'm sorry to have to inform you that your message could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; zhou@mail.example\r\n"
        f"Action: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {original_id}\r\nTo: zhou@mail.example\r\n\r\n"
        "--b--\r\n"
    ).encode()


def gbk() -> bytes:
    """As old Chinese mail programs write: raw GBK in the header, gb2312 that is more than that."""
    head = "From: 王䶮 <wang@mail.example>\r\nSubject: 申请公开—㙍南路规划\r\n".encode("gb18030")
    body = "请公开㙍南路的规划图。".encode("gb18030")
    return head + (
        b"Message-ID: <gbk@mail.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    ) + body  # fmt: skip


HTML = (
    b"From: zhou@mail.example\r\nSubject: html\r\nMessage-ID: <html@mail.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    + "<html><head><style>p{color:red}</style></head><body><p>请公开&nbsp;预算。</p>"
    "<script>alert(1)</script><div>谢谢</div></body></html>".encode()
)
