"""CPU, SQL and memory of the board, the pages of figures and the open data, against empty views.

`python -m bench.board [--records 20000] [--requests 20000] [--rounds 7] [--json]`. On a database
of its own, with so many published records and so many requests of one body. Every page is asked
for through the whole stack of middleware, those of the desk by a leader who is signed in: first
"new" (nothing kept, every figure counted) and then "kept" (nothing has changed since). The bound
is that of a list page. A page of the desk is held against an empty page of the desk, for sign-in,
roles and the frame cost many times what an empty view does; a public page against that view.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from bench.pages import BOUNDS, _set_up

TIMES = 10
Ask = Callable[[str], None]


def main() -> int:
    """Measure and print; exit code 1 when the bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        _set_up(Path(folder))
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    from bench.office import bench_office, fill
    from bench.requests import fill_requests
    from gongkai.kit.dates import CHINA

    started = time.perf_counter()
    today = datetime.now(CHINA).date()
    at = bench_office()
    fill(at, args.records)
    fill_requests(at, args.requests, today)
    ask = _asker(_signed_in(at.people[2], at.body))
    made = time.perf_counter() - started
    print(f"{args.records} records, {args.requests} requests (made in {made:.0f} s)", flush=True)
    pages = _pages(today)
    found = {name: _measure(ask, path, args.rounds) for name, path in pages.items()}
    missed = _report(found)
    print(f"memory: {_peak():.0f} MiB at most in this process")
    if args.json:
        print(json.dumps(found))
    return 1 if missed else 0


def _signed_in(person: Any, body: Any) -> str:
    """The cookie of a session of the leader, with his second factor."""
    from allauth.mfa.totp.internal.auth import TOTP
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from gongkai.orgs import actions as orgs
    from gongkai.orgs.models import Role
    from gongkai.orgs.values import RoleAward

    award = RoleAward(Role.RESPONSIBLE_LEADER, body, None, date(2008, 1, 1))
    orgs.grant(person=person, award=award, by=None, now=timezone.now())
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def _asker(cookie: str) -> Ask:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    def ask(path: str) -> None:
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        where, _, query = path.partition("?")
        environ |= {"PATH_INFO": where, "QUERY_STRING": query, "HTTP_HOST": "127.0.0.1"}
        environ["HTTP_COOKIE"] = cookie
        seen: list[str] = []

        def start(status: str, _headers: list[tuple[str, str]], _info: Any = None) -> Any:
            seen.append(status)

        body = application(environ, start)
        size = sum(len(part) for part in body)
        if hasattr(body, "close"):
            body.close()
        if seen[0][:3] != "200" or not size:
            raise SystemExit(f"{path}: {seen[0]}, {size} bytes")

    return ask


def _pages(today: date) -> dict[str, str]:
    year = {"from": f"{today.year}-01-01", "until": f"{today.year}-12-31"}
    ever = {"from": "2000-01-01", "until": today.isoformat()}

    def statistics(page: str = "", **given: str) -> str:
        return f"/desk/statistics/{page}?{urlencode(given)}"

    return {
        "empty": "/api/empty/",
        "empty desk": "/desk/empty/",
        "board": "/desk/board/",
        "published, year": statistics(m="published", **year),
        "received, year": statistics(m="received", **year),
        "answered, year": statistics(m="answered", **year),
        "formed, year": statistics(m="formed", **year),
        "late, year": statistics(m="late_requests", **year),
        "published, ever": statistics(m="published", **ever),
        "answered, ever": statistics(m="answered", **ever),
        "compare, year": statistics("compare/", **year),
        "compare, ever": statistics("compare/", **ever),
        "rows, year": statistics("rows/", m="published", **year),
        "rows, ever": statistics("rows/", m="answered", **ever),
        "activities": "/desk/activities/",
        "bulletins": "/desk/bulletins/",
        "portal figures": "/statistics/",
    }


def _measure(ask: Ask, path: str, rounds: int) -> dict[str, float]:
    """CPU in ms with nothing kept and with everything kept, and the SQL of both."""
    from django.core.cache import cache

    new: list[float] = []
    kept: list[float] = []
    for _round in range(max(3, rounds // 2)):
        cache.clear()
        new.append(_cpu(ask, path, 1))
    cache.clear()
    sql_new, sql_kept = _count_sql(ask, path), _count_sql(ask, path)
    kept += [_cpu(ask, path, TIMES) for _round in range(rounds)]
    return {"new": min(new), "kept": min(kept), "sql_new": sql_new, "sql_kept": sql_kept}


def _cpu(ask: Ask, path: str, times: int) -> float:
    before = time.process_time()
    for _time in range(times):
        ask(path)
    return (time.process_time() - before) / times * 1000


def _count_sql(ask: Ask, path: str) -> int:
    from django.db import connection

    count = 0

    def counted(execute: Any, *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        ask(path)
    return count


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _report(found: dict[str, dict[str, float]]) -> list[str]:
    bound = BOUNDS["list"]
    missed = []
    head = f"{'page (bound ' + str(bound) + ')':<20}"
    print(head + f"{'kept ms':>9}{'ratio':>8}{'SQL':>5}{'new ms':>10}{'ratio':>8}{'SQL':>5}")
    for name, value in found.items():
        base = found["empty" if name.startswith(("portal", "empty")) else "empty desk"]["kept"]
        ratio = value["kept"] / base
        late = not name.startswith("empty") and ratio > bound
        missed += [name] if late else []
        print(
            f"{name:<20}{value['kept']:>9.2f}{ratio:>8.2f}{value['sql_kept']:>5.0f}"
            f"{value['new']:>10.2f}{value['new'] / base:>8.2f}{value['sql_new']:>5.0f}"
            f"{'  MISSED' if late else ''}"
        )
    return missed


if __name__ == "__main__":
    sys.exit(main())
