"""The bytes of a mail exactly as they came, sealed on disk under their own keyed digest.

`<files>/sealed/mail/ab/<digest>`: the address is an HMAC of body and bytes, so a mail has one file
and nobody without the key can tell a known mail by it. Writing again is harmless.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from django.db import transaction

from gongkai.disclosure.sealing import content_index, seal_bytes, unseal_bytes
from gongkai.disclosure.store import sealed_folder, write_durably
from gongkai.kit.refusal import Refusal


def folder() -> Path:
    """Where every mail lies, in folders of two letters."""
    return sealed_folder() / "mail"


def path_of(index: str) -> Path:
    """Where the sealed bytes lie."""
    return folder() / index[:2] / index


def address_of(raw: bytes, body_id: int) -> str:
    """The same for the same bytes of the same body: two bodies never share a file."""
    return content_index(f"mail {body_id}\n".encode() + raw)


def keep(raw: bytes, body_id: int) -> str:
    """Seal the bytes onto the disk, unless they lie there, and return their address."""
    index = address_of(raw, body_id)
    path = path_of(index)
    if not path.exists():
        write_durably(path, seal_bytes(raw, name=_label(index)))
    return index


def opened(index: str, body_id: int) -> bytes:
    """The bytes as they came. Raises `Refusal` when they are gone or were touched."""
    if not index:
        raise Refusal("mail.purged", "这封邮件的原件已按期清除，不能再打开。")
    try:
        sealed = path_of(index).read_bytes()
    except FileNotFoundError as error:
        raise Refusal(
            "file.lost", "这封邮件的原件在存储中找不到了。请系统管理员从备份恢复文件目录。"
        ) from error
    raw = unseal_bytes(sealed, name=_label(index))
    if not hmac.compare_digest(address_of(raw, body_id), index):
        raise Refusal("file.changed", "这封邮件的原件与登记的摘要不符，请系统管理员核查。")
    return raw


def forget(index: str) -> None:
    """Drop the bytes when the transaction commits."""
    if index:
        path = path_of(index)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def digest(raw: bytes) -> str:
    """SHA-256 of the bytes, to prove later what came."""
    return hashlib.sha256(raw).hexdigest()


def _label(index: str) -> str:
    return f"mail:{index}"
