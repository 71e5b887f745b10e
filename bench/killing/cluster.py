"""A PostgreSQL server killed with -9, all its processes, and started again on the same folder."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def kill(data: Path) -> None:
    """SIGKILL the postmaster of that data folder and every child of it."""
    master = int((data / "postmaster.pid").read_text().splitlines()[0])
    family = [master, *_children(master)]
    for pid in family:
        _kill(pid)
    end = time.monotonic() + 10
    while any(_lives(pid) for pid in family) and time.monotonic() < end:
        time.sleep(0.01)
    if any(_lives(pid) for pid in family):
        raise RuntimeError("PostgreSQL processes survived SIGKILL")
    # They are dead; a zombie that nobody has reaped yet would look alive to the new postmaster.
    (data / "postmaster.pid").unlink(missing_ok=True)
    for lock in data.parent.glob(".s.PGSQL.*.lock"):
        lock.unlink()


def start(data: Path) -> None:
    """Start it as it was started before; returns when it has recovered and answers."""
    owner = data.stat()
    words = shlex.split((data / "postmaster.opts").read_text())
    control = Path(words[0]).parent / "pg_ctl"
    options = words[words.index("-D") + 2 :] if "-D" in words else words[1:]
    subprocess.run(
        [str(control), "-D", str(data), "-s", "-w", "-t", "120", "-l", str(data.parent / "log"),
         "-o", shlex.join(options), "start"],
        user=owner.st_uid if os.getuid() == 0 else None,
        group=owner.st_gid if os.getuid() == 0 else None,
        extra_groups=[] if os.getuid() == 0 else None,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _children(parent: int) -> list[int]:
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _parent(pid) == parent]


def _parent(pid: int) -> int | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]) if fields[0] not in "ZX" else None


def _lives(pid: int) -> bool:
    return _parent(pid) is not None


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
