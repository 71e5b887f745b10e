"""A mail's bytes as plain values. Runs in a child process; no Django, nothing of a case.

Written for what really arrives: headers and file names in raw GBK, bodies that say gb2312 and are
GB18030, letters in HTML only, and mails made to hurt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr
from html.parser import HTMLParser
from typing import Any

MOST_PARTS, MOST_FILES, MOST_TEXT, MOST_HEADER = 500, 100, 200_000, 2_000
MOST_IDS = 100
# What `sorting` looks at.
WATCHED = (
    "auto-submitted", "precedence", "x-auto-response-suppress", "x-autoreply", "x-autorespond",
    "list-id", "list-post", "list-unsubscribe", "mailing-list", "x-failed-recipients",
)  # fmt: skip
_ID = re.compile(r"<([^<>\s]{1,300})>")
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}

Part = Message


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the mail; `content` only when it was asked for."""

    name: str
    media_type: str
    size: int
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a delivery report says of one recipient (RFC 3464)."""

    recipient: str
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail as it was read. `return_path` is None without the header, "" for the null path."""

    message_id: str = ""
    refers_to: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    return_path: str | None = None
    content_type: str = ""
    report_type: str = ""
    watched: dict[str, str] = field(default_factory=dict)
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    encrypted: bool = False


def read(raw: bytes, *, with_content: bool = False) -> ParsedMail:
    """The mail; what is beyond the limits is left out, never an error."""
    message = message_from_bytes(raw)
    parts = list(_walk(message))
    sender_name, sender = _sender(message.get("From"))
    return_path = message.get("Return-Path")
    own = _ids(message.get("Message-ID"))
    return ParsedMail(
        message_id=own[0] if own else "",
        refers_to=_references(message, parts),
        sender=sender[:254].lower(),
        sender_name=sender_name[:120],
        subject=words(message.get("Subject")),
        return_path=None if return_path is None else _path(return_path),
        content_type=message.get_content_type(),
        report_type=_parameter(message, "report-type").lower(),
        watched={name: words(message.get(name)).lower() for name in WATCHED if message.get(name)},
        text=_text(parts),
        attachments=tuple(_files(parts, with_content))[:MOST_FILES],
        deliveries=tuple(_deliveries(parts)),
        encrypted=any(p.get_content_type().startswith("multipart/encrypted") for p in [message])
        or any("pkcs7-mime" in p.get_content_type() for p in parts),
    )


def words(value: Any) -> str:
    """A header as text: encoded words, or raw bytes in UTF-8 or GBK."""
    if value is None:
        return ""
    found: list[str] = []
    try:
        pieces = decode_header(value)
    except Exception:  # a header made to hurt is shown as it stands
        pieces = [(str(value), None)]
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            found.append(decoded(piece, charset or ""))
        else:
            found.append(decoded(piece.encode("utf-8", "surrogateescape"), ""))
    return "".join(c for c in "".join(found) if c.isprintable())[:MOST_HEADER].strip()


def decoded(content: bytes, charset: str) -> str:
    """Text of bytes; a wrong or missing charset is guessed among UTF-8 and GB18030."""
    wanted = _CHINESE.get(charset.lower().strip(), charset.lower().strip())
    for name in (wanted, "utf-8", "gb18030"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def _walk(message: Part) -> Iterator[Part]:
    """The leaves, in order, at most so many; a mail inside the mail is one leaf."""
    waiting: list[Part] = [message]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting = [p for p in part.get_payload() if isinstance(p, Message)] + waiting
        else:
            yield part


def _ids(value: Any) -> list[str]:
    return _ID.findall(str(value or ""))[:MOST_IDS]


def _references(message: Part, parts: list[Part]) -> tuple[str, ...]:
    """The mails this one answers or reports on."""
    found = _ids(message.get("In-Reply-To")) + _ids(message.get("References"))
    for part in parts:
        kind = part.get_content_type()
        if kind in ("message/rfc822", "text/rfc822-headers"):
            inner = part.get_payload(0) if part.is_multipart() else _headers_of(part)
            if isinstance(inner, Message):
                found += _ids(inner.get("Message-ID"))
        elif kind == "message/delivery-status":
            found += _ids(part.as_string()[:20_000])
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def _headers_of(part: Part) -> Part:
    return message_from_bytes(_bytes(part)[:50_000])


def _sender(value: Any) -> tuple[str, str]:
    """Name and address. Taken apart before it is decoded: a coded name holds no second address."""
    name, address = parseaddr(value if isinstance(value, str) else words(value))
    return words(name), address


def _path(value: str) -> str:
    return parseaddr(words(value))[1].lower()


def _parameter(message: Part, name: str) -> str:
    value = message.get_param(name)
    return collapse_rfc2231_value(value) if value else ""


def _bytes(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name(part: Part) -> str:
    raw = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if isinstance(raw, tuple):
        charset, _, value = raw
        return decoded(value.encode("latin-1", "replace"), charset or "")
    return words(raw)


def _is_file(part: Part) -> bool:
    if part.get_content_type() in ("message/delivery-status", "text/rfc822-headers"):
        return False
    return bool(_name(part)) or part.get_content_maintype() != "text"


def _text(parts: list[Part]) -> str:
    """The plain text; of a mail in HTML only, its words."""
    bodies = [p for p in parts if not _is_file(p)]
    plain = [p for p in bodies if p.get_content_type() == "text/plain"]
    found = [_decoded_part(p) for p in plain]
    if not any(text.strip() for text in found):
        html = [p for p in bodies if p.get_content_type() == "text/html"]
        found = [_without_tags(_decoded_part(p)) for p in html]
    text = "\n".join(found).replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return re.sub(r"\n{3,}", "\n\n", clean).strip()[:MOST_TEXT]


def _decoded_part(part: Part) -> str:
    return decoded(_bytes(part)[: MOST_TEXT * 4], part.get_content_charset() or "")


class _Words(HTMLParser):
    """The words of a page, with a line for each block."""

    _BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "table"})
    _SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self._SILENT
        if tag in self._BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(self.silent - (tag in self._SILENT), 0)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def _without_tags(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(lines)


def _files(parts: list[Part], with_content: bool) -> Iterator[Attachment]:
    for number, part in enumerate(p for p in parts if _is_file(p)):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            content = inner.as_bytes() if isinstance(inner, Message) else _bytes(part)
            name = _name(part) or "转发的邮件.eml"
        else:
            content, name = _bytes(part), _name(part) or f"附件{number + 1}"
        yield Attachment(
            name[:200], part.get_content_type(), len(content), content if with_content else b""
        )


def _deliveries(parts: list[Part]) -> Iterator[Delivery]:
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload() if part.is_multipart() else []
        for block in list(blocks)[:50]:
            if isinstance(block, Message) and block.get("Action"):
                recipient = str(block.get("Final-Recipient") or "").rpartition(";")[2].strip()
                action = words(block.get("Action")).split()[:1]
                yield Delivery(
                    recipient[:254], action[0].lower() if action else "", words(block.get("Status"))
                )
