"""A worker process: claim, run, repeat; heartbeat in a thread; clean stop on SIGTERM."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import (
    DatabaseError,
    InterfaceError,
    close_old_connections,
    connection,
    connections,
)
from django.utils import timezone
from django_tasks.base import Task

from gongkai.queue import backend, cron, identity
from gongkai.queue.actions import lease
from gongkai.queue.errors import InterruptedJob, TimeLimitError, UnknownTaskError
from gongkai.queue.models import Job
from gongkai.queue.run import run
from gongkai.queue.tasktype import TIME_LIMIT, QueuedTask

_log = logging.getLogger(__name__)
HOUSEKEEPING = 5.0


@dataclass(frozen=True, slots=True)
class Options:
    """Times in seconds. `grace`: how long a job may go on after SIGTERM before it is given back."""

    queues: Sequence[str] = ()
    once: bool = False
    poll: float = 0.5
    lease: float = 60.0
    grace: float = 20.0


class Heartbeat(threading.Thread):
    """Keeps the lease of the job under way, with a database connection of its own."""

    def __init__(self, seconds: float) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._lease = timedelta(seconds=seconds)
        self._every = seconds / 4
        self._job: Job | None = None
        self._over = threading.Event()

    def keep(self, job: Job | None) -> None:
        """Keep this job from now on (None: nothing)."""
        self._job = job

    def end(self) -> None:
        """Stop the thread."""
        self._over.set()

    def run(self) -> None:
        """Renew every quarter of the lease; a failed renewal is tried again at the next beat."""
        while not self._over.wait(self._every):
            job = self._job
            if job is None:
                continue
            try:
                if not lease.renew(job, lease=self._lease) and self._job is job:
                    _log.warning("job %s: the lease is gone", job.pk)
            except (DatabaseError, InterfaceError):
                _log.warning("job %s: heartbeat failed, trying again", job.pk, exc_info=True)
                connection.close()
        connections.close_all()


class Worker:
    """One process's loop. `run()` returns the number of jobs it ended."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.name = identity.me()
        self.stopping = False
        self._running = False
        self._timed_out = False
        self._kept_house = 0.0
        self._heartbeat = Heartbeat(self.options.lease)

    def run(self) -> int:
        """Work until told to stop (or, with `once`, until nothing is due)."""
        self._listen()
        self._heartbeat.start()
        done, wait = 0, self.options.poll
        try:
            while not self._should_stop():
                try:
                    close_old_connections()
                    if self._one():
                        done += 1
                        wait = self.options.poll
                        continue
                except InterruptedJob:
                    # Told to stop in the very moment of writing down: the lease is freed later.
                    break
                except (DatabaseError, InterfaceError) as error:
                    # The database is away or busy: keep trying, ever more slowly.
                    connection.close()
                    wait = min(wait * 2, 30.0)
                    _log.error("the queue cannot be read, again in %.1f s: %s", wait, error)
                    self._sleep(wait)
                    continue
                if self.options.once:
                    break
                self._sleep(self.options.poll)
        finally:
            self._heartbeat.end()
            self._heartbeat.join(5)
        return done

    def _one(self) -> bool:
        """Keep house, then claim and run one job; False when nothing is due."""
        now = time.monotonic()
        if not self._kept_house or now - self._kept_house >= HOUSEKEEPING:
            self._kept_house = now
            cron.tick(now=timezone.now())
            lease.free_orphans(is_dead=identity.is_dead)
        job = lease.claim(
            worker=self.name,
            queues=self.options.queues,
            lease=timedelta(seconds=self.options.lease),
        )
        if job is None:
            return False
        self._run(job)
        return True

    def _run(self, job: Job) -> None:
        self._heartbeat.keep(job)
        self._timed_out = False
        try:
            self._running = True
            # SIGTERM between the claim and here: give it back rather than start it.
            signal.setitimer(
                signal.ITIMER_REAL, self.options.grace if self.stopping else _limit(job)
            )
            run(job, stopping=self._should_stop)
        finally:
            self._running = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            self._heartbeat.keep(None)

    def _should_stop(self) -> bool:
        return self.stopping

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._should_stop() and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGALRM, self._break_off)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        """First signal: no new job, `grace` for this one. Second: give it back now."""
        again = self.stopping
        self.stopping = True
        if self._running:
            signal.setitimer(signal.ITIMER_REAL, 0.001 if again else self.options.grace)

    def _break_off(self, _number: int, _frame: FrameType | None) -> None:
        if not self._running:
            return
        if self.stopping:
            raise InterruptedJob("the worker stops")
        raise TimeLimitError("the job ran longer than its task allows")


def _limit(job: Job) -> float:
    try:
        task: Task[Any, Any] = backend.task_named(job.task)
    except UnknownTaskError:
        return float(TIME_LIMIT)
    return float(task.time_limit if isinstance(task, QueuedTask) else TIME_LIMIT)
