"""Functions that the bulk engines of the tests carry over items."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai.ports import Json


def doubled(items: Sequence[Json], options: Mapping[str, Any]) -> list[Json]:
    """Twice each number, plus what the options add; some items misbehave as they say."""
    found: list[Json] = []
    for item in items:
        if item == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if item == "hang":
            time.sleep(3600)
        if item == "raise":
            raise KeyError("no such thing")
        assert isinstance(item, int)
        found.append(2 * item + int(options.get("more", 0)))
    return found


def die_once(items: Sequence[Json], options: Mapping[str, Any]) -> list[Json]:
    """Kills its worker the first time it meets the item that the options name."""
    mark = Path(options["mark"])
    if options["victim"] in items and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return list(items)


def too_few(items: Sequence[Json], options: Mapping[str, Any]) -> list[Json]:
    """Forgets an item."""
    return list(items)[:-1]
