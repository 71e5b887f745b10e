"""An office for the tests of the public side, and an index in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from gongkai import plug
from tests import factories
from tests.portal.fakes import MemoryIndex


@pytest.fixture
def at(db: None, data_dir: Path, settings: Settings) -> factories.Office:
    """An office with its people. Its papers are plain: what scanners find is tested elsewhere."""
    settings.GONGKAI_SCANNERS = ["tests.portal.fakes.BlindScanner"]
    return factories.office()


@pytest.fixture
def index(settings: Settings) -> MemoryIndex:
    """Stands in for the search backend."""
    settings.GONGKAI_SEARCH_BACKEND = "tests.portal.fakes.MemoryIndex"
    made = plug.search()
    assert isinstance(made, MemoryIndex)
    return made
