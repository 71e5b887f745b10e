"""CPU, SQL and memory of the public pages, against an empty Django view in the same process.

Also how many records a second are published, against bare commits.

`python -m bench.pages [--records 20000] [--rounds 15] [--json]`. Everything runs on a database
of its own in a temporary folder. The pages are asked for in turn, many times, through the whole
stack of middleware; the best of the rounds is told (whatever else runs here only adds), and the
ratio to the empty view.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

BOUNDS = {"list": 8.0, "record": 4.0, "search": 12.0, "cached": 1.2}
SQL_BOUNDS = {"record": 6}
WARM, TIMES = 20, 40
PUBLISHED = 200
WORDS = ("便民", "冷链仓库", "预付卡", "云商字", "普查 财政局", "停车秩序", "公开招标")


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: addresses asked for in turn, or made `fresh` each time.

    `kept` says whether kept pages may answer.
    """

    name: str
    paths: list[str]
    kept: bool = False
    fresh: Callable[[], list[str]] | None = None

    def asked(self, times: int) -> list[str]:
        """So many addresses to ask for."""
        if self.fresh is None:
            return [self.paths[n % len(self.paths)] for n in range(times)]
        found: list[str] = []
        while len(found) < times:
            found += self.fresh()
        return found


def _two_pages(words: str) -> list[str]:
    return [f"/search/?q={words}", f"/search/?q={words}&page=2"]


def main() -> int:
    """Measure and print; exit code 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        _set_up(Path(folder))
        return _run(args)


def _set_up(folder: Path) -> None:
    for name in [n for n in os.environ if n.startswith("GONGKAI_")]:
        del os.environ[name]
    os.environ["GONGKAI_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _run(args: argparse.Namespace) -> int:
    from bench.office import bench_office, fill
    from bench.serving import memory, publishing

    started = time.perf_counter()
    at = bench_office()
    fill(at, args.records)
    indexed = _index()
    print(f"records: {args.records} (made in {time.perf_counter() - started:.0f} s)", flush=True)
    pages = _pages(at.classes[0].code, search=indexed)
    cpu, sql = _measure(pages, args.rounds)
    missed = _report(cpu, sql)
    served = [
        path for page in pages if page.name in ("list", "record", "home") for path in page.paths
    ]
    before, after = memory(served)
    print(
        f"two workers: {before:.0f} MiB after the first pages, {after:.0f} MiB after {len(served) * 10}"
    )
    rate, bare = publishing(at, args.records, PUBLISHED)
    print(f"published: {rate:.0f} a second, bare commits: {bare:.0f} a second")
    if args.json:
        print(json.dumps({"cpu_ms": cpu, "sql": sql}))
    return 1 if missed else 0


def _index() -> bool:
    from gongkai import plug
    from gongkai.catalog import indexing

    try:
        plug.search()
    except Exception as error:
        print(f"search is left out: {error}")
        return False
    indexing.rebuild()
    return True


def _pages(code: str, *, search: bool) -> list[Page]:
    from gongkai.catalog.models import CatalogEntry

    uuids = list(CatalogEntry.objects.order_by("?").values_list("uuid", flat=True)[:40])
    lists = [f"/catalog/?page={n}" for n in range(1, 11)]
    lists += [f"/catalog/?class={code}&page={n}" for n in range(1, 4)]
    found = [
        Page("empty", ["/api/empty/"]),
        Page("list", lists),
        Page("record", [f"/records/{uuid}/" for uuid in uuids]),
        Page("home", ["/"]),
        Page("cached", ["/catalog/"], kept=True),
        Page("cached record", [f"/records/{uuids[0]}/"], kept=True),
        Page("not modified", ["/catalog/?fresh"], kept=True),
    ]
    if search:
        # Every question is a new one; its second page follows, as readers turn it.
        asked = (f"{word} {n}处" for n in count(2) for word in WORDS)
        found.append(Page("search", [], fresh=lambda: _two_pages(next(asked))))
    return found


def _measure(pages: list[Page], rounds: int) -> tuple[dict[str, float], dict[str, int]]:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    ask = _asker(get_wsgi_application())
    kept_for = settings.CACHES
    cpu: dict[str, list[float]] = {page.name: [] for page in pages}
    sql: dict[str, int] = {}
    for page in pages:
        with Keeping(page.kept):
            for path in page.asked(WARM):
                ask(path)
            sql[page.name] = max(_count_sql(ask, path) for path in page.asked(4))
    for _round in range(rounds):
        for page in pages:
            with Keeping(page.kept):
                cpu[page.name].append(_cpu_ms(ask, page))
    assert kept_for is settings.CACHES
    return {name: min(values) for name, values in cpu.items()}, sql


def _cpu_ms(ask: Callable[[str], None], page: Page) -> float:
    paths = page.asked(TIMES)
    before = time.process_time()
    for path in paths:
        ask(path)
    return (time.process_time() - before) / len(paths) * 1000


class Keeping:
    """Lets kept pages answer, or has every page made anew while facets stay counted."""

    def __init__(self, kept: bool) -> None:
        self.kept = kept

    def __enter__(self) -> None:
        from gongkai.portal import keeping

        self.before = keeping.KEEP_BYTES
        if not self.kept:
            keeping.KEEP_BYTES = -1

    def __exit__(self, *_error: object) -> None:
        from django.core.cache import cache

        from gongkai.portal import keeping

        if self.kept:
            # What was kept must not answer the pages that are to be made anew.
            kept = [k for k in cache._cache if ":page:" in k]  # type: ignore[attr-defined]
            for key in kept:
                cache._delete(key)  # type: ignore[attr-defined]
        keeping.KEEP_BYTES = self.before


def _asker(application: Any) -> Callable[[str], None]:
    """A function that asks the WSGI application for a path and reads the whole answer."""
    tags: dict[str, str] = {}

    def ask(path: str) -> None:
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        where, _, query = path.partition("?")
        environ["PATH_INFO"] = where
        environ["QUERY_STRING"] = query.encode().decode("latin-1")
        environ["HTTP_HOST"] = "127.0.0.1"
        if query == "fresh" and path in tags:
            environ["HTTP_IF_NONE_MATCH"] = tags[path]
        seen: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _info: Any = None) -> None:
            seen["status"], seen["headers"] = status, dict(headers)

        body = application(environ, start)
        size = sum(len(part) for part in body)
        if hasattr(body, "close"):
            body.close()
        told = seen["status"][:3]
        if told not in ("200", "304") or (told == "200" and not size):
            raise SystemExit(f"{path}: {seen['status']}, {size} bytes")
        tags[path] = seen["headers"].get("ETag", "")

    return ask


def _count_sql(ask: Callable[[str], None], path: str) -> int:
    from django.db import connection

    count = 0

    def counted(execute: Any, *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        ask(path)
    return count


def _report(cpu: dict[str, float], sql: dict[str, int]) -> list[str]:
    base = cpu["empty"]
    missed = []
    print(f"{'page':<16}{'CPU ms':>9}{'ratio':>8}{'bound':>8}{'SQL':>5}")
    for name, value in cpu.items():
        ratio, bound = value / base, BOUNDS.get(name)
        late = (bound is not None and ratio > bound) or sql[name] > SQL_BOUNDS.get(name, 1000)
        if late:
            missed.append(name)
        told = f"{bound:.1f}" if bound else ""
        sign = "  MISSED" if late else ""
        print(f"{name:<16}{value:>9.3f}{ratio:>8.2f}{told:>8}{sql[name]:>5}{sign}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
