"""Reading the demo's content: TOML files and plain texts with {slots} to fill."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@cache
def table(name: str) -> dict[str, Any]:
    """`data/<name>.toml`; callers must not change it."""
    with (DATA / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


def text(path: str) -> str:
    """A plain text under `data/`, without the line end of the last line."""
    return (DATA / path).read_text(encoding="utf-8").rstrip("\n")


def fill(template: str, slots: Mapping[str, object]) -> str:
    """The template with every {slot} filled; a slot nobody gave is a fault of the content."""
    return _SLOT.sub(lambda found: str(slots[found.group(1)]), template).strip("\n")
