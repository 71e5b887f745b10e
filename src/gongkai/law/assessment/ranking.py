"""Places by points: ties share a place, what is not comparable has none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

TOO_FEW = "数量太少"


def places(totals: Mapping[int, Decimal | None]) -> dict[int, int | None]:
    """Place by key, 1 for the most points; None in gives None out (数量太少，不排名).

    Two with the same points share a place and the next place is left out (1, 2, 2, 4).
    """
    ranked = sorted((t for t in totals.values() if t is not None), reverse=True)
    return {
        key: None if total is None else ranked.index(total) + 1 for key, total in totals.items()
    }
