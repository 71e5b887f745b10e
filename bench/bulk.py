"""A hundred thousand papers read and scanned in bulk, a worker killed on the way.

On the workers of this machine and, where it is installed, on Ray; against the bare loop that
calls the same function in one process, run before and after each engine: on a busy machine a
CPU-second is worth less. Documents a CPU-second of all processes together, starting them counted;
where the time went; the peak of memory at a tenth and at the whole. Every paper must come back
once, with the findings that the loop gives.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bench.scanning_rules import corpus
from gongkai.backends.bulk.local import LocalEngine
from gongkai.backends.bulk.ray_engine import RayEngine
from gongkai.inventory.chunks import FUNCTION, read_chunk
from gongkai.plug import SHIPPED_EXTRACTORS, SHIPPED_SCANNERS
from gongkai.ports import BulkChunk, BulkEngine, BulkJob, Json

COUNT, CHUNK, BARE = 100_000, 250, 4_000
_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
PAGE = """<html><head><meta charset="gb2312"><title>{title}</title></head><body>
<table><tr><td>索引号</td><td>{number}</td></tr><tr><td>信息名称</td><td>{title}</td></tr>
<tr><td>生成日期</td><td>2008-12-24</td></tr></table><div>{text}</div></body></html>"""
OPTIONS: dict[str, Json] = {
    "extractors": [[path, {}] for path in SHIPPED_EXTRACTORS],
    "scanners": [[path, {}] for path in SHIPPED_SCANNERS],
    "own": {"place": "云岭区"},
}


@dataclass
class Run:
    """What one engine did."""

    seconds: float
    cpu: float
    documents: int
    findings: int
    refused: int
    peak_mb: float
    killed: int
    shares: dict[str, float] = field(default_factory=dict)


def papers(folder: Path, count: int) -> list[Json]:
    """Pages in GB 18030, written to disk; 4,000 different texts, each under its own number."""
    chance = random.Random(20081226)
    texts = [document.text for document in corpus(min(count, 4_000), chance)]
    items: list[Json] = []
    for n in range(count):
        place = folder / f"{n // 1000:03d}"
        place.mkdir(exist_ok=True)
        body = texts[n % len(texts)].replace("\n", "<br>\n")
        page = PAGE.format(
            title=f"关于第{n}号事项的通知", number=f"11Y001/ZK-2008-{n:06d}", text=body
        )
        path = place / f"{n:06d}.html"
        path.write_bytes(page.encode("gb18030"))
        items.append({"path": str(path), "name": path.name})
    return items


def chunks(items: list[Json]) -> Iterator[BulkChunk]:
    """In order, none held."""
    for number, start in enumerate(range(0, len(items), CHUNK)):
        yield BulkChunk(number, tuple(items[start : start + CHUNK]))


def carried(engine: BulkEngine, items: list[Json], *, victim: str) -> Run:
    """All items through one engine; one of its workers is killed when a third is done."""
    job = BulkJob(function=FUNCTION, options=OPTIONS)
    seen: set[int] = set()
    run = Run(0, 0, 0, 0, 0, 0, 0)
    watch = _Watch()
    began = time.monotonic()
    with watch:
        for done in engine.run(job, chunks(items)):
            if done.number in seen:
                raise SystemExit(f"chunk {done.number} came back twice")
            seen.add(done.number)
            run.documents += len(done.results)
            run.refused += len(done.failed)
            run.findings += sum(_findings(result) for result in done.results)
            if not run.killed and victim and run.documents >= len(items) // 3:
                run.killed = _kill_one(victim)
    run.seconds = time.monotonic() - began
    run.cpu, run.peak_mb, run.shares = watch.cpu, watch.peak_mb, watch.shares(victim)
    if run.documents != len(items) or run.refused:
        raise SystemExit(f"{run.documents} of {len(items)} came back, {run.refused} failed")
    return run


def _findings(result: Json) -> int:
    if not isinstance(result, dict) or not isinstance(result.get("paper"), dict):
        return 0
    return len(result["paper"]["findings"]) + len(result["findings"])  # type: ignore[call-overload,index,arg-type]


def _kill_one(words: str) -> int:
    """Only a process below this one: others may work on the same machine."""
    below = _family(os.getpid()) - {os.getpid()}
    pids = sorted(pid for pid in below if words in _command(pid))
    if pids:
        os.kill(pids[-1], signal.SIGKILL)
    return len(pids[-1:])


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


class _Watch:
    """Memory and processor time of this process and all below it, looked at four times a second."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._spent: dict[int, float] = {}
        self._names: dict[int, str] = {}
        self._before = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def cpu(self) -> float:
        """Seconds since the watch began; of a process that died, up to its last sight."""
        return sum(self._spent.values()) - self._before

    def shares(self, words: str) -> dict[str, float]:
        """Seconds of the workers (called by `words`), of this process and of all others."""
        found = {"workers": 0.0, "here": -self._before, "else": 0.0}
        for pid, seconds in self._spent.items():
            worker = words and words in self._names.get(pid, "")
            found["here" if pid == os.getpid() else "workers" if worker else "else"] += seconds
        return found

    def __enter__(self) -> None:
        self._look()
        self._before = sum(self._spent.values())
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            self._look()

    def _look(self) -> None:
        family = _family(os.getpid())
        resident = 0.0
        for pid in family:
            try:
                told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            self._spent[pid] = (int(told[11]) + int(told[12])) / _TICKS
            resident += int(told[21]) * _PAGE
            self._names[pid] = _command(pid) or self._names.get(pid, "")
        self.peak_mb = max(self.peak_mb, resident / 2**20)


def _family(root: int) -> set[int]:
    """The process and everything below it."""
    parents: dict[int, int] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(OSError):
                told = (place / "stat").read_text().rpartition(")")[2].split()
                parents[int(place.name)] = int(told[1])
    family, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return family


def main() -> None:
    """Print documents a CPU-second, ratios and memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--only", choices=("local", "ray"), default="")
    args = parser.parse_args()
    count: int = args.count
    with tempfile.TemporaryDirectory(prefix="gongkai-bulk-") as name:
        items = papers(Path(name), count)
        print(f"{count:,} pages of GB 18030, chunks of {CHUNK}")
        some = items[: min(BARE, count)]
        bare = _bare(some)
        engines: list[tuple[BulkEngine, str]] = [
            (LocalEngine(processes=2), "gongkai.backends.bulk.worker")
        ]
        if find_spec("ray"):
            engines.append((RayEngine(processes=2), "ray::"))
        else:
            print("ray: not installed, skipped")
        for engine, victim in engines:
            if args.only not in ("", engine.name):
                continue
            tenth = carried(engine, items[: max(len(items) // 10, CHUNK)], victim="")
            whole = carried(engine, items, victim=victim)
            after = _bare(some)
            _print(engine.name, tenth, whole, (bare + after) / 2)
            bare = after


def _bare(items: list[Json]) -> float:
    """Documents a CPU-second of the loop."""
    read_chunk(items[:10], OPTIONS)
    began = time.process_time()
    for start in range(0, len(items), CHUNK):
        read_chunk(items[start : start + CHUNK], OPTIONS)
    rate = len(items) / (time.process_time() - began)
    print(f"bare loop, one process: {rate:,.0f} documents a CPU-second ({len(items):,} read)")
    return rate


def _print(name: str, tenth: Run, whole: Run, bare: float) -> None:
    rate = whole.documents / whole.cpu
    print(
        f"{name}: {whole.documents:,} documents in {whole.seconds:.0f} s, "
        f"{rate:,.0f} a CPU-second; ratio {rate / bare:.2f}x; {whole.killed} worker killed, "
        f"none lost; {whole.findings:,} findings"
    )
    shares = ", ".join(f"{seconds:.0f} s {where}" for where, seconds in whole.shares.items())
    print(f"{name}: processor time {shares}")
    print(
        f"{name}: peak of memory {tenth.peak_mb:.0f} MiB at {tenth.documents:,}, "
        f"{whole.peak_mb:.0f} MiB at {whole.documents:,}"
    )


if __name__ == "__main__":
    main()
