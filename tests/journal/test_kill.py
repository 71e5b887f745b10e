"""Writers and workers killed with -9: nothing acknowledged is lost or doubled, the chain holds."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bench.killing.place import place

# django_db: this belongs to the runs on every database, though it makes one of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_writers_killed_under_load(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path / "journal", postgresql=url) as where:
        said = where.python(
            *("-m", "bench.killing", "--writers", "4", "--workers", "1"),
            *("--rounds", "4", "--alive", "0.3", "0.8"),
            timeout=300,
        ).stdout
        checked = where.python("-m", "gongkai", "journal", "verify", "--json", timeout=180).stdout
    out = json.loads(said)
    assert out["sound"], out
    assert (out["rounds"], out["killed"]) == (4, 20)
    assert out["acknowledged"] > 3
    report = json.loads(checked)
    assert (report["sound"], report["head_seq"]) == (True, out["written"])
