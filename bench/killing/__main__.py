"""`python -m bench.killing --writers 8 --rounds 40`: a campaign on the database of the settings."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Callable
from pathlib import Path

import django


def main() -> int:
    """Prints one line of JSON; exit code 0 when everything acknowledged is there, once."""
    parser = argparse.ArgumentParser(prog="python -m bench.killing")
    parser.add_argument(
        "--deed", default="journal", choices=["journal", "careless", "publishing", "disclosure"]
    )
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--alive", type=float, nargs=2, default=(0.3, 1.2))
    parser.add_argument("--before", type=int, default=0, help="operations before the first kill")
    parser.add_argument("--work", type=float, default=0.004, help="longest half of a job, seconds")
    parser.add_argument("--crash", default="", help="PostgreSQL data folder to kill as well")
    parser.add_argument("--command", action="store_true", help="workers as `gongkai worker`")
    asked = parser.parse_args()
    django.setup()
    logging.disable(logging.CRITICAL)  # killed servers make noise; the audit tells
    from bench.killing import deeds, disclosure, effects, publishing
    from bench.killing.campaign import Campaign, Plan

    effects.LONGEST = asked.work
    kinds: dict[str, Callable[[], deeds.Deed]] = {
        "journal": lambda: deeds.JournalAndQueue(asked.before),
        "careless": deeds.Careless,
        "publishing": publishing.Publishing,
        "disclosure": disclosure.Disclosure,
    }
    plan = Plan(
        writers=asked.writers,
        workers=asked.workers,
        rounds=asked.rounds,
        alive=(asked.alive[0], asked.alive[1]),
        command=asked.command,
        crash=asked.crash,
    )
    outcome = Campaign(kinds[asked.deed](), plan, Path(os.environ["GONGKAI_DATA"])).run()
    print(outcome.as_json())
    return 0 if outcome.sound else 1


if __name__ == "__main__":
    raise SystemExit(main())
