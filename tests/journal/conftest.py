"""Lines for the journal's own tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from gongkai.journal import events
from gongkai.journal.actions import append
from gongkai.journal.models import Entry
from gongkai.journal.values import Actor, Change, Subject

LEADER = Actor(id=7, name="王岚", role="主管领导", body_id=3)

Write = Callable[..., list[Entry]]


@pytest.fixture(autouse=True)
def _sample_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Known only here: the reference pages list what is registered."""
    monkeypatch.setattr(events, "_sentences", dict(events._sentences))
    monkeypatch.setattr(events, "_kinds", dict(events._kinds))
    events.register(
        {
            "sample.made": "{actor}（{role}）建立了{subject}。",
            "sample.moved": (
                "{actor}把{subject}从“{from_state}”改为“{to_state}”，依据{basis}。{note}"
            ),
        },
        kinds={"sample": "样品"},
    )


@pytest.fixture
def write(db: None) -> Write:
    """`write(n)` appends n lines and returns them."""

    def lines(count: int = 1, **change: object) -> list[Entry]:
        made = []
        for number in range(1, count + 1):
            with transaction.atomic():
                made.append(
                    append(
                        event="sample.moved",
                        actor=LEADER,
                        subject=Subject("sample", number),
                        change=Change(
                            "draft",
                            "proposed",
                            "《条例》第十七条",
                            f"第{number}次",
                            data={"note": number, **change},
                        ),
                    )
                )
        return made

    return lines
