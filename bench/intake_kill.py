"""A run whose worker is killed with -9 at each third: every row has one end, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.inventory.models import InventoryRun

PATIENCE = 600


def survives(folder: Path, count: int) -> bool:
    """Carry out a run of so many rows by workers that are killed on the way, and count."""
    from bench.intake import begun
    from gongkai.inventory import tasks

    run = begun(folder, count, "rows", "killed")
    tasks.work.enqueue(run.pk)
    killed = 0
    for part in (count // 3, 2 * count // 3):
        worker = _worker()
        _until(run, part)
        killed += run.state == "running"
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    worker = _worker()
    _until(run, count)
    os.killpg(worker.pid, signal.SIGTERM)
    worker.wait()
    return _told(run, count, killed)


def _worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "gongkai", "worker", "--processes", "1"]
    return subprocess.Popen(
        command,
        env=dict(os.environ),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _until(run: InventoryRun, done: int) -> None:
    """Wait until so many rows have their end, and the run its own when that is all of them."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        run.refresh_from_db()
        if run.done_count >= done and (done < run.row_count or run.state == "finished"):
            return
        time.sleep(0.05)
    raise SystemExit(f"killed: only {run.done_count} of {done} rows done in {PATIENCE} s")


def _told(run: InventoryRun, count: int, killed: int) -> bool:
    from gongkai.journal.models import Entry
    from gongkai.journal.verify import verify
    from gongkai.records.models import Record

    records = Record.objects.filter(body=run.body_id)
    made = records.count()
    lines = Entry.objects.filter(event="record.captured", body_id=run.body_id).count()
    ends = (run.record_count, run.duplicate_count, run.rejected_count)
    well = (
        sum(ends) == count
        and made == lines == run.record_count
        and records.values("document_number").distinct().count() == made
        and verify().sound
    )
    print(
        f"{count:,} rows, worker killed {killed} times: {ends[0]:,} records + {ends[1]} repeats + "
        f"{ends[2]} not taken = {sum(ends):,}; {made:,} records in the database, "
        f"{lines:,} journal lines of them; {'nothing lost, nothing twice' if well else 'WRONG'}",
        flush=True,
    )
    return well and killed == 2
