"""Tasks that take their time, for tests with real processes."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task


@task
def nap(mark: str, seconds: float) -> None:
    """Says it has begun, then sleeps."""
    Path(mark).write_text(str(os.getpid()))
    time.sleep(seconds)


@task
def nap_first_long(mark: str) -> None:
    """Sleeps for ever the first time, not at all the next."""
    path = Path(mark)
    if path.exists():
        return
    draft = path.with_suffix(".draft")
    draft.write_text(str(os.getpid()))
    draft.rename(path)
    time.sleep(600)


@task(time_limit=1)
def hang() -> None:
    """Longer than it may."""
    time.sleep(600)
