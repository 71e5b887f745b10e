"""The yearly report of many rows, against a bare count of the same rows in the same run.

`python -m bench.report`: a body with 10,000, then 100,000 requests of a year, and with 10,000,
100,000, then 1,000,000 published records. Printed for each size: rows a second, the time for a
row, that of `SELECT COUNT(*)` over the same rows, their ratio, and how much the process grew. A
ratio that stays the same from size to size is what is asked for.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

YEAR = 2025
ROUNDS = 3
REQUESTS, RECORDS = (10_000, 100_000), (10_000, 100_000, 1_000_000)


def main() -> None:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GONGKAI_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.project.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _loosen()
        for kind, sizes, fill, count, bare in _measured():
            print(f"{kind}:")
            for size in sizes:
                body = _body(f"{kind}{size}")
                fill(body, size)
                _line(size, partial(count, body), partial(bare, body))


def _line(size: int, count: Callable[[], Any], bare: Callable[[], Any]) -> None:
    base = _best(bare)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = _best(count)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    print(
        f"  {size:>9,} rows: {size / spent:>11,.0f} rows/s, {spent / size * 1e6:6.2f} µs a row; "
        f"COUNT(*) {base / size * 1e6:6.2f} µs; {spent / base:5.1f} × the bare count; "
        f"memory +{grown / 1024:.1f} MB"
    )
    sys.stdout.flush()


def _best(what: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return min(times)


def _measured() -> list[tuple[str, tuple[int, ...], Any, Any, Any]]:
    from gongkai.law.annual_report import form_for
    from gongkai.reporting.counting import documents, requests
    from gongkai.reporting.counting.span import Span

    form = form_for(YEAR)

    def bare_requests(body: Any) -> int:
        rows = requests.counted(Span(body, YEAR)).select_related(None)
        return rows.filter(applicant__kind__gt="", replied_on__gte=date(YEAR, 1, 1)).count()

    return [
        ("requests", REQUESTS, _requests, lambda b: requests.count(Span(b, YEAR), form),
         bare_requests),
        ("records", RECORDS, _records, lambda b: documents.count(Span(b, YEAR), form),
         lambda b: documents.shown(Span(b, YEAR)).count()),
    ]  # fmt: skip


def _loosen() -> None:
    """Rows without their papers: no foreign keys, no triggers. Only here, only for measuring."""
    from django.db import connection

    from gongkai.catalog import guards as catalog
    from gongkai.disclosure import guards as disclosure

    catalog.remove(connection)
    disclosure.remove(connection)
    with connection.cursor() as cursor:
        for setting in ("foreign_keys = OFF", "synchronous = OFF", "temp_store = MEMORY"):
            cursor.execute(f"PRAGMA {setting}")


def _body(code: str) -> Any:
    from gongkai.orgs.models import Body

    return Body.objects.create(code=code, name=code)


def _insert(model: Any, given: Mapping[str, str], size: int) -> None:
    """`size` rows of a model in one statement: `given` columns as SQL over n, others as default."""
    from django.db import connection

    row = model()
    columns: dict[str, str] = {}
    values: list[Any] = []
    for field in model._meta.local_concrete_fields:
        if field.primary_key and field.column not in given:
            continue
        if field.column in given:
            columns[field.column] = given[field.column]
            continue
        value = field.get_db_prep_save(getattr(row, field.attname), connection)
        columns[field.column] = "NULL" if value is None else "%s"
        values += [] if value is None else [value]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) '
            f"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {size}) "
            f"SELECT {', '.join(columns.values())} FROM c",
            values,
        )
        cursor.execute("ANALYZE")


def _day(spread: int, start: str = f"{YEAR}-01-01") -> str:
    return f"date('{start}', '+' || (n * 7919 %% {spread}) || ' days')"


def _requests(body: Any, size: int) -> None:
    from gongkai.disclosure.models import Applicant, DisclosureRequest
    from gongkai.law.applications import ApplicantKind

    start = 10_000_000 * body.pk
    kinds = " ".join(f"WHEN {n} THEN '{k.value}'" for n, k in enumerate(ApplicantKind))
    now = f"'{datetime.now().isoformat()}'"
    _insert(
        DisclosureRequest,
        {
            "id": f"n + {start}", "uuid": f"printf('%%032x', n + {start})", "body_id": str(body.pk),
            "number": "'N' || n", "receipt_number": f"'R{body.pk}-' || n", "state": "'replied'",
            "channel": "'counter'", "arrived_on": _day(340), "received_on": _day(340),
            "outcome": "CASE n %% 2 WHEN 0 THEN 'granted' ELSE 'not_held' END",
            "replied_on": _day(340, f"{YEAR}-01-20"), "in_time": "1", "created_at": now,
        },
        size,
    )  # fmt: skip
    _insert(
        Applicant,
        {"request_id": f"n + {start}", "kind": f"CASE n %% {len(ApplicantKind)} {kinds} END"},
        size,
    )


def _records(body: Any, size: int) -> None:
    from gongkai.catalog.models import CatalogEntry

    start, now = 10_000_000 * body.pk, f"'{datetime.now().isoformat()}'"
    paper = f"n + {start}"
    _insert(
        CatalogEntry,
        {
            "uuid": f"printf('%%032x', {paper})", "record_id": paper, "version_id": paper,
            "sheet_id": paper, "body_id": str(body.pk), "title": "'关于某项工作的通知'",
            "index_number": f"'{body.pk}-' || n", "created_on": _day(6000, "2010-01-01"),
            "published_on": _day(6000, "2010-01-05"), "released_on": _day(6000, "2010-01-05"),
            "published_at": now, "updated_at": now, "year": "2025", "legal_item": "'2019-20-01'",
            "repealed_on": f"CASE n %% 9 WHEN 0 THEN {_day(6000, '2011-01-01')} END",
        },
        size,
    )  # fmt: skip


if __name__ == "__main__":
    main()
