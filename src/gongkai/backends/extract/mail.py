"""Mail with what is attached to it: EML (also saved pages, MHT) and MSG of Outlook."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from gongkai.backends.extract.decoding import decode
from gongkai.backends.extract.html_text import hidden_text, visible_text
from gongkai.backends.extract.inside import NOBODY, Room
from gongkai.backends.extract.notes import Notes, whole_text
from gongkai.backends.extract.ole import OleFile
from gongkai.ports import Extracted, ExtractionError

MOST_PARTS: Final = 500
_HEADS: Final = {"Subject": "主题", "From": "发件人", "To": "收件人", "Cc": "抄送", "Date": "日期"}
_STREAMS: Final = {"0037": "主题", "0C1A": "发件人", "0E04": "收件人", "0E03": "抄送"}


class MailExtractor:
    """``.eml``, ``.mht``: heads and body; each attached file by its own reader."""

    suffixes: tuple[str, ...] = (".eml", ".mht", ".mhtml")

    def extract(self, path: Path) -> Extracted:
        """Without the attached files."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the attached files."""
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        header = {label: said for name, label in _HEADS.items() if (said := _head(mail, name))}
        notes, bodies = Notes(), list[str]()
        seen = False
        for count, part in enumerate(_leaves(mail)):
            if count >= MOST_PARTS:
                notes.unread(f"邮件超过{MOST_PARTS}部分，其余没有读，请打开邮件查看。")
                break
            seen = True
            _take(part, bodies, notes, room)
        rest = [f"{name}：{value}" for name, value in mail.items() if name not in _HEADS]
        notes.say("metadata", "邮件头", "\n".join(map(str, rest)))
        if not header and not (seen and any(body.strip() for body in bodies)):
            raise ExtractionError(f"“{path.name}”不是完整的邮件，请从邮箱重新导出再上传。")
        text = "\n\n".join(body.strip() for body in bodies if body.strip())
        heads = "\n".join(f"{label}：{said}" for label, said in header.items())
        return Extracted(
            text=f"{heads}\n\n{text}".strip(),
            title=header.get("主题", ""),
            hidden=notes.hidden,
            header=header,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _head(mail: EmailMessage, name: str) -> str:
    """A head as text; old mail has raw bytes there, and broken ones fail in the library."""
    try:
        said = str(mail.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        said = next((str(v) for k, v in mail.raw_items() if k.lower() == name.lower()), "")
    if any(0xDC80 <= ord(char) <= 0xDCFF for char in said):
        said = decode(said.encode("utf-8", "surrogateescape"))[0]
    return " ".join(said.split())


def _leaves(mail: EmailMessage) -> Iterator[EmailMessage]:
    """Parts that are no containers, without recursion; a mail inside a mail is one of them."""
    waiting: list[Any] = [mail]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(reversed(payload))
        else:
            yield part


def _take(part: EmailMessage, bodies: list[str], notes: Notes, room: Room) -> None:
    name = _file_name(part)
    kind = part.get_content_type()
    if kind == "message/rfc822":
        payload: Any = part.get_payload()
        inner = payload[0].as_bytes() if isinstance(payload, list) and payload else b""
        _attached(name or "转发的邮件.eml", inner, bodies, notes, room)
        return
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    if part.get_content_maintype() == "text" and not name:
        text, said = decode(content)
        if kind == "text/html":
            tree = LexborHTMLParser(text)
            notes.say("hidden_text", "邮件正文", hidden_text(tree))
            text = visible_text(tree.body) if tree.body is not None else ""
        bodies.append(text)
        for sentence in said:
            notes.unread(sentence)
    elif content:
        _attached(name or f"附件.{part.get_content_subtype()}", content, bodies, notes, room)


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, IndexError, AttributeError, TypeError, UnicodeError):
        return "附件"


def _attached(name: str, content: bytes, bodies: list[str], notes: Notes, room: Room) -> None:
    """Attached files are no secret of a mail: their text is part of it."""
    try:
        inner = room.read(name, content)
    except ExtractionError as error:
        notes.unread(str(error))
        return
    notes.take(name, inner, conceal=False)
    bodies.append(f"〔附件：{name}〕\n{whole_text(inner)}")


class MsgExtractor:
    """``.msg``: the same of a mail saved by Outlook."""

    suffixes: tuple[str, ...] = (".msg",)

    def extract(self, path: Path) -> Extracted:
        """Without the attached files."""
        return self.within(path, NOBODY)

    def within(self, path: Path, room: Room) -> Extracted:
        """With the attached files."""
        ole, notes = OleFile(path), Notes()
        header = {
            label: said for key, label in _STREAMS.items() if (said := _property(ole, "", key))
        }
        bodies = [_property(ole, "", "1000")]
        if not bodies[0] and (html := ole.read("__substg1.0_10130102")):
            tree = LexborHTMLParser(decode(html)[0])
            bodies = [visible_text(tree.body) if tree.body is not None else ""]
        if not header and not bodies[0]:
            raise ExtractionError(f"“{path.name}”不是完整的邮件，请从邮箱重新导出再上传。")
        for folder in sorted(n for n in ole.storages if n.startswith("__attach") and "/" not in n):
            name = _property(ole, f"{folder}/", "3707") or _property(ole, f"{folder}/", "3704")
            content = ole.read(f"{folder}/__substg1.0_37010102")
            if content:
                _attached(name or "附件", content, bodies, notes, room)
            else:
                notes.unread(f"邮件里的“{name or '内嵌项目'}”程序没有读，请打开邮件查看。")
        notes.say("metadata", "邮件头", _property(ole, "", "007D"))
        heads = "\n".join(f"{label}：{said}" for label, said in header.items())
        body = "\n\n".join(text.strip() for text in bodies if text.strip())
        return Extracted(
            text=f"{heads}\n\n{body}".strip(),
            title=header.get("主题", ""),
            hidden=notes.hidden,
            header=header,
            concealed=notes.concealed,
            unread=notes.sentences,
        )


def _property(ole: OleFile, folder: str, key: str) -> str:
    wide = ole.read(f"{folder}__substg1.0_{key}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").strip("\0").strip()
    return decode(ole.read(f"{folder}__substg1.0_{key}001E"))[0].strip("\0").strip()
