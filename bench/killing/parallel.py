"""`python -m bench.killing.parallel --publishers 20`: many publish at once, on one body.

Every paper is tried by two publishers in the same moment: one succeeds, one is refused with a
sentence. Then the numbers are audited: no gap, none twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import django


@dataclass(slots=True)
class Outcome:
    """What happened; `sound` only when all is published once with numbers 1, 2, 3 …"""

    publishers: int
    papers: int
    published: int = 0
    refused: int = 0
    errors: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """The criterion."""
        return not (self.errors or self.faults) and self.published == self.refused == self.papers


def publish_together(publishers: int, each: int, folder: Path) -> Outcome:
    """Review `publishers * each / 2` papers, then publish them all at once, each tried twice."""
    from django.db import connections
    from django.utils import timezone

    from bench.killing.campaign import fork
    from bench.killing.publishing import numbers
    from gongkai.journal import verify
    from tests import factories

    at = factories.office()
    papers = []
    for number in range(publishers * each // 2):
        record = factories.draft(at, now=timezone.now(), title=f"同时发布试验{number}")
        factories.review_fully(record, at, now=timezone.now())
        papers.append(record.pk)
    outcome = Outcome(publishers, len(papers))
    # Two rows of publishers go over the same papers in another order.
    shares = [papers[n :: publishers // 2] for n in range(publishers // 2)] * 2
    connections.close_all()
    start = time.monotonic() + 1.0 + publishers * 0.02
    folder.mkdir(parents=True, exist_ok=True)
    children = [
        fork(lambda n=n: _publish(shares[n], at, start, folder / f"{n}"))  # type: ignore[misc]
        for n in range(publishers)
    ]
    for pid in children:
        _, status = os.waitpid(pid, 0)
        if status:
            outcome.errors.append(f"publisher ended with {status}")
    outcome.seconds = round(time.monotonic() - start, 2)
    for path in sorted(folder.iterdir()):
        for line in path.read_text().splitlines():
            outcome.published += line == "published"
            outcome.refused += line == "refused"
            outcome.errors += [line] if line.startswith("error") else []
    outcome.faults = numbers() + [fault.sentence for fault in verify.verify().faults]
    return outcome


def _publish(papers: list[int], at: object, start: float, told: Path) -> None:
    from django.utils import timezone

    from gongkai.catalog import actions
    from gongkai.kit.refusal import Refusal
    from gongkai.records.models import Record
    from tests.factories import Office

    assert isinstance(at, Office)
    order = random.sample(papers, len(papers))
    time.sleep(max(start - time.monotonic(), 0))
    with told.open("w") as lines:
        for pk in order:
            record = Record.objects.get(pk=pk)
            try:
                actions.publish(record=record, by=at.officer, now=timezone.now())
                lines.write("published\n")
            except Refusal as refusal:
                expected = refusal.code == "flow.not_from_here"
                lines.write("refused\n" if expected else f"error {refusal.code}\n")
            except Exception as error:
                lines.write(f"error {type(error).__name__}: {error}".replace("\n", " ") + "\n")


def main() -> int:
    """Prints one line of JSON; exit code 0 when it is sound."""
    parser = argparse.ArgumentParser(prog="python -m bench.killing.parallel")
    parser.add_argument("--publishers", type=int, default=20)
    parser.add_argument("--each", type=int, default=4)
    asked = parser.parse_args()
    django.setup()
    folder = Path(os.environ["GONGKAI_DATA"]) / "publishers"
    outcome = publish_together(asked.publishers, asked.each, folder)
    print(json.dumps(asdict(outcome) | {"sound": outcome.sound}, ensure_ascii=False))
    return 0 if outcome.sound else 1


if __name__ == "__main__":
    raise SystemExit(main())
