"""Secrets of second factors, stored encrypted: a stolen database opens no account."""

from __future__ import annotations

import base64
import os
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

# Marks what was encrypted; a secret from before that stays readable until it is set anew.
MARK = "fernet:"


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """allauth's adapter with secrets under a key derived from the site's secret key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不正确，请输入验证器上现在显示的 6 位数字。"),
    }

    def encrypt(self, text: str) -> str:
        """The secret as stored."""
        return MARK + _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret in clear. A changed secret key needs the former one as a fallback."""
        if not encrypted_text.startswith(MARK):
            return encrypted_text
        try:
            return _keys().decrypt(encrypted_text.removeprefix(MARK).encode()).decode()
        except InvalidToken:
            # Nobody can know this one, so no code fits; an empty secret would open to anyone.
            # The account needs `gongkai people reset-factor`.
            return base64.b32encode(os.urandom(20)).decode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in _secrets()])


def _secrets() -> list[str]:
    return [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]


def _derived(secret: str) -> bytes:
    """RFC 5869 with a purpose of its own, so that no other use of the key opens this."""
    key = HKDF(SHA256(), 32, salt=None, info=b"gongkai second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(key)
