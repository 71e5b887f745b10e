"""Simple bounds on how often one address may try; counted per process, in memory only.

The address is kept as a keyed hash and forgotten with the count. They slow guessing and flooding
down; what makes a secret safe are its 125 random bits.
"""

from __future__ import annotations

from dataclasses import dataclass

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Bound:
    """At most so many times within so many seconds."""

    name: str
    most: int
    seconds: int


FILING = Bound("file", 20, 3600)
ASKING = Bound("ask", 60, 600)
WRONG_SECRET = Bound("secret", 10, 900)


def reached(bound: Bound, request: HttpRequest) -> bool:
    """Whether this address has used up its tries."""
    return int(cache.get(_key(bound, request), 0)) >= bound.most


def note(bound: Bound, request: HttpRequest) -> None:
    """One try more."""
    key = _key(bound, request)
    cache.add(key, 0, bound.seconds)
    try:
        cache.incr(key)
    except ValueError:  # it ran out in between
        cache.set(key, 1, bound.seconds)


def _key(bound: Bound, request: HttpRequest) -> str:
    address = str(get_client_ip_address(request) or "")
    return f"bound:{bound.name}:{salted_hmac('gongkai.portal.bounds', address).hexdigest()}"
