"""Memory of two web workers under load, and how many records a second are published."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

from bench.office import Bench, reviewed
from gongkai.kit.dates import CHINA

WORKERS = 2
PATIENCE = 30.0


def memory(paths: list[str], *, rounds: int = 10) -> tuple[float, float]:
    """MiB of two gunicorn workers and their master after start and after `rounds` x `paths`.

    Proportional set size: memory that the processes share is counted once.
    """
    with _server() as (process, port):
        for path in paths[:2]:
            _get(port, path)
        first = _mebibytes(process.pid)
        for _round in range(rounds):
            for path in paths:
                _get(port, path)
        return first, _mebibytes(process.pid)


@contextmanager
def _server() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable, "-m", "gunicorn", "bench.wsgi", "--preload", "--worker-class=gthread",
        f"--workers={WORKERS}", "--threads=4", f"--bind=127.0.0.1:{port}", "--log-level=error",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=dict(os.environ, DJANGO_SETTINGS_MODULE="bench.settings")
    )
    try:
        _wait(port)
        yield process, port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _get(port, "/healthz")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _get(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")


def _mebibytes(pid: int) -> float:
    family = [pid, *_children(pid)]
    return sum(_pss(one) for one in family) / 1024


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def publishing(at: Bench, first: int, count: int) -> tuple[float, float]:
    """Publications a second by one person, and bare one-row commits a second, on the same disk."""
    from django.db import transaction

    from gongkai.catalog import actions
    from gongkai.orgs import actions as orgs
    from gongkai.orgs.models import Duty, Role
    from gongkai.orgs.values import RoleAward

    now = datetime.now(CHINA)
    officer = orgs.create_person(
        fields={"username": "officer", "name": "公开丁", "body": at.body}, by=None, now=now
    )
    award = RoleAward(Role.DISCLOSURE_OFFICE, at.body)
    orgs.grant(person=officer, award=award, by=None, now=now)
    done = reviewed(at, range(first, first + count), random.Random(1))
    began = time.perf_counter()
    for record, _version, _sheet in done:
        actions.publish(record=record, by=officer, now=now)
    rate = count / (time.perf_counter() - began)
    began = time.perf_counter()
    for number in range(count):
        with transaction.atomic():
            Duty.objects.create(body=at.body, title=f"职责{number}")
    return rate, count / (time.perf_counter() - began)
