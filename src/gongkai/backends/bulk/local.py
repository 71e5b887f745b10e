"""Workers on this machine: one pipe each, a time limit for each chunk, replaced when they die.

The pools of the standard library lose what a killed worker held, or hang; here a chunk whose
worker died or took too long is halved and tried again, down to the one item at fault.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from gongkai.backends.bulk.work import Gathering, halves
from gongkai.backends.bulk.worker import receive, send
from gongkai.ports import BulkChunk, BulkDone, BulkJob

WORKER = "gongkai.backends.bulk.worker"
_START_SECONDS = 60


@dataclass(eq=False)
class _Worker:
    """A child process and the chunk it holds."""

    process: "subprocess.Popen[bytes]"
    chunk: BulkChunk | None = None
    until: float = field(default=0.0)
    ready: bool = False


class LocalEngine:
    """`processes` 0 means one for each core."""

    name = "local"

    def __init__(
        self, *, processes: int = 0, chunk_seconds: int = 300, memory_mb: int = 2048
    ) -> None:
        self._count = processes or os.cpu_count() or 1
        self._seconds, self._memory = chunk_seconds, memory_mb

    def run(self, job: BulkJob, chunks: Iterable[BulkChunk]) -> Iterator[BulkDone]:
        """See the port. Closing the iterator ends the workers."""
        run = _Run(job, self._seconds, self._memory)
        try:
            yield from run.over(iter(chunks), self._count)
        finally:
            run.end()


class _Run:
    """One job on its way."""

    def __init__(self, job: BulkJob, seconds: int, memory_mb: int) -> None:
        self._job, self._seconds, self._memory = job, seconds, memory_mb
        self._workers: list[_Worker] = []
        self._again: deque[BulkChunk] = deque()
        self._gathering = Gathering()
        self._waiting = selectors.DefaultSelector()

    def over(self, chunks: Iterator[BulkChunk], count: int) -> Iterator[BulkDone]:
        """Keep every worker busy; never take more chunks than there are workers."""
        for _ in range(count):
            self._start()
        more = True
        while more or self._again or any(w.chunk for w in self._workers):
            more = self._hand_out(chunks) and more
            if not any(w.chunk or not w.ready for w in self._workers):
                continue
            for done in self._collect():
                if done is not None:
                    yield done

    def _hand_out(self, chunks: Iterator[BulkChunk]) -> bool:
        """Give each idle worker something; False when the chunks have come to their end."""
        for worker in self._workers:
            if not worker.ready or worker.chunk is not None:
                continue
            chunk = self._again.popleft() if self._again else next(chunks, None)
            if chunk is None:
                return False
            if not self._gathering.is_begun(chunk.number):
                self._gathering.begin(chunk)
            self._give(worker, chunk)
        return True

    def _give(self, worker: _Worker, chunk: BulkChunk) -> None:
        worker.chunk, worker.until = chunk, time.monotonic() + self._seconds
        assert worker.process.stdin is not None
        try:
            send(worker.process.stdin, {"items": list(chunk.items)})
        except BrokenPipeError:
            worker.until = 0.0  # found dead when its pipe is read

    def _collect(self) -> Iterator[BulkDone | None]:
        for key, _ in self._waiting.select(timeout=1.0):
            worker: _Worker = key.data
            try:
                answer = receive(worker.process.stdout)  # type: ignore[arg-type]
            except EOFError:
                yield self._lost(worker, "读取它的进程中断")
            else:
                yield self._answered(worker, answer)
        for worker in [w for w in self._workers if w.until < time.monotonic()]:
            yield self._lost(worker, f"在{self._seconds}秒内没有读完")

    def _answered(self, worker: _Worker, answer: dict[str, Any]) -> BulkDone | None:
        if not worker.ready:
            worker.ready, worker.until = True, float("inf")
            return None
        chunk, worker.chunk, worker.until = worker.chunk, None, float("inf")
        assert chunk is not None
        if "error" in answer:
            return self._fault(chunk, f"读取它时出错（{answer['error']}）")
        return self._gathering.results(chunk, answer["results"])

    def _lost(self, worker: _Worker, reason: str) -> BulkDone | None:
        chunk, was_ready = worker.chunk, worker.ready
        self._dismiss(worker)
        if not was_ready:
            raise RuntimeError("a worker of the bulk engine could not start")
        self._start()
        return self._fault(chunk, reason) if chunk is not None else None

    def _fault(self, chunk: BulkChunk, reason: str) -> BulkDone | None:
        """Halve and try again; a single item is told with the reason."""
        if len(chunk.items) == 1:
            return self._gathering.failure(chunk, reason)
        self._again.extend(halves(chunk))
        return None

    def _start(self) -> None:
        command = [sys.executable, "-X", "utf8", "-m", WORKER]
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        worker = _Worker(process, until=time.monotonic() + _START_SECONDS)
        start = {
            "function": self._job.function,
            "options": dict(self._job.options),
            "memory_mb": self._memory,
        }
        assert process.stdin is not None and process.stdout is not None
        send(process.stdin, start)
        self._workers.append(worker)
        self._waiting.register(process.stdout, selectors.EVENT_READ, worker)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        assert worker.process.stdin is not None and worker.process.stdout is not None
        self._waiting.unregister(worker.process.stdout)
        if worker.process.poll() is None:
            os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait()
        worker.process.stdout.close()
        with suppress(BrokenPipeError):
            worker.process.stdin.close()

    def end(self) -> None:
        """No worker outlives its run."""
        for worker in list(self._workers):
            self._dismiss(worker)
        self._waiting.close()


def _environment() -> dict[str, str]:
    """Only what a Python needs to start; no settings, no secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
