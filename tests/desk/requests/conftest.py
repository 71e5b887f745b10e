"""A body that can number its letters, and a moving desk clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.desk import seat
from gongkai.disclosure.models import DisclosureRequest
from gongkai.kit.dates import CHINA
from gongkai.orgs.models import Person
from tests import factories
from tests.desk.conftest import _fixed_moment, office, sign_in

__all__ = ["_fixed_moment", "office", "sign_in"]
Moves = Callable[[int, int], None]


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


@pytest.fixture(autouse=True)
def _word(office: factories.Office) -> None:
    office.body.profile = office.body.profile | {"letter_word": "云商"}
    office.body.save(update_fields=["profile"])


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Moves:
    """Sets the desk's clock to ten o'clock of a day of 2026."""

    def moved(month: int, day: int) -> None:
        moment = datetime(2026, month, day, 10, tzinfo=CHINA)
        monkeypatch.setattr(seat, "timezone", SimpleNamespace(now=lambda: moment))

    return moved


TYPED = {
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


def to(name: str, case: DisclosureRequest, **more: object) -> str:
    return reverse(f"desk:{name}", kwargs={"uuid": case.uuid, **more})


def entered(browser: Client, **changed: object) -> DisclosureRequest:
    """A request typed in at the desk."""
    answer = browser.post(reverse("desk:request_new"), {**TYPED, **changed})
    assert answer.status_code == 302, answer.content.decode()
    return DisclosureRequest.objects.latest("id")


def second_officer(at: factories.Office) -> Person:
    """One more of the disclosure office."""
    return factories.person("公开戊", "disclosure_office", at.body)
