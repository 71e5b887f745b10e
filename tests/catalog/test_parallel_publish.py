"""Twenty publish at once: no gap, no number twice, nothing published twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.killing.place import place

# django_db: this belongs to the runs on every database, though it makes one of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_twenty_publishers_each_paper_tried_twice(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path / "parallel", postgresql=url) as where:
        out = where.json("bench.killing.parallel", "--publishers", "20", "--each", "2")
    assert out["sound"], out
    assert (out["published"], out["refused"]) == (20, 20)


def test_publishers_killed_under_load(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path / "killed", postgresql=url) as where:
        load = ["--deed", "publishing", "--writers", "4", "--workers", "1"]
        out = where.json("bench.killing", *load, "--rounds", "3", "--alive", "1.5", "2.5")
    assert out["sound"], out
    assert (out["rounds"], out["killed"]) == (3, 15)
    assert out["acknowledged"] > 3
