"""Workers killed with -9 in the middle of a run: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.killing.place import ROOT, Place, place

# django_db: this belongs to the runs on every database, though it makes one of its own.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAPERS, ROWS, KILLS = 200, 200, 4
PREPARE = """
import django; django.setup()
from django.utils import timezone
from gongkai.orgs import actions
actions.create_body(fields={"code": "Q1", "name": "青石区商务局"}, by=None, now=timezone.now())
"""
COUNT = """
import django, json; django.setup()
from gongkai.inventory.models import InventoryRun
from gongkai.journal.models import Entry
from gongkai.journal.verify import verify
from gongkai.records.models import Record
run = InventoryRun.objects.get()
captured = Entry.objects.filter(event="record.captured")
print(json.dumps({
    "records": Record.objects.count(), "titles": Record.objects.values("title").distinct().count(),
    "captured": captured.count(), "rows": run.items.count(), "kept": run.row_count,
    "ends": [run.record_count, run.duplicate_count, run.rejected_count],
    "sound": verify().sound,
    "finished": Entry.objects.filter(event="inventory.finished").count(),
}))
"""


# Asked line by line: a command of its own for each look would start slower than the run goes.
LOOK = """
import django, sys; django.setup()
from gongkai.inventory.models import InventoryRun
for _ in sys.stdin:
    run = InventoryRun.objects.get()
    print(run.record_count + run.duplicate_count + run.rejected_count, flush=True)
"""


def _folder(folder: Path) -> Path:
    folder.mkdir()
    for n in range(PAPERS):
        text = f"信息名称:第{n}件通知\n文   号:青商字〔2008〕{n}号\n\n自51日起施行。\n"
        (folder / f"{n:03d}.txt").write_text(text, encoding="utf-8")
    rows = "".join(f"第{PAPERS + n}件通知,2008-01-20\n" for n in range(ROWS))
    (folder / "表.csv").write_text("信息名称,生成日期\n" + rows, encoding="utf-8")
    (folder / "重.txt").write_bytes((folder / "000.txt").read_bytes())
    (folder / "坏.docx").write_bytes(b"PK\x03\x04no")
    return folder


def _status(where: Place) -> dict[str, Any]:
    said = where.python("-m", "gongkai", "intake", "status", "--json").stdout
    found: dict[str, Any] = json.loads(said)["runs"][0]
    return found


def worker_in(where: Place) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gongkai", "worker", "--processes", "1"]
    return subprocess.Popen(
        command,
        env=where.env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_a_run_survives_the_death_of_its_workers(tmp_path: Path) -> None:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    papers = _folder(tmp_path / "旧文")
    with place(tmp_path / "killed", postgresql=url) as where:
        where.python("-c", PREPARE)
        where.python("-m", "gongkai", "intake", "start", str(papers), "--body", "Q1")
        at: list[int] = []
        with _looking(where) as done:
            for _ in range(KILLS):
                worker, before = worker_in(where), done()
                until = time.monotonic() + 60
                while done() == before and time.monotonic() < until:
                    time.sleep(0.02)
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
                at.append(done())
        assert at[0] < PAPERS + ROWS, "the run was over before the first kill: this proves nothing"
        worker, until = worker_in(where), time.monotonic() + 180
        while _status(where)["state"] != "finished" and time.monotonic() < until:
            time.sleep(0.5)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        found = json.loads(where.python("-c", COUNT).stdout)
    whole = PAPERS + ROWS
    assert found == {
        "records": whole,
        "titles": whole,
        "captured": whole,
        "rows": whole + 2,
        "kept": whole + 2,
        "ends": [whole, 1, 1],
        "sound": True,
        "finished": 1,
    }


@contextmanager
def _looking(where: Place) -> Iterator[Callable[[], int]]:
    """How many rows have their end, asked of one process that stays."""
    with subprocess.Popen(
        [sys.executable, "-c", LOOK],
        env=where.env,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as looker:
        assert looker.stdin is not None and looker.stdout is not None
        asked, told = looker.stdin, looker.stdout

        def done() -> int:
            asked.write("\n")
            asked.flush()
            return int(told.readline())

        yield done
        asked.close()
