"""The campaign itself: fork, let live, kill, again; then audit."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import InterfaceError, OperationalError, connections
from django.db.models import Max

from bench.killing import cluster
from bench.killing.deeds import Deed
from gongkai.journal import verify
from gongkai.queue import queries
from gongkai.queue.flow import CANCELLED, DEAD, SUCCEEDED
from gongkai.queue.worker import Options, Worker


@dataclass(frozen=True, slots=True)
class Plan:
    """Numbers of processes, rounds, and seconds they live per round (from, to).

    `pause`: the longest a writer rests between two operations. `command`: workers are started as
    `gongkai worker` (slow to start) instead of forked. `crash`: the data folder of a PostgreSQL
    server to kill as well, moments before, and to start again.
    """

    writers: int = 8
    workers: int = 2
    rounds: int = 40
    alive: tuple[float, float] = (0.3, 1.2)
    pause: float = 0.02
    crash: str = ""
    settle: float = 300.0
    command: bool = False


@dataclass(slots=True)
class Outcome:
    """What the audit found; `sound` only when nothing acknowledged was lost or doubled.

    `lost` and `doubled` name the first twenty of `lost_count` and `doubled_count`; `again` says
    of each task whose worker was killed how often one of its jobs was taken at most.
    """

    rounds: int = 0
    killed: int = 0
    acknowledged: int = 0
    written: int = 0
    lost_count: int = 0
    doubled_count: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    jobs: dict[str, int] = field(default_factory=dict)
    retried: int = 0
    again: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def sound(self) -> bool:
        """The criterion."""
        return not (self.lost_count or self.doubled_count or self.faults)

    def as_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self) | {"sound": self.sound}, ensure_ascii=False)


class Campaign:
    """`run()` does all of it."""

    def __init__(self, deed: Deed, plan: Plan, folder: Path) -> None:
        self.deed = deed
        self.plan = plan
        self.acks = folder / "acknowledged"
        self.acks.mkdir(parents=True, exist_ok=True)
        self.errors = folder / "errors"
        self.outcome = Outcome()

    def run(self) -> Outcome:
        """Prepare, rounds of killing, settle, audit."""
        began = time.monotonic()
        ops = self.deed.prepare()
        (self.acks / "before").write_text("".join(op + "\n" for op in ops))
        for number in range(self.plan.rounds):
            self._round(number)
        self._settle()
        self._audit()
        self.outcome.seconds = round(time.monotonic() - began, 1)
        return self.outcome

    def _round(self, number: int) -> None:
        claims = queries.claims()
        connections.close_all()  # nothing of ours is shared with a child
        children = [
            fork(lambda name=name: self._write(f"w{name}r{number}"))  # type: ignore[misc]
            for name in range(self.plan.writers)
        ]
        work = _exec_worker if self.plan.command else _work
        children += [fork(work) for _ in range(self.plan.workers)]
        time.sleep(random.uniform(*self.plan.alive))
        self._wait_for_work(claims)
        connections.close_all()
        if self.plan.crash:
            cluster.kill(Path(self.plan.crash))
            time.sleep(random.uniform(0, 0.05))
        random.shuffle(children)
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        for pid in children:
            _, status = os.waitpid(pid, 0)
            if not os.WIFSIGNALED(status):
                raise RuntimeError(f"child {pid} ended by itself with {status}; see its message")
        if self.plan.crash:
            cluster.start(Path(self.plan.crash))
        self.outcome.rounds += 1
        self.outcome.killed += len(children)

    def _wait_for_work(self, claims: int) -> None:
        """Without writers, a kill before a worker has begun would prove nothing."""
        end = time.monotonic() + 20
        while not self.plan.writers and time.monotonic() < end:
            if queries.claims() > claims or not queries.counts()["ready"]:
                break
            time.sleep(0.005)

    def _write(self, name: str) -> None:
        number = 0
        with (self.acks / name).open("a") as acks:
            while True:
                number += 1
                op = f"{name}n{number}"
                try:
                    for done in self.deed.do(op):
                        acks.write(done + "\n")
                        acks.flush()
                        os.fsync(acks.fileno())
                except (OperationalError, InterfaceError) as error:
                    # The database is busy or away: not acknowledged, so nothing is promised.
                    with self.errors.open("a") as told:
                        told.write(f"{error}".replace("\n", " ") + "\n")
                    connections.close_all()
                    time.sleep(0.05)
                time.sleep(random.uniform(0, self.plan.pause))

    def _settle(self) -> None:
        """Let two workers do what is left."""
        connections.close_all()
        children = [fork(_work) for _ in range(2)]
        end = time.monotonic() + self.plan.settle
        while time.monotonic() < end:
            counts = queries.counts()
            if not counts["ready"] and not counts["running"]:
                break
            time.sleep(0.2)
        connections.close_all()
        for pid in children:
            os.kill(pid, signal.SIGTERM)
        for pid in children:
            _, status = os.waitpid(pid, 0)
            if status != 0:
                self.outcome.faults.append(f"worker did not stop cleanly: {status}")

    def _acknowledged(self) -> list[str]:
        found: list[str] = []
        for path in sorted(self.acks.iterdir()):
            # A last line without its end was being written when the kill came: never acknowledged.
            found += [line for line in path.read_text().split("\n")[:-1] if line]
        return found

    def _quarrels(self) -> list[str]:
        """Writers that got in each other's way: a person would have seen an error."""
        told = self.errors.read_text().splitlines() if self.errors.exists() else []
        found = [line for line in told if "deadlock" in line or "locked" in line]
        return [f"{len(found)} writers refused by the database: {found[0]}"] if found else []

    def _audit(self) -> None:
        out = self.outcome
        acknowledged = self._acknowledged()
        done = self.deed.done()
        out.acknowledged, out.written = len(acknowledged), sum(done.values())
        lost = sorted(set(acknowledged) - done.keys())
        doubled = sorted(op for op, count in done.items() if count != 1)
        out.lost_count, out.lost = len(lost), lost[:20]
        out.doubled_count, out.doubled = len(doubled), doubled[:20]
        out.faults += self.deed.faults()
        out.faults += self._quarrels()
        report = verify.verify()
        out.faults += [f"journal: {fault.sentence}" for fault in report.faults[:20]]
        if report.checked != report.head_seq:
            out.faults.append(f"journal: {report.checked} lines, head {report.head_seq}")
        out.jobs = queries.counts()
        left = {s: n for s, n in out.jobs.items() if n and s not in {SUCCEEDED, CANCELLED}}
        if left:
            dead = [(job.task, job.errors[-1:]) for job in queries.jobs(state=DEAD)[:3]]
            out.faults.append(f"jobs not done: {left} {dead}")
        again = queries.jobs().filter(claims__gt=1)
        out.retried = again.count()
        out.again = dict(again.order_by().values_list("task").annotate(most=Max("claims")))
        if out.killed and not acknowledged:
            out.faults.append("nothing was written: the campaign proves nothing")


def _exec_worker() -> None:
    os.execv(sys.executable, [sys.executable, "-m", "gongkai", "worker"])


def _work() -> None:
    Worker(Options(poll=0.05)).run()


def fork(child: Callable[[], None]) -> int:
    """Run `child` in a new process; its exit code is 0 only when it returned."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        random.seed(os.urandom(8))
        child()
        code = 0
    finally:
        if code:
            sys.excepthook(*sys.exc_info())
        connections.close_all()
        os._exit(code)
