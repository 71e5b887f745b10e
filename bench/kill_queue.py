"""Workers killed with -9 again and again over a full queue; no job lost, no effect doubled.

`python -m bench.kill_queue [--jobs 2000] [--kills 40] [--only sqlite|postgresql]`. Workers are
real `gongkai worker` processes. Half of the jobs are idempotent, half are not but declared
`atomic`; each leaves a mark that counts. Told beside it: jobs per second with the killing, and
without it in the same run as the baseline.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.kill9 import databases
from bench.killing.place import place


def main() -> int:
    """Prints a line per database; exit code 1 when a job was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    sound = []
    with tempfile.TemporaryDirectory(prefix="gongkai-kill-") as folder, ExitStack() as stack:
        for name, url in databases(asked.only, stack):
            killed = _run(Path(folder) / f"{name}-killed", url, asked.jobs, asked.kills)
            calm = _run(Path(folder) / f"{name}-calm", url, asked.jobs, 0)
            sound += [killed["sound"], calm["sound"]]
            sys.stdout.write(_text(name, killed, calm))
            sys.stdout.flush()
    return 0 if sound and all(sound) else 1


def _run(folder: Path, url: str, jobs: int, kills: int) -> dict[str, Any]:
    with place(folder, postgresql=url) as where:
        load = ["--writers", "0", "--workers", "2", "--before", str(jobs // 2), "--command"]
        rounds = ["--rounds", str(kills // 2), "--alive", "2.5", "4.0"]
        return where.json("bench.killing", *load, *rounds)


def _text(name: str, killed: dict[str, Any], calm: dict[str, Any]) -> str:
    verdict = "ok" if killed["sound"] and calm["sound"] else "WRONG"
    done = killed["jobs"]["succeeded"]
    rate, calm_rate = done / killed["seconds"], calm["jobs"]["succeeded"] / calm["seconds"]
    return (
        f"{verdict:5} {name:10} {killed['killed']} kills over {done} jobs: "
        f"{killed['lost_count']} lost, {killed['doubled_count']} doubled, "
        f"{len(killed['faults'])} faults, {killed['retried']} taken over; "
        f"{rate:.0f} jobs/s against {calm_rate:.0f} without kills ({rate / calm_rate:.2f}x)\n"
        + "".join(f"      {fault}\n" for fault in [*killed["faults"], *calm["faults"]])
    )


if __name__ == "__main__":
    raise SystemExit(main())
