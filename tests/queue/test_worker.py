"""Real worker processes: clean stop, stop in the middle, the supervisor; identity; heartbeat."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bench.killing.place import ROOT, Place, place
from gongkai.queue import identity
from gongkai.queue.actions import lease
from gongkai.queue.actions.enqueue import enqueue
from gongkai.queue.models import Job
from gongkai.queue.worker import Heartbeat
from tests.queue import sample_tasks as tasks

# The jobs of these tests; on a slow machine a row of the schedule may fall due beside them.
OURS = (
    "from gongkai.queue.models import Job; rows = Job.objects.filter(task__startswith='tests.'); "
)
STATES = OURS + "print(*sorted(j.state for j in rows))"
SLEEPERS = "from tests.queue.slow_tasks import {0}; print({0}.enqueue({1}).id)"


@pytest.fixture(scope="module")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    url = os.environ.get("GONGKAI_TEST_DATABASE_URL", "")
    with place(tmp_path_factory.mktemp("worker") / "w", postgresql=url) as made:
        yield made


@pytest.fixture
def where(_migrated: Place) -> Place:
    """A database of its own, with an empty queue."""
    _said(_migrated, "from gongkai.queue.models import Job; Job.objects.all().delete()")
    (_migrated.folder / "mark").unlink(missing_ok=True)
    return _migrated


def _said(where: Place, code: str) -> str:
    return where.python("-c", f"import django; django.setup(); {code}").stdout.strip()


def _worker(where: Place, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "gongkai", "worker", *more], env=where.env, cwd=ROOT
    )


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.django_db
def test_sigterm_lets_a_short_job_end_and_takes_no_other(where: Place) -> None:
    mark = where.folder / "mark"
    for _ in range(2):
        _said(where, SLEEPERS.format("nap", f"{str(mark)!r}, 1.0"))
    worker = _worker(where)
    try:
        _until(mark.exists)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
    finally:
        worker.kill()
    assert _said(where, STATES) == "ready succeeded"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_second_sigterm_gives_the_job_back_at_once(where: Place) -> None:
    mark = where.folder / "mark"
    _said(where, SLEEPERS.format("nap", f"{str(mark)!r}, 60"))
    worker = _worker(where)
    try:
        _until(mark.exists)
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(10) == 0
    finally:
        worker.kill()
    found = OURS + "j = rows.get(); print(j.state, j.attempts)"
    assert _said(where, found) == "ready 0"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_job_over_its_time_limit_is_broken_off(where: Place) -> None:
    _said(where, SLEEPERS.format("hang", ""))
    where.python("-m", "gongkai", "worker", "--once", timeout=120)
    found = OURS + "print(rows.get().last_error())"
    assert "TimeLimitError" in _said(where, found)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_supervisor_restarts_a_killed_worker_which_ends_the_job(where: Place) -> None:
    mark = where.folder / "mark"
    _said(where, SLEEPERS.format("nap_first_long", repr(str(mark))))
    supervisor = _worker(where, "--processes", "2")
    try:
        _until(mark.exists)
        os.kill(int(mark.read_text()), signal.SIGKILL)
        _until(lambda: _said(where, STATES) == "succeeded", 120)
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(60) == 0
    finally:
        supervisor.kill()


def test_identity_knows_the_living_from_the_dead() -> None:
    assert not identity.is_dead(identity.me())
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    place_, pid, _ = identity.me().rsplit("/", 2)
    started = identity._started(child.pid)
    name = f"{place_}/{child.pid}/{started}"
    assert not identity.is_dead(name)
    assert identity.is_dead(f"{place_}/{child.pid}/{int(started or 0) - 1}")  # a number used again
    child.kill()
    _until(lambda: identity.is_dead(name))  # also while nobody has reaped it
    child.communicate()
    assert identity.is_dead(name)
    assert not identity.is_dead(f"other/machine/1/{pid}/{started}")
    for odd in ("", "x", "a/b", "///"):
        assert not identity.is_dead(odd)


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_keeps_the_lease() -> None:
    tasks.note.enqueue(1)
    job = lease.claim(worker="w", lease=timedelta(seconds=0.4))
    assert job is not None
    heart = Heartbeat(0.4)
    heart.start()
    heart.keep(job)
    try:
        time.sleep(1.0)
        assert Job.objects.get().lease_until > timezone.now()  # type: ignore[operator]
    finally:
        heart.end()
        heart.join()
    time.sleep(0.5)
    assert lease.claim(worker="v") is not None


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_does_not_start_before_who_merged_into_it_commits() -> None:
    """Else it would run, not see the change, and the change would have no run of its own."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: a claim waits for the commit anyway")
    first = enqueue(tasks.note, args=[1], unique_key="k")
    merged, may_commit = threading.Event(), threading.Event()
    found: list[int] = []

    def change() -> None:
        try:
            with transaction.atomic():
                found.append(enqueue(tasks.note, args=[1], unique_key="k").pk)
                merged.set()
                may_commit.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    try:
        assert merged.wait(10)
        assert lease.claim(worker="w") is None
    finally:
        may_commit.set()
        thread.join()
    assert found == [first.pk]
    assert lease.claim(worker="w") is not None


@pytest.mark.django_db(transaction=True)
def test_claimers_at_the_same_moment_never_get_the_same_job() -> None:
    for number in range(40):
        tasks.note.enqueue(number)
    taken: list[int] = []

    def take(name: str) -> None:
        try:
            while (job := lease.claim(worker=name)) is not None:
                taken.append(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(Job.objects.values_list("pk", flat=True))
    assert len(set(taken)) == 40
