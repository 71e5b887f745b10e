"""What a mail is by its own marks: a bounce, an automatic answer, list mail, or a person's.

Only marks that a machine sets count, never what the mail says: a request is never set apart for
its words. Each answer comes with its reason, shown to whoever looks through what was set apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from gongkai.disclosure.mailbox.reading import ParsedMail

REQUEST, BOUNCE, AUTO_REPLY, MAILING_LIST, OTHER = (
    "request", "bounce", "auto_reply", "mailing_list", "other",
)  # fmt: skip
_SERVERS = ("mailer-daemon", "postmaster", "mail-daemon")
_AWAY = re.compile(
    r"\W*(自动回复|自动答复|外出自动回复|假期自动回复|out of office|automatic reply|auto.?reply)",
    re.IGNORECASE,
)
_SUPPRESS = frozenset({"all", "autoreply", "oof", "dr", "ndr", "rn", "nrn"})


@dataclass(frozen=True, slots=True)
class Sorted:
    """A kind of `MailKind` and, unless it is a person's mail, why."""

    kind: str
    reason: str = ""


def sort(mail: ParsedMail, *, own: Collection[str] = ()) -> Sorted:
    """The kind of a mail; `own` are the addresses this program sends from."""
    for rule in (_bounce, _automatic, _listed):
        found = rule(mail)
        if found is not None:
            return found
    if mail.sender and mail.sender in own:
        return Sorted(OTHER, "本机关邮箱自己发出的邮件")
    return Sorted(REQUEST)


def _bounce(mail: ParsedMail) -> Sorted | None:
    report = mail.content_type == "multipart/report"
    if mail.deliveries or (report and mail.report_type == "delivery-status"):
        return Sorted(BOUNCE, _said(mail))
    if "x-failed-recipients" in mail.watched:
        return Sorted(BOUNCE, "投递失败通知（X-Failed-Recipients）")
    if mail.sender.partition("@")[0] in _SERVERS:
        return Sorted(BOUNCE, "邮件服务器发来的通知")
    if mail.return_path == "" and not _auto(mail):
        return Sorted(BOUNCE, "退信路径为空（邮件服务器发来的通知）")
    return None


def _said(mail: ParsedMail) -> str:
    actions = {d.action for d in mail.deliveries}
    if actions and actions <= {"delivered", "relayed", "expanded"}:
        return "投递成功通知"
    if "failed" not in actions and "delayed" in actions:
        return "投递延迟通知，服务器还在尝试"
    status = next((d.status for d in mail.deliveries if d.action == "failed"), "")
    return f"投递失败通知{f'（{status[:20]}）' if status else ''}"


def failed(mail: ParsedMail) -> bool:
    """A report that a mail did not arrive, and no longer will."""
    if mail.deliveries:
        return any(d.action == "failed" for d in mail.deliveries)
    return sort(mail).kind == BOUNCE


def _auto(mail: ParsedMail) -> str:
    """The RFC 3834 word, "" for none and for `no`."""
    word = mail.watched.get("auto-submitted", "").partition(";")[0].strip()
    return "" if word == "no" else word


def _automatic(mail: ParsedMail) -> Sorted | None:
    marks = mail.watched
    if mail.report_type == "disposition-notification":
        return Sorted(AUTO_REPLY, "已读回执")
    if word := _auto(mail):
        return Sorted(AUTO_REPLY, f"自动发出的邮件（Auto-Submitted: {word[:30]}）")
    if marks.get("precedence", "") in ("auto_reply", "auto-reply"):
        return Sorted(AUTO_REPLY, "自动回复（Precedence）")
    if "x-autoreply" in marks or "x-autorespond" in marks:
        return Sorted(AUTO_REPLY, "自动回复（X-Autoreply）")
    suppress = {w.strip() for w in marks.get("x-auto-response-suppress", "").split(",")}
    if suppress & _SUPPRESS:
        return Sorted(AUTO_REPLY, "自动发出的邮件（X-Auto-Response-Suppress）")
    if _AWAY.match(mail.subject):
        return Sorted(AUTO_REPLY, "标题写明是自动回复")
    return None


def _listed(mail: ParsedMail) -> Sorted | None:
    marks = mail.watched
    for name in ("list-id", "list-post", "list-unsubscribe", "mailing-list"):
        if name in marks:
            return Sorted(MAILING_LIST, f"群发或者邮件列表的邮件（{name.title()}）")
    if marks.get("precedence", "") in ("list", "bulk", "junk"):
        return Sorted(MAILING_LIST, "群发邮件（Precedence）")
    return None
