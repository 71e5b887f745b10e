"""Several worker processes under one parent: started, restarted, stopped together."""

from __future__ import annotations

import logging
import signal
import subprocess
import time
from collections.abc import Sequence
from types import FrameType

_log = logging.getLogger(__name__)
RESTART_FIRST = 0.5
RESTART_MOST = 30.0
STEADY = 60.0


class Supervisor:
    """Keeps `count` copies of `command` alive until SIGTERM; a copy that fails is restarted.

    The children notice by themselves when the parent is gone.
    """

    def __init__(self, command: Sequence[str], count: int, *, grace: float = 25.0) -> None:
        self.command = list(command)
        self.grace = grace
        self.stopping = False
        self._children: list[_Child] = [_Child() for _ in range(count)]

    def run(self) -> int:
        """Returns 0 after a clean stop, 1 when a child had to be killed."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping:
            for child in self._children:
                child.keep(self.command)
            time.sleep(0.2)
        return self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> int:
        living = [c.process for c in self._children if c.process and c.process.poll() is None]
        for process in living:
            process.terminate()
        end = time.monotonic() + self.grace
        killed = False
        for process in living:
            try:
                process.wait(max(end - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed = True
        return int(killed)


class _Child:
    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._wait = RESTART_FIRST
        self._next = 0.0

    def keep(self, command: list[str]) -> None:
        """Start the child, or restart it when it ended; ever more slowly while it keeps ending."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            _log.warning("worker %s ended with %s", self.process.pid, code)
            self._wait = (
                RESTART_FIRST if now - self._started > STEADY else min(self._wait * 2, RESTART_MOST)
            )
            self._next, self.process = now + self._wait, None
        if now < self._next:
            return
        self._started = now
        self.process = subprocess.Popen(command)  # noqa: S603 - our own command line
