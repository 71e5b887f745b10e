"""Workers killed with -9 while they unpack: every entry is there, and there once."""

from __future__ import annotations

import json
import os
import signal
import time
import zipfile
from pathlib import Path

import pytest

from bench.killing.place import Place, place
from tests.inventory.test_kill import PREPARE, worker_in

# django_db: this belongs to the runs on every database, though it makes one of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ENTRIES, KILLS = 2500, 2
COUNT = """
import django, json; django.setup()
from gongkai.inventory.models import InventoryFile, InventoryRun
from gongkai.records import store
run = InventoryRun.objects.get()
out = InventoryFile.objects.exclude(archive=None).select_related("file")
print(json.dumps({
    "out": out.count(), "places": out.values("place").distinct().count(),
    "names": out.values("name").distinct().count(), "kept": run.unpacked_count,
    "files": run.file_count, "left_out": run.left_out_count, "archives": run.archive_count,
    "lost": sum(not store.path_of(file.file.sha256).exists() for file in out),
    "done": not run.files.filter(kind="archive", opened_at=None).exists(),
}))
"""


def _archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(ENTRIES):
            archive.writestr(f"旧文/{n}.txt", f"信息名称:第{n}件通知\n\n正文。\n")
        archive.writestr("旧文/Thumbs.db", "x")
    return path


def _count(where: Place) -> dict[str, int]:
    found: dict[str, int] = json.loads(where.python("-c", COUNT).stdout)
    return found


def test_unpacking_survives_the_death_of_its_workers(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path / "killed", postgresql=url) as where:
        where.python("-c", PREPARE)
        archive = _archive(tmp_path / "旧网站.zip")
        where.python("-m", "gongkai", "intake", "start", str(archive), "--body", "Q1")
        seen = [0]
        for n in range(KILLS + 1):
            worker, until = worker_in(where), time.monotonic() + 120
            while (now := _count(where))["out"] == seen[-1] and time.monotonic() < until:
                pass
            while n == KILLS and not now["done"] and time.monotonic() < until:
                now = _count(where)
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
            seen.append(_count(where)["out"])
            if now["done"]:
                break
        found = _count(where)
    assert len(seen) > 2, "unpacked before the first kill: this proves nothing"
    assert found == {
        "out": ENTRIES,
        "places": ENTRIES,
        "names": ENTRIES,
        "kept": ENTRIES,
        "files": ENTRIES + 1,
        "left_out": 1,
        "archives": 1,
        "lost": 0,
        "done": True,
    }
