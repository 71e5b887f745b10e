"""An office at a fixed moment, and people who sit at the desk."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from pytest_django.fixtures import Settings

from gongkai.desk import seat
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person
from tests import factories

SECRET = "JBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _fixed_moment(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The desk's clock stands at the moment of the factories; no scanner reads the texts."""
    monkeypatch.setattr(seat, "timezone", SimpleNamespace(now=lambda: factories.NOW))
    settings.GONGKAI_SCANNERS = ["tests.portal.fakes.BlindScanner"]


@pytest.fixture
def office(db: None) -> factories.Office:
    """A body with its people."""
    return factories.office()


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which the person has signed in, with a second factor where it is needed."""

    def signed_in(person: Person) -> Client:
        if orgs.needs_second_factor(person, factories.NOW.date()):
            TOTP.activate(person, SECRET)
        client = Client()
        client.force_login(person, backend=BACKEND)
        return client

    return signed_in
