"""Requests carried from form to answer by processes killed with -9: nothing told is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.killing.place import place

# django_db: this belongs to the runs on every database, though it makes one of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_requests_killed_under_load(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path / "requests", postgresql=url) as where:
        out = where.json(
            *("bench.killing", "--deed", "disclosure", "--writers", "3", "--workers", "1"),
            *("--rounds", "4", "--alive", "1.0", "2.0"),
        )
    assert out["sound"], out
    assert (out["rounds"], out["killed"]) == (4, 16)
    assert out["acknowledged"] > 3
