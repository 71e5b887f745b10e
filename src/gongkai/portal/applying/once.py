"""The key of one form: the same form sent twice, by a double click or again, files one request."""

from __future__ import annotations

import secrets

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

FIELD = "once"
_SIGNER = Signer(salt="gongkai.once")


def fresh() -> str:
    """A new key, signed, so that nobody can choose one another's form might have."""
    return _SIGNER.sign(secrets.token_urlsafe(18))


def sent(request: HttpRequest) -> str:
    """The key of the form that came; empty where it is none of ours."""
    given = request.POST.get(FIELD, "")[:200]
    try:
        return str(_SIGNER.unsign(given))
    except BadSignature:
        return ""


def kept(request: HttpRequest) -> str:
    """The key as it stands in the form shown again, or a new one."""
    return request.POST.get(FIELD, "") if sent(request) else fresh()
