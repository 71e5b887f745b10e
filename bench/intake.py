"""A whole clean-up run, from the file to drafts in the database, against the bare reading loop.

`python -m bench.intake [--rows 1000 3000 10000] [--pages 1000] [--postgres] [--no-kill]`. On a
database of its own (`--postgres`: on a PostgreSQL started for it; `GONGKAI_BENCH_DATABASE_URL`
names another), each size as a run of its own body: the file is opened, its rows are read and
scanned by the bulk engine, drafts, texts, findings and journal lines are written, then every
draft is compared with the earlier ones.

Time is that of the processor: this process, its workers and the process of PostgreSQL that
serves it. Held against `read_chunk` called in a plain loop on the same rows, and against that
loop with a bare `bulk_create` of as many records, texts, findings and rows. Told besides: the
last third of the rows against the first, memory at its peak (when a file is opened that of the
child that reads it, which has a limit of its own), SQL statements for a row; what a further row
costs beside what the workers take to start; and what came of a run whose worker is killed with -9
at each third.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.bulk import _Watch
from bench.intake_rows import pages, table

if TYPE_CHECKING:
    from gongkai.inventory.models import InventoryRun

FLAT, TOGETHER, EXPLAINED = 1.3, 250, 40
ROWS, PAGES = (1_000, 3_000, 10_000), 1_000
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Stage:
    """What one part of a run took; `marks` are rows done and seconds of this process then."""

    cpu: float = 0.0
    peak_mb: float = 0.0
    sql: int = 0
    marks: list[tuple[int, float]] = field(default_factory=list)

    @property
    def slope(self) -> float:
        """A row of the last third against one of the first."""
        if len(self.marks) < 7:
            return 1.0
        third = (len(self.marks) - 1) // 3
        first, last = self.marks[: third + 1], self.marks[-third - 1 :]
        paces = [(m[-1][1] - m[0][1]) / max(m[-1][0] - m[0][0], 1) for m in (first, last)]
        return paces[1] / paces[0]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor for so many rows: the whole run, and the bare loop over them."""

    count: int
    spent: float
    bare: float
    missed: bool


def main() -> int:
    """Measure and print; 1 when rows are lost or the cost of a row grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=list(ROWS))
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--no-kill", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder, server(args) as url:
        set_up(Path(folder), url)
        from django.db import connection

        print(f"on {connection.vendor}", flush=True)
        costs = [_measure(Path(folder), count, "rows") for count in args.rows]
        _further(costs)
        costs += [_measure(Path(folder), args.pages, "pages")] if args.pages else []
        well = not any(cost.missed for cost in costs)
        if not args.no_kill:
            from bench.intake_kill import survives

            well = survives(Path(folder), max(args.rows, default=1_000)) and well
        return 0 if well else 1


def server(args: argparse.Namespace) -> Any:
    """A context that gives the address of PostgreSQL, or nothing."""
    given = os.environ.get("GONGKAI_BENCH_DATABASE_URL", "")
    if not args.postgres or given:
        return nullcontext(given)
    from tests import postgres

    return postgres.server()


def set_up(folder: Path, url: str) -> None:
    """An empty database of its own."""
    for name in [n for n in os.environ if n.startswith("GONGKAI_")]:
        del os.environ[name]
    os.environ["GONGKAI_DATA"] = str(folder / "data")
    if url:
        os.environ["GONGKAI_DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def begun(folder: Path, count: int, kind: str, code: str) -> InventoryRun:
    """A started run of a new body with its files."""
    from django.utils import timezone

    from gongkai.inventory import actions
    from gongkai.inventory.values import NewInput, RunOrder
    from gongkai.orgs import actions as orgs

    now = timezone.now()
    names = {"code": code, "name": f"云岭区第{code}局", "place_name": "云岭区"}
    body = orgs.create_body(fields=names, by=None, now=now)
    run = actions.open_run(body=body, order=RunOrder(f"{count} {kind}"), by=None, now=now)
    if kind == "rows":
        path = table(folder / f"{code}.json", count, seed=count)
        given = [NewInput(path.name, path.read_bytes())]
        actions.add_files(run=run, files=given, by=None, now=now)
    else:
        given = [NewInput(*page) for page in pages(count, seed=count)]
        for begin in range(0, count, TOGETHER):
            actions.add_files(run=run, files=given[begin : begin + TOGETHER], by=None, now=now)
    return actions.start(run=run, by=None, now=now)


def _further(costs: list[Cost]) -> None:
    """What a row costs beside what starting the workers does, from two runs that start them."""
    from gongkai.inventory.actions.working import FEW_ROWS

    large = [cost for cost in costs if cost.count >= FEW_ROWS]
    if len(large) > 1 and large[-1].count > large[0].count:
        few, many = large[0], large[-1]
        more = many.count - few.count
        spent, bare = (many.spent - few.spent) / more, (many.bare - few.bare) / more
        start = few.spent - few.count * spent
        print(
            f"a further row: {spent * 1000:.2f} ms, {bare / spent:.2f}x of the loop's "
            f"{bare * 1000:.2f}; a run besides: {start:.1f} s to start its workers",
            flush=True,
        )


def _measure(folder: Path, count: int, kind: str) -> Cost:
    run = begun(folder, count, kind, f"{kind[0]}{count}")
    stages = {"open": opened(run), "work": worked(run), "compare": compared(run)}
    run.refresh_from_db()
    ends = run.record_count + run.duplicate_count + run.rejected_count
    whole = run.state == "finished" and ends == run.row_count == count
    bare, written = _bare(run)
    spent = sum(stage.cpu for stage in stages.values())
    print(
        f"{count:,} {kind}: {run.record_count:,} records + {run.duplicate_count} repeats + "
        f"{run.rejected_count} not taken{'' if whole else '  LOST'}"
    )
    for name, stage in stages.items():
        print(
            f"  {name:<8}{stage.cpu / count * 1000:6.2f} ms a row, {stage.sql / count:5.2f} SQL, "
            f"peak {stage.peak_mb:,.0f} MiB, last third / first {stage.slope:.2f}"
        )
    fast = stages["open"].cpu + stages["work"].cpu
    print(
        f"  whole   {spent / count * 1000:6.2f} ms a row; bare loop {bare / count * 1000:.2f}, "
        f"with bare INSERTs {(bare + written) / count * 1000:.2f}; "
        f"ratio {bare / spent:.2f}x of the loop ({bare / fast:.2f}x before comparing), "
        f"{(bare + written) / spent:.2f}x of loop and INSERTs",
        flush=True,
    )
    missed = not whole or any(stage.slope > FLAT for stage in stages.values())
    return Cost(count, spent, bare, missed)


@contextmanager
def _watched(reads: list[str] | None = None) -> Iterator[tuple[Stage, Callable[[int], None]]]:
    """CPU of all processes, memory, statements; the second value marks so many rows done."""
    from django.db import connection

    stage = Stage()

    def counted(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        stage.sql += 1
        done = execute(statement, params, many, context)
        if reads is not None and statement.startswith("SELECT") and len(reads) < EXPLAINED:
            reads.append(connection.ops.last_executed_query(context["cursor"], statement, params))
        return done

    def mark(done: int) -> None:
        stage.marks.append((done, time.process_time() + _of_server()))

    before, watch = _of_server(), _Watch()
    mark(0)
    with watch, connection.execute_wrapper(counted):
        yield stage, mark
        watch._look()
    stage.cpu, stage.peak_mb = watch.cpu + _of_server() - before, watch.peak_mb


def _of_server() -> float:
    """Seconds of the PostgreSQL process behind our connection; 0 on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    spent = told.rpartition(")")[2].split()
    return (int(spent[11]) + int(spent[12])) / _TICKS


def opened(run: InventoryRun) -> Stage:
    """Files to rows."""
    from django.utils import timezone

    from gongkai.inventory.actions.opening import open_next

    with _watched() as (stage, _):
        while open_next(run=run, now=timezone.now()):
            pass
    return stage


def worked(run: InventoryRun) -> Stage:
    """Rows to drafts."""
    from django.utils import timezone

    from gongkai.inventory import actions

    with _watched() as (stage, mark):
        actions.work_through(run=run, clock=timezone.now, told=lambda at: mark(at.done_count))
    return stage


def compared(run: InventoryRun, reads: list[str] | None = None) -> Stage:
    """Every draft beside the earlier ones; `reads` takes what was asked, to be explained."""
    from django.utils import timezone

    from gongkai.inventory import actions

    with _watched(reads) as (stage, mark):
        after = 0
        while after := actions.compare(run=run, now=timezone.now(), after=after):
            mark(len(stage.marks))
    return stage


def _bare(run: InventoryRun) -> tuple[float, float]:
    """Seconds of the bare loop over the rows of the run, and of bare INSERTs of what it gives."""
    from gongkai.inventory import readers
    from gongkai.inventory.chunks import read_chunk

    options = readers.options_of(run)
    rows = run.items.filter(duplicate_of=None).select_related("file__file").order_by("id")
    items = [readers.item_of(row) for row in rows]
    read_chunk(items[:10], options)
    read = written = 0.0
    for begin in range(0, len(items), TOGETHER):
        began = time.process_time()
        results = read_chunk(items[begin : begin + TOGETHER], options)
        read += time.process_time() - began
        began = time.process_time() + _of_server()
        _insert(run, items[begin : begin + TOGETHER], results)
        written += time.process_time() + _of_server() - began
    return read, written


def _insert(run: InventoryRun, items: list[Any], results: list[Any]) -> None:
    """As many rows as the run wrote, with the least that a database can do; undone at the end."""
    from django.db import transaction
    from django.utils import timezone

    from gongkai.records.models import Record, RecordText
    from gongkai.review.models import Finding

    now = timezone.now()
    with transaction.atomic():
        read = [result for result in results if "paper" in result]
        records = Record.objects.bulk_create(
            Record(
                body_id=run.body_id, title=one["paper"]["fields"].get("title", "")[:300],
                captured_at=now, source={"read": one["paper"]["fields"]},
            )
            for one in read
        )  # fmt: skip
        RecordText.objects.bulk_create(
            RecordText(record=record, text=one["paper"]["fields"].get("text", ""))
            for record, one in zip(records, read, strict=True)
        )
        Finding.objects.bulk_create(
            Finding(
                record=record, scanner="bare", kind=hit["kind"], field=hit["field"],
                start=hit["start"], end=hit["end"], evidence=hit["evidence"],
                sentence=hit["reason"][:300], found_at=now,
            )
            for record, one in zip(records, read, strict=True)
            for hit in (*one["findings"], *one["paper"]["findings"])
        )  # fmt: skip
        transaction.set_rollback(True)


if __name__ == "__main__":
    sys.exit(main())
