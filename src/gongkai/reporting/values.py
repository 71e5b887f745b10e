"""Plain values handed to the actions of reporting."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell entered by hand: its value (None takes the last one back) and where it comes from."""

    cell: str
    value: Decimal | int | None
    source: str
