"""Personal data sealed at rest: AES-256-GCM with a key outside the database, and a blind index.

A sealed value is `v1:` + base64url(nonce ‖ ciphertext); the column's name is authenticated with
it, so a value moved to another column does not open. The blind index is an HMAC: it tells the
same applicant again without telling who it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongkai.kit.refusal import Refusal

_MARK = "v1:"
_NONCE = 12


def _key(purpose: str) -> bytes:
    return _derived_key(settings.GONGKAI_PERSONAL_KEY, purpose)


@lru_cache(maxsize=32)
def _derived_key(master: str, purpose: str) -> bytes:
    return hmac.digest(bytes.fromhex(master), purpose.encode(), hashlib.sha256)


@lru_cache(maxsize=4)
def _cipher(key: bytes) -> AESGCM:
    """Built once per key: a page of a register opens hundreds of columns."""
    return AESGCM(key)


def seal(text: str, *, name: str) -> str:
    """The sealed form of `text` for the column `name`; the empty text stays empty."""
    return (
        _MARK + base64.urlsafe_b64encode(seal_bytes(text.encode(), name=name)).decode()
        if text
        else ""
    )


def unseal(sealed: str, *, name: str) -> str:
    """The text again. Raises `Refusal` when the key is another or the value was touched."""
    if not sealed:
        return ""
    if not sealed.startswith(_MARK):
        raise _unreadable()
    try:
        content = base64.urlsafe_b64decode(sealed[len(_MARK) :])
    except ValueError as error:
        raise _unreadable() from error
    return unseal_bytes(content, name=name).decode()


def seal_bytes(content: bytes, *, name: str) -> bytes:
    """nonce ‖ ciphertext ‖ tag."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(_key("seal")).encrypt(nonce, content, name.encode())


def unseal_bytes(sealed: bytes, *, name: str) -> bytes:
    """The content again; `Refusal` when it cannot be opened."""
    try:
        return _cipher(_key("seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise _unreadable() from error


def _unreadable() -> Refusal:
    return Refusal(
        "personal.unreadable",
        "个人信息无法解密：密钥不对，或数据被改动过。请联系系统管理员核对密钥文件。",
        "《个人信息保护法》第五十一条",
    )


def blind_index(*parts: str) -> str:
    """64 hex digits, the same for the same letters and digits (case, width and marks apart)."""
    plain = "\x1f".join(_letters(part) for part in parts)
    return hmac.new(_key("index"), plain.encode(), hashlib.sha256).hexdigest()


def derived(purpose: str, text: str) -> bytes:
    """32 bytes that only the holder of the key can make again from `text`."""
    return hmac.digest(_key(f"derived:{purpose}"), text.encode(), hashlib.sha256)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def content_index(content: bytes) -> str:
    """64 hex digits, the same for the same bytes; tells nothing without the key."""
    return hmac.new(_key("content"), content, hashlib.sha256).hexdigest()
