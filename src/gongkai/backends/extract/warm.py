"""Orders given to a warm interpreter of this process, which forks a reader for each (``zygote``).

What a fresh interpreter costs (starting, importing) is paid once; each file still has a process of
its own with its own limits, a clean environment and no part of the web application in it.
"""

import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Final, NamedTuple

ZYGOTE: Final = "gongkai.backends.extract.zygote"
LATE: Final = b"late"
LARGEST_ORDER: Final = 32_768
"""Bytes that fit a pipe at once, so that nobody waits for the other."""
_GRACE: Final = 10


class Unavailable(Exception):
    """No warm interpreter; the order was not carried out."""


class _Held(NamedTuple):
    """An interpreter: whose it is (process, surroundings), and our end of its socket."""

    owner: tuple[int, object]
    process: "subprocess.Popen[bytes]"
    asked: socket.socket


class Warm:
    """One for a process; started at the second order, since many programs read one file only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._asked: object = None

    def converse(
        self, order: bytes, header: bytes, environment: Mapping[str, str], wall_seconds: int
    ) -> tuple[bytes, int | None]:
        """What the reader said and how it ended: None when it took too long."""
        if len(order) > LARGEST_ORDER:
            raise Unavailable
        with self._lock:
            asked = self._socket(environment)
            read_order, write_order = os.pipe()
            read_answer, write_answer = os.pipe()
            read_end, write_end = os.pipe()
            theirs = [read_order, write_answer, write_end]
            try:
                socket.send_fds(asked, [header], theirs)
            except OSError as error:
                _close(write_order, read_answer, read_end)
                self._dismiss()
                raise Unavailable from error
            finally:
                _close(*theirs)
        try:
            with suppress(BrokenPipeError):
                os.write(write_order, order)
            _close(write_order)
            said, end = _told(read_answer, read_end, time.monotonic() + wall_seconds + _GRACE)
        finally:
            _close(read_answer, read_end)
        if not end:
            raise Unavailable
        return (b"", None) if end == LATE else (said, int(end))

    @property
    def pid(self) -> int | None:
        """Of the interpreter, while there is one."""
        return self._held.process.pid if self._held is not None else None

    def close(self) -> None:
        """At the end of the process, or to start afresh."""
        with self._lock:
            if self._held is not None:
                self._dismiss()

    def _socket(self, environment: Mapping[str, str]) -> socket.socket:
        """Of the interpreter of this very process, with these surroundings."""
        mine = (os.getpid(), tuple(sorted(environment.items())))
        if self._held is not None:
            if self._held.owner == mine and self._held.process.poll() is None:
                return self._held.asked
            self._dismiss()
        if self._asked != mine:
            self._asked = mine
            raise Unavailable
        try:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except OSError as error:  # not on every system
            raise Unavailable from error
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-X", "utf8", "-m", ZYGOTE],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            start_new_session=True,
        )
        theirs.close()
        self._held = _Held(mine, process, ours)
        return ours

    def _dismiss(self) -> None:
        """It ends by itself when its socket is closed; one of another process is not waited for."""
        assert self._held is not None
        held, self._held = self._held, None
        held.asked.close()
        if held.owner[0] == os.getpid():
            held.process.kill()
            held.process.wait()
        else:
            held.process.returncode = 0  # the other process waits for it


def _told(answer: int, ended: int, until: float) -> tuple[bytes, bytes]:
    """Both pipes to their ends; nothing as the end when time was over."""
    said: dict[int, list[bytes]] = {answer: [], ended: []}
    with selectors.DefaultSelector() as waiting:
        for pipe in said:
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            left = until - time.monotonic()
            ready = waiting.select(left) if left > 0 else []
            if not ready:
                return b"", b""
            for key, _ in ready:
                part = os.read(key.fd, 2**20)
                if part:
                    said[key.fd].append(part)
                else:
                    waiting.unregister(key.fd)
    return b"".join(said[answer]), b"".join(said[ended])


def _close(*pipes: int) -> None:
    for pipe in pipes:
        os.close(pipe)
