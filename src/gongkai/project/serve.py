"""The supervisor: web server and workers under one process, stopped together, restarted alone.

It loads no Django: it stays small, and a fault in the program cannot take it along.
"""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from gongkai.project import installed
from gongkai.project.command import Failure
from gongkai.project.config import Config

STEADY_SECONDS = 30.0  # who lived this long is restarted at once, others ever more slowly
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
STOP_SECONDS = 30.0  # then a child that will not stop is killed
READY_SECONDS = 60.0
EARLY_FAILURES = 3  # a program that ends this often before it ever served is given up
_PR_SET_PDEATHSIG = 1
# Looked up before any fork: between fork and exec almost nothing is safe to do.
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """In the child, before it runs: TERM when the supervisor is killed, so that none is left."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(slots=True)
class Program:
    """One program kept alive. ``name`` is what people read in messages."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    wait: float = FIRST_WAIT
    next_at: float = 0.0
    early_failures: int = 0

    def keep(self, say: Callable[[str], None]) -> None:
        """Start it, or restart it when it has ended and its turn has come."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            steady = now - self.started_at > STEADY_SECONDS
            self.early_failures = 0 if steady else self.early_failures + 1
            self.wait = FIRST_WAIT if steady else min(self.wait * 2, LONGEST_WAIT)
            self.next_at, self.process = now + self.wait, None
            say(f"{self.name}意外停止 (代码 {code}), {self.wait:.0f} 秒后重新启动。")
        if now < self.next_at:
            return
        self.started_at = now
        # Its own session: Ctrl-C reaches the supervisor alone, which stops everything in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread
        )

    def alive(self) -> bool:
        """True while it runs."""
        return self.process is not None and self.process.poll() is None


@dataclass(slots=True)
class Supervisor:
    """Keeps programs alive until SIGTERM or SIGINT."""

    programs: list[Program]
    say: Callable[[str], None]
    stopping: bool = False
    ready: bool = field(default=False)

    def run(self, *, is_ready: Callable[[], bool], on_ready: Callable[[], None]) -> int:
        """0 after a clean stop, 1 when something had to be killed or never came up."""
        before = {n: signal.signal(n, self._stop) for n in (signal.SIGTERM, signal.SIGINT)}
        began = time.monotonic()
        try:
            while not self.stopping:
                for program in self.programs:
                    program.keep(self.say)
                if not self.ready:
                    self.ready = is_ready()
                    if self.ready:
                        on_ready()
                    elif self._hopeless(began):
                        break
                time.sleep(0.2)
        finally:
            killed = self._end()
            for number, handler in before.items():
                signal.signal(number, handler)
        return int(killed or not self.stopping)

    def _hopeless(self, began: float) -> bool:
        if time.monotonic() - began > READY_SECONDS:
            self.say(f"网站在 {READY_SECONDS:.0f} 秒内没有启动, 已放弃。")
            return True
        for program in self.programs:
            if program.early_failures >= EARLY_FAILURES:
                self.say(f"{program.name}接连启动失败, 已放弃; 原因见上面的信息。")
                return True
        return False

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> bool:
        for program in self.programs:
            if program.process is not None and program.alive():
                program.process.terminate()
        end = time.monotonic() + STOP_SECONDS
        killed = False
        for program in self.programs:
            if program.process is None:
                continue
            try:
                program.process.wait(max(end - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(program.process.pid, signal.SIGKILL)
                program.process.wait()
                killed = True
        return killed


def web_command(config: Config) -> list[str]:
    """gunicorn with threads; no access log (it would hold personal data)."""
    options = {
        "bind": address(config),
        "worker-class": "gthread",
        "workers": config.web_workers,
        "threads": config.web_threads,
        "timeout": 60,
        "graceful-timeout": 20,
        "keep-alive": 5,
        "max-requests": 10_000,
        "max-requests-jitter": 1_000,
        "log-level": "error",
    }
    if Path("/dev/shm").is_dir():  # noqa: S108 - gunicorn's heartbeat file, unlinked at once
        options["worker-tmp-dir"] = "/dev/shm"  # noqa: S108
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [
        sys.executable, "-m", "gunicorn", "gongkai.project.wsgi", "--preload",
        "--no-control-socket", *flags,
    ]  # fmt: skip


def programs(config: Config) -> list[Program]:
    """What this machine runs: the web server, and workers where the queue is there."""
    found = [Program("网站", web_command(config))]
    if installed.has_module("project/commands/worker.py"):
        command = [sys.executable, "-m", "gongkai", "worker"]
        found += [Program("后台任务", command) for _ in range(config.queue_workers)]
    return found


def address(config: Config) -> str:
    """``host:port``, with brackets round IPv6."""
    host = f"[{config.bind}]" if ":" in config.bind else config.bind
    return f"{host}:{config.port}"


def port_is_free(config: Config) -> bool:
    """False when another program already listens there."""
    family = socket.AF_INET6 if ":" in config.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.bind, config.port))
        except OSError:
            return False
    return True


def answers(config: Config) -> bool:
    """True when the web server answers anything to ``/healthz``."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.bind, config.bind)  # noqa: S104
    try:
        connection = HTTPConnection(host, config.port, timeout=2)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    return True


@contextmanager
def in_use(data: Path) -> Iterator[None]:
    """Hold the data folder: a second server or a restore on the same folder is refused."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(f"数据目录 {data} 正被另一个 gongkai 使用, 请先停止它。") from None
        yield
