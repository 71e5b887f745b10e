"""The mailbox over IMAP: read without touching, tidied only after what was read is kept."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError, LoginError

from gongkai.disclosure.models import AfterFetch, Mailbox, MailSecurity

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TIMEOUT = SocketTimeout(connect=20, read=120)


class MailboxFailure(Exception):
    """The mailbox could not be read; ``str()`` is a sentence without any secret."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as it lies there; `whole` is False where only its head was fetched."""

    uid: int
    raw: bytes
    arrived_at: datetime
    whole: bool


class OpenBox:
    """A folder that is open for reading."""

    def __init__(self, client: IMAPClient, mailbox: Mailbox, validity: int) -> None:
        self._client, self._mailbox, self.validity = client, mailbox, validity

    def after(self, uid: int, since: date | None) -> list[int]:
        """The UIDs above `uid`, ascending. `since` may give mails of a day before, too."""
        criteria: list[object] = ["UID", f"{uid + 1}:*"]
        if since is not None:
            criteria += ["SINCE", since - timedelta(days=1)]
        return sorted(found for found in self._client.search(criteria) if found > uid)

    def fetch(self, uid: int, most_bytes: int) -> Fetched | None:
        """One mail without marking it read; None when it has gone meanwhile."""
        facts = self._client.fetch([uid], ["RFC822.SIZE", "INTERNALDATE"]).get(uid)
        if facts is None:
            return None
        whole = int(facts[b"RFC822.SIZE"]) <= most_bytes
        item, key = ("BODY.PEEK[]", b"BODY[]") if whole else ("BODY.PEEK[HEADER]", b"BODY[HEADER]")
        content = self._client.fetch([uid], [item]).get(uid)
        if content is None:
            return None
        arrived = facts.get(b"INTERNALDATE")
        return Fetched(uid, bytes(content[key]), _aware(arrived), whole)

    def tidy(self, uids: list[int]) -> str:
        """Mark as read, or move away, what is kept by now.

        A refusal of the server does no harm to what is kept; it is answered as a sentence.
        """
        if not uids or self._mailbox.after == AfterFetch.KEEP:
            return ""
        try:
            if self._mailbox.after == AfterFetch.SEEN:
                self._client.add_flags(uids, [b"\\Seen"], silent=True)
            else:
                self._move(uids)
        except IMAPClientError:
            what = "标为已读" if self._mailbox.after == AfterFetch.SEEN else "移到所填的文件夹"
            return f"来信都已收下，但邮件服务器不让{what}，请核对设置。"
        return ""

    def _move(self, uids: list[int]) -> None:
        folder = self._mailbox.move_to
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        if self._client.has_capability("MOVE"):
            self._client.move(uids, folder)
        elif self._client.has_capability("UIDPLUS"):
            self._client.copy(uids, folder)
            self._client.add_flags(uids, [b"\\Deleted"], silent=True)
            self._client.uid_expunge(uids)
        else:  # expunging would take away what somebody else marked
            self._client.add_flags(uids, [b"\\Seen"], silent=True)

    def still_here(self, uids: list[int]) -> list[int]:
        """Which of these mails lie here yet."""
        return sorted(self._client.search(["UID", ",".join(map(str, uids))])) if uids else []


def _aware(arrived: object) -> datetime:
    """When the server took it in; now where it does not say."""
    if isinstance(arrived, datetime):
        return arrived if arrived.tzinfo else arrived.replace(tzinfo=UTC)
    return datetime.now(UTC)


@contextmanager
def open_box(mailbox: Mailbox) -> Iterator[OpenBox]:
    """Connect, sign in, open the folder. Raises `MailboxFailure` with a sentence."""
    try:
        client = _connected(mailbox)
    except (OSError, IMAPClientError) as error:
        raise MailboxFailure(
            f"连接不上邮件服务器（{_kind(error)}），请核对地址、端口和加密方式。"
        ) from None
    try:
        client.normalise_times = False
        _sign_in(client, mailbox)
        try:
            chosen = client.select_folder(mailbox.folder, readonly=mailbox.after == AfterFetch.KEEP)
        except IMAPClientError:
            raise MailboxFailure(f"邮箱里没有文件夹“{mailbox.folder}”，请核对名称。") from None
        yield OpenBox(client, mailbox, int(chosen[b"UIDVALIDITY"]))
    except (OSError, IMAPClientError) as error:
        raise MailboxFailure(f"收取时连接中断（{_kind(error)}），下次接着收。") from None
    finally:
        with suppress(OSError, IMAPClientError):
            client.logout()


def _connected(mailbox: Mailbox) -> IMAPClient:
    implicit = mailbox.security == MailSecurity.SSL
    context = ssl.create_default_context()
    client = IMAPClient(
        mailbox.host,
        port=mailbox.port,
        ssl=implicit,
        ssl_context=context if implicit else None,
        timeout=_TIMEOUT,
    )
    if mailbox.security == MailSecurity.STARTTLS:
        client.starttls(context)
    return client


def _sign_in(client: IMAPClient, mailbox: Mailbox) -> None:
    try:
        client.login(mailbox.username, mailbox.password)
    except LoginError:
        raise MailboxFailure("邮箱账号或者密码（授权码）不对，请重新填写。") from None
    # Some providers refuse to open a folder for a client that has not said its name (RFC 2971).
    with suppress(IMAPClientError):
        if client.has_capability("ID"):
            client.id_({"name": "gongkai"})


def _kind(error: Exception) -> str:
    """The kind of an error: its text could hold an address or what was sent."""
    return type(error).__name__
