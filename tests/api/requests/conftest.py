"""People with tokens who call the staff API, and its moving clock. Everybody is invented."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client

from gongkai.api.requests import door
from gongkai.kit.dates import CHINA
from gongkai.orgs import actions
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person
from gongkai.orgs.values import TokenWish
from tests import factories, redaction_samples

SECRET = "JBSWY3DPEHPK3PXP"
ROOT = "/api/v1/requests"
# A week before everything that happens here.
MADE_AT = factories.NOW - timedelta(days=7)
Moves = Callable[[int, int], None]
FILING = {
    "channel": "counter",
    "arrived_on": "2026-11-02",
    "kind": "natural",
    "name": "赵小满",
    "identity_kind": "居民身份证",
    "identity_number": "11010919900307123X",
    "phone": "13900001234",
    "address": "云岭区梅花街7号",
    "subject": "梅花街改造工程施工合同",
    "provided_as": "paper",
    "provided_by": "pickup",
}


@dataclass(frozen=True, slots=True)
class Program:
    """A program that calls with one person's token, and no cookie."""

    secret: str

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to one call."""
        client = Client(enforce_csrf_checks=True)
        given = {"Authorization": f"Bearer {self.secret}", **headers}
        data = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(client, method)(f"{ROOT}{path}", headers=given, **data)

    def get(self, path: str, status: int = 200) -> Any:
        """The JSON of an answer with this status."""
        answer = self.call("get", path)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 201, key: str = "") -> Any:
        """The JSON of an answer to a deed."""
        headers = {"Idempotency-Key": key} if key else {}
        answer = self.call("post", path, {} if body is None else body, **headers)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


def program(person: Person, scope: str = "write") -> Program:
    """A program with a new token of the person, who has a second factor where one is needed."""
    has = person.authenticator_set.exists()  # type: ignore[attr-defined]
    if orgs.needs_second_factor(person, factories.NOW.date()) and not has:
        TOTP.activate(person, SECRET)
    wish = TokenWish("办文系统", scope, 365)
    _token, secret = actions.create_token(person=person, wish=wish, now=MADE_AT)
    return Program(secret)


def pdf(name: str, part: str = "reply") -> dict[str, str]:
    """A file as a call gives it."""
    content = base64.b64encode(redaction_samples.blank()).decode()
    return {"name": name, "content": content, "part": part}


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test, no count of calls is left from another one."""
    cache.clear()


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Moves:
    """Sets the clock of the API to ten o'clock of a day of 2026."""

    def moved(month: int, day: int) -> None:
        moment = datetime(2026, month, day, 10, tzinfo=CHINA)
        monkeypatch.setattr(door, "timezone", SimpleNamespace(now=lambda: moment))

    moved(11, 2)
    return moved


@pytest.fixture
def office(db: None, on_day: Moves) -> factories.Office:
    made = factories.office()
    made.body.profile = made.body.profile | {"letter_word": "云商"}
    made.body.save(update_fields=["profile"])
    return made


@pytest.fixture
def desk(office: factories.Office) -> Program:
    """The disclosure office's own program."""
    return program(office.officer)


@pytest.fixture
def clerk(office: factories.Office) -> Program:
    """The case officer's."""
    return program(office.clerk)


@pytest.fixture
def leader(office: factories.Office) -> Program:
    """The responsible leader's."""
    return program(office.leader)


def filed(desk: Program, **changed: object) -> str:
    """A request taken in over the counter; its address."""
    made = desk.post("", {**FILING, **changed})
    return f"/{made['request']['uuid']}"
