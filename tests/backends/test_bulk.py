"""What every bulk engine owes: each item once, whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest

from gongkai.backends.bulk.local import LocalEngine
from gongkai.backends.bulk.ray_engine import RayEngine
from gongkai.backends.bulk.work import Gathering, halves
from gongkai.ports import BulkChunk, BulkDone, BulkEngine, BulkJob, Json

DOUBLED = "tests.backends.bulk_samples.doubled"
needs_ray = pytest.mark.skipif(
    find_spec("ray") is None, reason="没有安装 ray (可选), 只测本机引擎。"
)
ENGINES = [
    pytest.param("local", id="local"),
    pytest.param("ray", id="ray", marks=[needs_ray, pytest.mark.slow]),
]


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> BulkEngine:
    if request.param == "ray":
        return RayEngine(processes=2)
    return LocalEngine(processes=2, chunk_seconds=5)


def chunks(items: list[Json], size: int) -> list[BulkChunk]:
    starts = range(0, len(items), size)
    return [BulkChunk(n, tuple(items[s : s + size])) for n, s in enumerate(starts)]


def outcome(done: Iterator[BulkDone], size: int) -> tuple[dict[int, Json], dict[int, str]]:
    results: dict[int, Json] = {}
    failed: dict[int, str] = {}
    for chunk in done:
        for place, result in enumerate(chunk.results):
            assert chunk.number * size + place not in results
            results[chunk.number * size + place] = result
        failed |= {chunk.number * size + place: why for place, why in chunk.failed.items()}
    return results, failed


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_every_item_comes_back_once(engine: BulkEngine) -> None:
    items: list[Json] = list(range(503))
    job = BulkJob(function=DOUBLED, options={"more": 1})
    results, failed = outcome(engine.run(job, chunks(items, 10)), 10)
    assert results == {n: 2 * n + 1 for n in range(503)} and failed == {}


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
@pytest.mark.parametrize("poison", ["kill", "raise"])
def test_a_poisoned_item_fails_alone(engine: BulkEngine, poison: str) -> None:
    items: list[Json] = list(range(60))
    items[7] = items[41] = poison
    results, failed = outcome(engine.run(BulkJob(function=DOUBLED), chunks(items, 16)), 16)
    assert set(failed) == {7, 41} and all(len(why) > 4 for why in failed.values())
    assert {n: r for n, r in results.items() if n not in failed} == {
        n: 2 * n for n in range(60) if n not in (7, 41)
    }


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_a_worker_killed_once_costs_nothing(engine: BulkEngine, tmp_path: Path) -> None:
    items: list[Json] = list(range(40))
    options: dict[str, Json] = {"mark": str(tmp_path / "mark"), "victim": 23}
    job = BulkJob(function="tests.backends.bulk_samples.die_once", options=options)
    results, failed = outcome(engine.run(job, chunks(items, 8)), 8)
    assert (tmp_path / "mark").exists()
    assert results == {n: n for n in range(40)} and failed == {}


def test_what_takes_too_long_is_given_up() -> None:
    items: list[Json] = [1, "hang", 3, 4]
    engine = LocalEngine(processes=2, chunk_seconds=1)
    results, failed = outcome(engine.run(BulkJob(function=DOUBLED), chunks(items, 2)), 2)
    assert set(failed) == {1} and "1秒" in failed[1]
    assert (results[0], results[2], results[3]) == (2, 6, 8)


def test_a_function_that_forgets_an_item_is_no_function() -> None:
    job = BulkJob(function="tests.backends.bulk_samples.too_few")
    _, failed = outcome(LocalEngine(processes=1).run(job, chunks([1, 2], 2)), 2)
    assert set(failed) == {0, 1}


def test_chunks_are_taken_only_as_they_are_needed_and_stopping_ends_the_workers() -> None:
    taken = 0

    def many() -> Iterator[BulkChunk]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield BulkChunk(n, (n,))

    running = LocalEngine(processes=2).run(BulkJob(function=DOUBLED), many())
    assert len(list(islice(running, 5))) == 5
    assert taken <= 5 + 2 * 2
    children = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "bulk.worker"], capture_output=True, check=False
    )
    pids = [int(pid) for pid in children.stdout.split()]
    running.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def test_a_worker_that_cannot_start_is_told_at_once() -> None:
    job = BulkJob(function="tests.backends.no_such_module.nothing")
    with pytest.raises(RuntimeError, match="could not start"):
        list(LocalEngine(processes=1).run(job, chunks([1], 1)))


def test_halves_come_together_again() -> None:
    whole = BulkChunk(3, tuple("abcde"))
    left, right = halves(whole)
    gathering = Gathering()
    gathering.begin(whole)
    assert gathering.results(right, ["C", "D", "E"]) is None
    first, second = halves(left)
    assert gathering.failure(first, "坏") is None
    done = gathering.results(second, ["B"])
    assert done == BulkDone(number=3, results=(None, "B", "C", "D", "E"), failed={0: "坏"})
    assert not gathering.is_begun(3)
