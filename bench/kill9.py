"""Kill -9 of everything, 40 times, under 8 writers; then 20 parallel publishers; on each database.

`python -m bench.kill9 [--rounds 40] [--writers 8] [--only sqlite|postgresql] [--deed NAME]`.

Writers carry papers through the product's own actions (draft, propose, verify, decide, publish)
and note each change in a synced side file only after it was committed; two workers index them.
With `--deed disclosure` they carry requests (filed, confirmed, supplemented, extended, answered,
served), each paper sealed on disk, three series of numbers at once.
Every round all of them are killed with SIGKILL at a random moment, on PostgreSQL the whole server
too. At the end nothing noted may be missing or twice, the journal must verify, the numbers must
run without gap, the index must hold what is published.

The baseline, in the same run: a careless writer that says done before the commit and enqueues
after it. It must lose, or the harness could not find a loss.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.killing.cluster import DURABLE
from bench.killing.place import place
from tests import postgres

ALIVE = ("1.0", "2.5")


def main() -> int:
    """Prints a line per part; exit code 1 when something acknowledged was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--deed", choices=["publishing", "disclosure"], default="publishing")
    parser.add_argument("--alive", nargs=2, default=ALIVE, help="seconds a round lives, from to")
    parser.add_argument("--publishers", type=int, default=20)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    said: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="gongkai-kill-") as folder, ExitStack() as stack:
        for name, url in databases(asked.only, stack):
            for line in _one(name, url, Path(folder), asked):
                said.append(line)
                sys.stdout.write((json.dumps(line) if asked.json else _text(line)) + "\n")
                sys.stdout.flush()
    return 0 if said and all(line["as_wanted"] for line in said) else 1


def databases(only: str | None, stack: ExitStack) -> Iterator[tuple[str, str]]:
    if only != "postgresql":
        yield "SQLite", ""
    if only != "sqlite":
        try:
            yield "PostgreSQL", stack.enter_context(postgres.server(DURABLE))
        except postgres.Unavailable as reason:
            sys.stdout.write(f"PostgreSQL: skipped. {reason}\n")


def _one(name: str, url: str, folder: Path, asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    root = parse_qs(urlsplit(url).query).get("host", [""])[0]
    crash = ["--crash", f"{root}/data"] if root else []
    load = ["--writers", str(asked.writers), "--workers", "2"]
    rounds = ["--rounds", str(asked.rounds), "--alive", *asked.alive]
    with place(folder / f"{name}-product", postgresql=url) as where:
        args = ["bench.killing", "--deed", asked.deed, *load, *rounds, *crash]
        yield _line(name, f"{asked.deed}, killed", where.json(*args), sound=True)
    with place(folder / f"{name}-careless", postgresql=url) as where:
        few = ["--rounds", str(min(asked.rounds, 10)), "--alive", "0.5", "1.0"]
        args = ["bench.killing", "--deed", "careless", *load, *few, *crash]
        yield _line(name, "baseline, killed", where.json(*args), sound=False)
    if asked.deed != "publishing":
        return
    with place(folder / f"{name}-parallel", postgresql=url) as where:
        args = ["bench.killing.parallel", "--publishers", str(asked.publishers)]
        yield _line(name, "parallel publishers", where.json(*args), sound=True)


def _line(database: str, part: str, out: dict[str, Any], *, sound: bool) -> dict[str, Any]:
    return {"database": database, "part": part, "as_wanted": out["sound"] is sound, **out}


def _text(line: dict[str, Any]) -> str:
    verdict = "ok" if line["as_wanted"] else "WRONG"
    head = f"{verdict:5} {line['database']:10} {line['part']:20}"
    if "papers" in line:
        return (
            f"{head} {line['publishers']} publishers, {line['papers']} papers each tried twice: "
            f"{line['published']} published, {line['refused']} refused, "
            f"{len(line['errors'])} errors, {len(line['faults'])} faults, {line['seconds']} s"
        )
    share = line["lost_count"] / max(line["acknowledged"], 1)
    return (
        f"{head} {line['rounds']} rounds, {line['killed']} processes killed, "
        f"{line['acknowledged']} acknowledged: {line['lost_count']} lost ({share:.2%}), "
        f"{line['doubled_count']} doubled, {len(line['faults'])} faults; "
        f"jobs {line['jobs'].get('succeeded', 0)} done, {line['retried']} taken over; "
        f"{line['seconds']} s"
        + ("" if line["as_wanted"] else f"\n      {line['lost'][:3]} {line['faults'][:3]}")
    )


if __name__ == "__main__":
    raise SystemExit(main())
