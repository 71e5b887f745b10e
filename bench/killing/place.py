"""A fresh database for one campaign: a data folder for SQLite, a new database on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a campaign runs: the environment its processes get."""

    folder: Path
    env: dict[str, str] = field(repr=False)

    def json(self, *args: str) -> dict[str, Any]:
        """Run a module that prints one line of JSON; its exit code is only its own verdict."""
        done = subprocess.run(
            [sys.executable, "-m", *args],
            env=self.env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        lines = done.stdout.strip().splitlines()
        if not lines:
            raise RuntimeError(f"{args}: exit {done.returncode}, nothing said")
        found: dict[str, Any] = json.loads(lines[-1])
        return found

    def python(self, *args: str, timeout: float | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python there; raises with what it said when it fails."""
        done = subprocess.run(
            [sys.executable, *args],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{args}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done


@contextmanager
def place(folder: Path, *, postgresql: str = "") -> Iterator[Place]:
    """A migrated, empty database; `postgresql` is the URL of any database of the server to use."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    paths = [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    env = {
        **kept,
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "GONGKAI_DATA": str(folder),
        "GONGKAI_JOURNAL_KEY": "5e" * 32,
        "GONGKAI_PERSONAL_KEY": "a7" * 32,
        "GONGKAI_SECRET_KEY": "only-for-kill-tests-" * 4,
    }
    env["DJANGO_SETTINGS_MODULE"] = os.environ.get(
        "GONGKAI_KILL_SETTINGS", "gongkai.project.settings"
    )
    folder.mkdir(parents=True, exist_ok=True)
    if not postgresql:
        made = Place(folder, env)
        made.python("-m", "django", "migrate", "-v0")
        yield made
        return
    name = f"gongkai_kill_{os.getpid()}_{folder.name[-12:].replace('-', '_')}"
    _server(postgresql, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _server(postgresql, f'CREATE DATABASE "{name}"')
    try:
        url = urlunsplit(urlsplit(postgresql)._replace(path=f"/{name}"))
        made = Place(folder, {**env, "GONGKAI_DATABASE_URL": url})
        made.python("-m", "django", "migrate", "-v0")
        yield made
    finally:
        _server(postgresql, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server(url: str, statement: str) -> None:
    import psycopg

    administration = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(administration, autocommit=True) as connection:
        connection.execute(statement)  # built from our own names
