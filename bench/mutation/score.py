"""The share of mutants noticed, and the survivors by function, from `mutmut results --all true`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

NOTICED = {"killed", "timeout", "caught by type check", "segfault"}
_LINE = re.compile(r"\s*(?P<name>\S+)__mutmut_\d+: (?P<state>.+)")


def main() -> None:
    """Print both."""
    found = [m for m in map(_LINE.match, Path(sys.argv[1]).read_text("utf-8").splitlines()) if m]
    states = Counter(m["state"] for m in found)
    judged = sum(n for state, n in states.items() if state != "not checked")
    noticed = sum(n for state, n in states.items() if state in NOTICED)
    survivors = Counter(m["name"] for m in found if m["state"] not in {*NOTICED, "not checked"})
    for name, number in survivors.most_common():
        print(f"{number:5} {name}")
    print(f"{noticed} of {judged} mutants noticed: {noticed / max(judged, 1):.1%} ({dict(states)})")


if __name__ == "__main__":
    main()
