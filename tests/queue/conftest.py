"""A clock and an empty notebook for the queue's tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gongkai.queue import cron
from tests.queue import sample_tasks


class Clock:
    """Callable like `timezone.now`; `tick(seconds)` moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def tick(self, seconds: float) -> datetime:
        self.moment += timedelta(seconds=seconds)
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock everything in the queue reads."""
    made = Clock()
    monkeypatch.setattr("django.utils.timezone.now", made)
    return made


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the sample tasks noted; no periodic jobs unless the test registers some."""
    monkeypatch.setattr(cron, "_table", {})
    sample_tasks.SEEN.clear()
    yield sample_tasks.SEEN
    sample_tasks.SEEN.clear()
