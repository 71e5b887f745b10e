"""`python -m bench.request_year [--seed 7] [--rows 3600] [--live 0] [--only sqlite|postgresql]`.

A year of invented requests goes in by `gongkai requests import`, once more (nothing may change),
out by `gongkai requests export`, and into a second body from what came out. After each the 190
cells of tables three and four are counted from the database and compared with what was put in.
Then `gongkai report compute --json` makes the report of that year and of its neighbours: the 190
cells must be those put in, and what one year carries over must be what the next carries in.
With `--live 400` so many invented requests are handled instead, day by day, every step by its
action: filed, confirmed, supplemented, consulted on, charged, answered by letter, taken further.
Exit code 1 on any difference.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.kill9 import databases
from bench.killing.place import Place, place

BODIES = ("11Y901", "11Y902")
YEAR = 2025


def main() -> int:
    """Prints a line per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rows", type=int, default=3600)
    parser.add_argument("--live", type=int, default=0)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="gongkai-year-") as folder, ExitStack() as stack:
        for name, url in databases(asked.only, stack):
            with place(Path(folder) / f"year-{name}", postgresql=url) as where:
                wrong += (_live if asked.live else _one)(name, where, asked)
    return 1 if wrong else 0


def _live(name: str, where: Place, asked: argparse.Namespace) -> int:
    began = time.monotonic()
    of = ("live", "-", str(asked.seed), str(asked.live))
    told = where.json("bench.request_year.inside", *of)
    took = 1000 * (time.monotonic() - began) / told["deeds"]
    sys.stdout.write(
        f"{name:10} handled: {told['requests']} requests, {told['deeds']} deeds, "
        f"{told['letters']} letters served, {took:.0f} ms a deed; {_verdict(told)}\n"
    )
    sys.stdout.flush()
    return 1 if told["differences"] else 0


def _one(name: str, where: Place, asked: argparse.Namespace) -> int:
    for code in BODIES:
        where.python("-m", "gongkai", "bodies", "add", code, f"试验机关{code[-1]}")
    of = (str(asked.seed), str(asked.rows))
    where.json("bench.request_year.inside", "write", str(where.folder), *of)
    first, again, back = (where.folder / n for n in ("year.xlsx", "year.csv", "out.xlsx"))
    wrong = 0
    for step, body, file in (
        ("import xlsx", BODIES[0], first),
        ("again, csv", BODIES[0], again),
        ("export all", BODIES[0], None),
        ("import export", BODIES[1], back),
    ):
        began = time.monotonic()
        if file is None:
            args = ["export", "--body", body, "--xlsx", str(back), "--personal"]
            where.python("-m", "gongkai", "requests", *args)
            said: dict[str, Any] = {}
        else:
            args = ["import", str(file), "--body", body, "--json"]
            said = json.loads(where.python("-m", "gongkai", "requests", *args).stdout)
        took = time.monotonic() - began
        counted = where.json("bench.request_year.inside", "compare", body, *of)
        good = not counted["differences"] and not said.get("refused")
        wrong += not good
        sys.stdout.write(_line(name, step, took, asked.rows, said) + f"; {_verdict(counted)}\n")
        sys.stdout.flush()
    return wrong + _reports(name, where, of)


def _reports(name: str, where: Place, of: tuple[str, str]) -> int:
    """The reports of the year before, the year, and the year after; 1 when a cell is wrong."""
    told: list[dict[str, Any]] = []
    began = time.monotonic()
    for year in (YEAR - 1, YEAR, YEAR + 1):
        args = ["compute", "--body", BODIES[0], "--year", str(year), "--json"]
        told.append(json.loads(where.python("-m", "gongkai", "report", *args).stdout))
    took = (time.monotonic() - began) / len(told)
    file = where.folder / "report.json"
    file.write_text(json.dumps(told[1]), encoding="utf-8")
    found = where.json("bench.request_year.inside", "report", str(file), *of)
    findings = [finding for report in told for finding in report["findings"]]
    passed = [
        (before["t3"]["carry_out"], after["t3"]["carry_in"]) for before, after in pairwise(told)
    ]
    good = not found["differences"] and not findings and all(a == b for a, b in passed)
    sys.stdout.write(
        f"{name:10} {'report':14} {took:6.1f} s each; {_verdict(found)}; {len(findings)} findings; "
        f"carried over and in: {', '.join(f'{a[-1]} = {b[-1]}' for a, b in passed)}\n"
    )
    sys.stdout.flush()
    return 0 if good else 1


def _line(name: str, step: str, took: float, rows: int, said: dict[str, Any]) -> str:
    told = f"{name:10} {step:14} {took:6.1f} s, {1000 * took / rows:5.1f} ms a row"
    if said:
        told += f"; {said['imported']} new, {said['repeated']} known"
        told += f", {len(said['refused'])} refused {said['refused'][:2] or ''}"
    return told


def _verdict(counted: dict[str, Any]) -> str:
    off = counted["differences"]
    return f"{counted['cells'] - len(off)} of {counted['cells']} cells right {off[:3] or ''}"


if __name__ == "__main__":
    raise SystemExit(main())
