"""Every address refuses a stranger, unless it is on the list of public ones."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Part → why its addresses are open to everyone.
PUBLIC_PARTS = {
    "gongkai.portal": "the public site",
    "gongkai.exchange": "feeds and harvesting of published things",
    "gongkai.api": "published things as data",
}
# Inside a public part, but for staff alone.
CLOSED_PARTS = ("gongkai.api.requests",)
PUBLIC_ADDRESSES = {
    "desk/calendar/<str:secret>.ics": "for calendar programs; the address itself is the key",
    "healthz": "load balancers",
    "i18n/setlang/": "choice of language",
    "accounts/login/": "signing in",
    "accounts/logout/": "signing out shows a question, or the way to sign in",
    "accounts/inactive/": "says that the account is closed",
    "accounts/signup/": "says that accounts are made by the administrator",
    "accounts/password/reset/": "says whom to ask",
    "accounts/confirm-email/": "leads back to signing in",
}
SAMPLE = str(UUID(int=7))


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, address)
        else:
            yield address, entry


def concrete(address: str) -> str:
    """An address with sample values in place of its converters and groups."""
    address = re.sub(r"<uuid:\w+>|\(\?P<uuid>[^)]*\)", SAMPLE, address)
    address = re.sub(r"<int:\w+>|\(\?P<\w+>\[0-9\][^)]*\)", "7", address)
    address = re.sub(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)", "x", address)
    return "/" + re.sub(r"\.[+*]", "x", address).replace("^", "").replace("$", "").replace("\\", "")


def is_public(address: str, pattern: URLPattern) -> bool:
    module = pattern.callback.__module__
    if module.startswith(CLOSED_PARTS):
        return False
    return address in PUBLIC_ADDRESSES or any(
        module == part or module.startswith(part + ".") for part in PUBLIC_PARTS
    )


CLOSED = sorted(a for a, p in addresses(get_resolver()) if not is_public(a, p))


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(address: str, method: str, client: Client) -> None:
    answer = getattr(client, method)(concrete(address))
    if answer.status_code == 302:
        assert answer["Location"].startswith(reverse("account_login"))
    elif address.startswith("accounts/"):
        assert answer.status_code in {200, 403, 404, 405}
        assert b"<form" not in answer.content
    else:
        assert answer.status_code in {401, 403}, f"{concrete(address)} let a stranger in"


def test_the_walk_reaches_the_desk() -> None:
    assert "desk/records/<uuid:uuid>/publish/" in CLOSED
    assert "api/v1/requests/<uuid:uuid>/reply" in CLOSED
    assert len(CLOSED) > 30


@pytest.mark.django_db
def test_what_staff_see_is_not_kept_by_caches(client: Client) -> None:
    assert client.get("/desk/")["Cache-Control"] == "no-store"
