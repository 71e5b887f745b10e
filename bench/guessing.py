"""Can a stranger tell by the clock which receipt numbers exist?

`python -m bench.guessing [--tries 600]`. The tracking page is asked, in random order, with numbers
that do not exist (twice, A and A′) and with a right number and a wrong secret (B). What two equal
groups differ by is noise; B may differ from A by no more than that. Each group's medians are
compared under 2,000 random splittings of A and A′; the bound is the widest difference but one in
a hundred. The same is measured of the function alone, without the page around it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bench.pages import _set_up

SPLITS = 2000
CASES = 300
WRONG = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"
Ask = Callable[[str], None]


def main() -> int:
    """Two lines; exit code 1 when B can be told from A."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=600)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        _set_up(Path(folder))
        there, missing = _numbers()
        found = [
            _one("open_with_secret", _function(), there, missing, asked.tries * 10),
            _one("POST /requests/track/", _page(), there, missing, asked.tries),
        ]
    return 0 if all(found) else 1


def _numbers() -> tuple[list[str], list[str]]:
    """Receipt numbers that exist, and as many that do not."""
    from django.utils import timezone

    from bench.request_pages import body_with_requests
    from gongkai.disclosure.actions.secrets import new_receipt_number
    from gongkai.disclosure.models import DisclosureRequest

    body_with_requests(CASES)
    there = list(DisclosureRequest.objects.values_list("receipt_number", flat=True))
    day = timezone.now().date()
    return there, [new_receipt_number(day - timedelta(days=n % 300)) for n in range(CASES)]


def _function() -> Ask:
    from gongkai.disclosure.actions.secrets import open_with_secret

    def ask(number: str) -> None:
        assert open_with_secret(number, WRONG) is None

    return ask


def _page() -> Ask:
    """Each try from an address of its own, so that the bound on tries does not answer."""
    from django.test import Client

    client, tries = Client(), iter(range(10**9))

    def ask(number: str) -> None:
        n = next(tries)
        answer = client.post(
            "/requests/track/",
            {"number": number, "secret": WRONG},
            REMOTE_ADDR=f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}",
            HTTP_HOST="127.0.0.1",
        )
        assert answer.status_code == 422, answer.status_code

    return ask


def _one(name: str, ask: Ask, there: list[str], missing: list[str], tries: int) -> bool:
    groups = ["A", "A′", "B"] * tries
    random.shuffle(groups)
    took: dict[str, list[float]] = {"A": [], "A′": [], "B": []}
    for _warm in range(30):
        ask(random.choice(there))
        ask(random.choice(missing))
    for group in groups:
        number = random.choice(there if group == "B" else missing)
        began = time.perf_counter()
        ask(number)
        took[group].append((time.perf_counter() - began) * 1e6)
    median = {group: statistics.median(values) for group, values in took.items()}
    noise = _noise(took["A"] + took["A′"], tries)
    apart = abs(median["B"] - statistics.median(took["A"] + took["A′"]))
    good = apart <= noise
    verdict = "ok  " if good else "TOLD"
    medians = ", ".join(f"{group} {median[group]:.1f}" for group in median)
    told = f"{apart:.1f} apart, noise of equal groups up to {noise:.1f}"
    print(f"{verdict} {name}: medians in µs {medians}; {told} ({tries} tries each)", flush=True)
    return good


def _noise(values: list[float], size: int) -> float:
    """How far the medians of two equal groups lie apart, but for one time in a hundred."""
    found = []
    for _split in range(SPLITS):
        random.shuffle(values)
        found.append(abs(statistics.median(values[:size]) - statistics.median(values[size:])))
    return sorted(found)[int(SPLITS * 0.99)]


if __name__ == "__main__":
    sys.exit(main())
