"""CPU and SQL of the pages of clean-up runs against an empty page; memory of the report.

`python -m bench.inventory_board [--rows 100000] [--rounds 5] [--json]`. On a database of its own
with so many rows of one body, nine tenths in one run and the rest in another, nine in ten of them
records of the sections (and of none), of all classes and of eleven years, every fifth with a
finding. Every page is asked for by a leader who is signed in, through the whole stack of
middleware. The bound is that of a list page. The workbook of the large run is made in a process
of its own and may need hardly more memory than that of the small one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.board import _asker, _measure, _peak, _signed_in
from bench.pages import BOUNDS, _set_up

LARGE = 0.9
MEMORY_BOUND = 1.3
STEP = 2000
ATTRIBUTES = ("proactive", "on_request", "withheld", "undetermined")


def main() -> int:
    """Measure and print; exit code 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--workbook", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.workbook:
        return _one_workbook(args.workbook)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        _set_up(Path(folder))
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    from bench.office import bench_office

    at = bench_office()
    small, uuid = fill_runs(at, args.rows)
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
    few, many = _workbook(small), _workbook(uuid)
    ratio = many["memory"] / few["memory"]
    missed = missed or ratio > MEMORY_BOUND
    told = f"{few['memory']:.0f} and {many['memory']:.0f} MiB, {ratio:.2f} (bound {MEMORY_BOUND})"
    print(f"workbooks of the small and the large run: {told}, {many['seconds']:.1f} s of CPU")
    if args.json:
        print(json.dumps(found))
    return 1 if missed else 0


def _workbook(uuid: str) -> dict[str, float]:
    """Memory and CPU of one workbook, in a fresh process with the same settings."""
    command = [sys.executable, "-m", "bench.inventory_board", "--workbook", uuid]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _one_workbook(uuid: str) -> int:
    import django

    django.setup()
    from gongkai.inventory.models import InventoryRun
    from gongkai.inventory.report import made, workbook
    from gongkai.kit.dates import CHINA

    started = time.process_time()
    report = made(InventoryRun.objects.get(uuid=uuid), by="", now=datetime.now(CHINA))
    with workbook.drawn(report) as file:
        file.seek(0, 2)
    print(json.dumps({"memory": _peak(), "seconds": time.process_time() - started}))
    return 0


def fill_runs(at: Any, count: int) -> list[str]:
    """Two finished runs, the small one first, written straight into the tables."""
    from gongkai.inventory.actions.counting import recount
    from gongkai.inventory.models import InventoryFile, InventoryRun
    from gongkai.kit.dates import CHINA
    from gongkai.records.models import StoredFile

    now = datetime(2026, 11, 2, 9, tzinfo=CHINA)
    stored = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="x", stored_at=now)
    made = []
    large = int(count * LARGE)
    for number, rows in enumerate((count - large, large)):
        run = InventoryRun.objects.create(
            body=at.body, label=f"第{number}批", state="finished", opened_at=now, finished_at=now,
            file_count=1, opened_count=1,
        )  # fmt: skip
        file = InventoryFile.objects.create(
            run=run, name="登记表.xlsx", file=stored, ordinal=0, opened_at=now
        )
        for begin in range(0, rows, STEP):
            _fill(at, file, range(begin, min(begin + STEP, rows)), now)
        recount(run)
        made.append(str(run.uuid))
    return made


def _fill(at: Any, file: Any, numbers: range, now: datetime) -> None:
    from gongkai.inventory.models import InventoryItem, Outcome
    from gongkai.records.models import Record
    from gongkai.review.models import Finding

    drafts = [
        Record(
            body=at.body, title=f"关于第{file.run_id}-{n}号工作的通知", captured_at=now,
            section=[*at.sections, None][n % (len(at.sections) + 1)],
            catalog_class=at.classes[n % len(at.classes)],
            created_on=date(1998, 1, 1) + timedelta(days=n * 7 % 4000),
        )
        for n in numbers if n % 10
    ]  # fmt: skip
    records = Record.objects.bulk_create(drafts)
    Finding.objects.bulk_create(
        Finding(
            record=record, scanner="damage", kind="damaged_date", field="title", found_at=now,
            evidence="2008128日", sentence="这里少了字。",
        )
        for record in records[::5]
    )  # fmt: skip
    made = iter(records)
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
