"""Workers killed with -9 while they work: no job lost, no effect doubled."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bench.killing.place import place

# django_db: this belongs to the runs on every database, though it makes one of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_eight_kills_over_two_hundred_jobs(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path / "queue", postgresql=url) as where:
        said = where.python(
            *("-m", "bench.killing", "--writers", "0", "--workers", "2", "--before", "100"),
            *("--rounds", "4", "--alive", "0.1", "0.35", "--work", "0.03"),
            timeout=300,
        ).stdout
    out = json.loads(said)
    assert out["sound"], out
    assert (out["rounds"], out["killed"]) == (4, 8)
    assert out["acknowledged"] == out["written"] == 100
    assert out["jobs"]["succeeded"] == 200
    assert out["retried"] > 0, "no kill hit a running job: the test proves nothing"
