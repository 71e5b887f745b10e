"""A body with requests written straight into its tables: what is counted, not how it came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from gongkai.disclosure.models import Applicant, DisclosureRequest
from gongkai.orgs.models import Body
from tests import factories
from tests.factories import NOW, Office


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


@pytest.fixture
def office(db: None) -> Office:
    return factories.office()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for counting; `joined` is the place of the one it was joined into."""

    received_on: date | None
    kind: str = "natural"
    outcome: str = ""
    ended_on: date | None = None
    joined: int | None = None
    reopened: bool = False
    rectification: bool = False
    channel: str = "counter"


def put(body: Body, asked: Iterable[Asked], *, first: int = 1) -> list[DisclosureRequest]:
    """The requests in the tables, numbered from `first`."""
    given = list(asked)
    made = DisclosureRequest.objects.bulk_create(
        DisclosureRequest(
            body=body,
            number=f"依申请{first + n}号",
            receipt_number=f"R{body.pk}-{first + n}",
            state=_state(each),
            channel=each.channel,
            arrived_on=each.received_on or date(2025, 6, 1),
            received_on=each.received_on,
            outcome=each.outcome,
            replied_on=each.ended_on,
            in_time=True if each.outcome else None,
            is_rectification=each.rectification,
            created_at=NOW,
        )
        for n, each in enumerate(given)
    )
    Applicant.objects.bulk_create(
        Applicant(request=row, kind=each.kind) for row, each in zip(made, given, strict=True)
    )
    for row, each in zip(made, given, strict=True):
        if each.joined is not None:
            row.joined_into, row.state = made[each.joined], "closed"
            row.save(update_fields=["joined_into", "state"])
        if each.reopened:
            row.reopened_from = made[0]
            row.save(update_fields=["reopened_from"])
    return made


def _state(each: Asked) -> str:
    if each.outcome:
        return "replied"
    return "accepted" if each.received_on else "awaiting_confirmation"
