"""A warm interpreter that opens no file: each order gets a process forked from it.

Started by ``warm`` with one end of a socket on its standard input. A message is a JSON header
(`folder`, `wall_seconds`) with three pipes: where the order is read, where the answer and how it
ended are written. A keeper forked for each order forks the reader, ends it with all it started, and
tells its end; this process only forks. It ends when the other end is closed or nothing came.
"""

import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final

from gongkai.backends.extract import child

LARGEST_HEADER: Final = 4096
PIPES: Final = 3
LATE: Final = "late"
IDLE_SECONDS: Final = 900
_WARM: Final = (
    "door", "html", "pdf", "docx", "doc", "xlsx", "pptx", "ofd", "odf", "rtf", "plain", "csv_rows",
    "json_rows", "xml_rows", "zip_files", "mail", "images",
)  # fmt: skip
"""Readers that are there from the start; what else a file wants is imported for it."""


def main() -> int:
    """Serve until nobody is there."""
    for name in _WARM:
        import_module(f"gongkai.backends.extract.{name}")
    import_module("PIL.Image").preinit()  # its own readers, else looked up for each picture
    asked = socket.socket(fileno=os.dup(0))
    asked.settimeout(IDLE_SECONDS)
    while True:
        try:
            header, pipes, _, _ = socket.recv_fds(asked, LARGEST_HEADER, PIPES)
        except TimeoutError:
            return 0
        if not header:
            return 0
        _forget_ended()
        if os.fork() == 0:
            asked.close()
            _keep(json.loads(header), pipes)
        for pipe in pipes:
            os.close(pipe)


def _forget_ended() -> None:
    """Keepers that are done; their processor time becomes this process's children's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _keep(header: dict[str, str | int], pipes: Sequence[int]) -> None:
    """In the keeper: start the reader, wait for its end, tell it. Never returns."""
    order, answer, ended = pipes
    code: int | str = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        reader = os.fork()
        if reader == 0:
            os.close(ended)
            _read(order, answer, str(header["folder"]))
        os.close(order)
        os.close(answer)
        code = _end_of(reader, int(header["wall_seconds"]))
        os.write(ended, str(code).encode())
    finally:
        os._exit(0)


def _read(order: int, answer: int, folder: str) -> None:
    """In the reader: as if it had been started by itself. Never returns."""
    code = 1
    try:
        os.setsid()
        os.dup2(order, 0)
        os.dup2(answer, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.closerange(3, max(order, answer) + 64)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        code = child.main()
    finally:
        os._exit(code)


def _end_of(reader: int, wall_seconds: int) -> int | str:
    """Its exit code, minus the signal that ended it, or `LATE`; whatever it started goes too."""
    late = False

    def stop(*_: object) -> None:
        nonlocal late
        late = True
        _kill(reader)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(0.001, wall_seconds))
    # Not reaped before its group is killed: until then the number is nobody else's.
    os.waitid(os.P_PID, reader, os.WEXITED | os.WNOWAIT)
    signal.setitimer(signal.ITIMER_REAL, 0)
    _kill(reader)
    _, status = os.waitpid(reader, 0)
    return LATE if late else os.waitstatus_to_exitcode(status)


def _kill(reader: int) -> None:
    for kill in (os.killpg, os.kill):  # it may not lead its group yet
        with suppress(ProcessLookupError, PermissionError):
            kill(reader, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
