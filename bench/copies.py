"""Copies, versions and names looked up for new papers, as a body's records become a city's.

`python -m bench.copies [--records 10000 100000] [--postgres]`. On a database of its own a body is
given so many records with ten fingerprints each (some that a hundred papers share), two in a
hundred of one and the same name. Then a list of a thousand new rows is taken in and compared, and
what the look-ups cost for a paper is told: processor time of this process and of PostgreSQL's,
SQL statements. Every statement that reads records or fingerprints is explained, and a table that
is read from end to end is told: PostgreSQL does so where it is small, none may where it is large.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.intake import FLAT, Stage, begun, compared, opened, server, set_up, worked

if TYPE_CHECKING:
    from gongkai.inventory.models import InventoryRun

ROWS, MARKS, SHARED = 1_000, 10, 100
LARGE = ("records_record", "records_recordtext", "inventory_fingerprint", "inventory_inventoryitem")


def main() -> int:
    """Fill, measure, print; 1 when a paper costs more in a large table or one is read whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--postgres", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as name, server(args) as url:
        folder = Path(name)
        set_up(folder, url)
        costs = [_measure(folder, records, n) for n, records in enumerate(args.records)]
    ratio = costs[-1][0] / costs[0][0]
    print(f"a paper among the most against one among the fewest: {ratio:.2f}x")
    return 1 if ratio > FLAT or costs[-1][1] else 0


def _measure(folder: Path, records: int, place: int) -> tuple[float, list[str]]:
    from gongkai.inventory.models import Fingerprint

    run = begun(folder, ROWS, "rows", f"c{place}")
    _fill(run, records)
    opened(run)
    drafted = worked(run)
    statements: list[str] = []
    found = compared(run, statements)
    read = sorted({table for one in statements for table in _read_whole(one)})
    cost = found.cpu / ROWS * 1000
    print(
        f"{records:>9,} records, {Fingerprint.objects.count():>9,} fingerprints: comparing "
        f"{cost:.2f} ms a paper, {found.sql / ROWS:.2f} SQL; drafting "
        f"{_main(drafted):.2f} ms; read whole: {'、'.join(read) or 'no table'}",
        flush=True,
    )
    return cost, read


def _main(stage: Stage) -> float:
    """Milliseconds a row that this process and the database took for drafting."""
    return (stage.marks[-1][1] - stage.marks[0][1]) / ROWS * 1000


def _fill(run: InventoryRun, count: int) -> None:
    """Records of the body as they would stand there, their fingerprints invented."""
    from django.db import connection
    from django.utils import timezone

    from gongkai.inventory.actions.writing import insert_many
    from gongkai.inventory.models import Fingerprint
    from gongkai.records.models import Record, RecordText

    chance, now = random.Random(count), timezone.now()
    shared = [chance.randrange(2**32) for _ in range(count * 2 // SHARED)]
    for begin in range(0, count, 5_000):
        made = Record.objects.bulk_create(
            Record(
                body_id=run.body_id,
                title="行政许可公示" if n % 50 == 0 else f"第{n}号旧事项",
                document_number=f"旧字〔2001〕{n}号",
                captured_at=now,
            )
            for n in range(begin, min(begin + 5_000, count))
        )
        RecordText.objects.bulk_create(RecordText(record=r, text=f"旧文{r.pk}。") for r in made)
        marks = [
            (run.body_id, record.pk, value)
            for record in made
            for value in (
                *(chance.randrange(2**32) for _ in range(MARKS - 2)),
                *(chance.choice(shared) for _ in range(2)),
            )
        ]
        insert_many(Fingerprint, ("body_id", "record_id", "value"), marks)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _read_whole(statement: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        return read_whole(cursor, connection.vendor, statement)


def read_whole(cursor: Any, vendor: str, statement: str) -> list[str]:
    """Large tables (or, on SQLite, their names in a subquery) that it reads from end to end."""
    cursor.execute(("EXPLAIN QUERY PLAN " if vendor == "sqlite" else "EXPLAIN ") + statement)
    scan = re.compile(r"\bSCAN (\w+)" if vendor == "sqlite" else r"\bSeq Scan on (\w+)")
    found = [scan.search(str(row[-1])) for row in cursor.fetchall()]
    return [m[1] for m in found if m and (m[1] in LARGE or re.fullmatch(r"[TUV]\d+", m[1]))]


if __name__ == "__main__":
    sys.exit(main())
