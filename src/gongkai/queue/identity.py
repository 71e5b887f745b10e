"""Who a worker process is, and whether another of this machine still lives (Linux)."""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def here() -> str:
    """This machine, since its last start, and this namespace of process ids; "" when unknown.

    Two containers may share a name; they do not share the namespace.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()[:8]
        space = (_PROC / "self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        return ""
    return f"{socket.gethostname()[:60]}/{boot}/{space}"


def _started(pid: int) -> str | None:
    """When the process began, in clock ticks; None when there is none (or only a zombie)."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]


def me() -> str:
    """The name of this process: `machine/pid/start`."""
    pid = os.getpid()
    return f"{here() or socket.gethostname()[:60]}/{pid}/{_started(pid) or 0}"


def is_dead(name: str) -> bool:
    """True only when `name` is a process of this machine that certainly has ended."""
    place, _, rest = name.rpartition("/")
    place, _, pid = place.rpartition("/")
    if not place or place != here() or not pid.isdigit():
        return False
    return _started(int(pid)) != rest
