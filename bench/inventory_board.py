"""CPU and SQL of the pages of clean-up runs against an empty page of the desk.

`python -m bench.inventory_board [--rows 100000] [--rounds 5] [--json]`. On a database of its own
with so many rows in ten runs of one body, nine in ten of them records of six sections (and of
none), twelve classes and some thousand days. Every page is asked for by a leader who is signed
in, through the whole stack of middleware. The bound is that of a list page.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.board import _asker, _measure, _peak, _signed_in
from bench.pages import BOUNDS, _set_up

RUNS = 10
STEP = 2000
ATTRIBUTES = ("proactive", "on_request", "withheld", "undetermined")


def main() -> int:
    """Measure and print; exit code 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        _set_up(Path(folder))
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    from bench.office import bench_office

    at = bench_office()
    uuid = fill_runs(at, args.rows)
    ask = _asker(_signed_in(at.people[2], at.body))
    section = at.sections[0].pk
    pages = {
        "empty desk": "/desk/empty/",
        "board": "/desk/inventory/",
        "board, periods": "/desk/inventory/?bounds=2004-01-01+2008-05-01",
        "run": f"/desk/inventory/{uuid}/",
        "run, records": f"/desk/inventory/{uuid}/?outcome=record",
        "rows, section": f"/desk/inventory/rows/?section={section}",
        "rows, none": "/desk/inventory/rows/?section=none",
        "rows, both": f"/desk/inventory/rows/?section={section}&attribute=withheld",
        "rows of a run": f"/desk/inventory/{uuid}/rows/?section={section}",
    }
    found = {name: _measure(ask, path, args.rounds) for name, path in pages.items()}
    base = found["empty desk"]["kept"]
    bound, missed = BOUNDS["list"], False
    print(f"{args.rows} rows; bound {bound}\n{'page':<16}{'ms':>9}{'ratio':>8}{'SQL':>5}")
    for name, value in found.items():
        late = value["kept"] / base > bound
        missed = missed or late
        told = f"{value['kept']:>9.2f}{value['kept'] / base:>8.2f}{value['sql_kept']:>5.0f}"
        print(f"{name:<16}{told}{'  MISSED' if late else ''}")
    print(f"memory: {_peak():.0f} MiB at most in this process")
    if args.json:
        print(json.dumps(found))
    return 1 if missed else 0


def fill_runs(at: Any, count: int) -> str:
    """Finished runs with so many rows, written straight into the tables; the last one's uuid."""
    from gongkai.inventory.actions.counting import recount
    from gongkai.inventory.models import InventoryFile, InventoryRun
    from gongkai.kit.dates import CHINA
    from gongkai.records.models import StoredFile

    now = datetime(2026, 11, 2, 9, tzinfo=CHINA)
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="x", stored_at=now)
    run = None
    for number in range(RUNS):
        run = InventoryRun.objects.create(
            body=at.body, label=f"第{number}批", state="finished", opened_at=now, finished_at=now,
            file_count=1, opened_count=1,
        )  # fmt: skip
        file = InventoryFile.objects.create(
            run=run, name="登记表.xlsx", file=stored, ordinal=0, opened_at=now
        )
        for begin in range(0, count // RUNS, STEP):
            _fill(at, file, range(begin, min(begin + STEP, count // RUNS)), now)
        recount(run)
    assert run is not None
    return str(run.uuid)


def _fill(at: Any, file: Any, numbers: range, now: datetime) -> None:
    from gongkai.inventory.models import InventoryItem, Outcome
    from gongkai.records.models import Record

    drafts = [
        Record(
            body=at.body, title=f"关于第{file.run_id}-{n}号工作的通知", captured_at=now,
            section=[*at.sections, None][n % (len(at.sections) + 1)],
            catalog_class=at.classes[n % len(at.classes)],
            created_on=date(1998, 1, 1) + timedelta(days=n * 7 % 4000),
        )
        for n in numbers if n % 10
    ]  # fmt: skip
    made = iter(Record.objects.bulk_create(drafts))
    items = []
    for n in numbers:
        item = InventoryItem(
            run=file.run, body=at.body, file=file, row=n + 1, title=f"第{n}行", done_at=now,
            digest=f"{file.run_id:032x}{n:032x}",
        )  # fmt: skip
        if n % 10:
            record = next(made)
            item.outcome, item.record = Outcome.RECORD, record
            item.counted_attribute = ATTRIBUTES[n % 4]
            item.counted_class = record.catalog_class
            item.counted_section = record.section
            item.counted_on = record.created_on
        else:
            item.outcome, item.reason = Outcome.REJECTED, "没有读出信息名称。"
        items.append(item)
    InventoryItem.objects.bulk_create(items)


if __name__ == "__main__":
    sys.exit(main())
