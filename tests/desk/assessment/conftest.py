"""An office at a fixed moment; the desk's clock can be moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from gongkai.desk import seat
from gongkai.kit.dates import CHINA
from tests.desk.conftest import _fixed_moment, office, sign_in

__all__ = ["_fixed_moment", "office", "sign_in"]
Moves = Callable[[int, int], None]


@pytest.fixture(autouse=True)
def _own_data(data_dir: Path) -> None:
    """Files land in a folder of the test."""


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Moves:
    """Sets the desk's clock to ten o'clock of a day of 2026."""

    def moved(month: int, day: int) -> None:
        moment = datetime(2026, month, day, 10, tzinfo=CHINA)
        monkeypatch.setattr(seat, "timezone", SimpleNamespace(now=lambda: moment))

    return moved
