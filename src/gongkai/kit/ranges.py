"""Half-open ranges of days: `start` is inside, `until` is the first day outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` (inclusive) up to `until` (exclusive); `None` means open on that side."""

    start: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.until is not None and self.until < self.start:
            raise ValueError(f"range ends before it starts: {self.start} … {self.until}")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (
            self.until is None or day < self.until
        )

    def overlaps(self, other: Span) -> bool:
        """Tell whether any day lies in both ranges."""
        starts = [s for s in (self.start, other.start) if s is not None]
        untils = [u for u in (self.until, other.until) if u is not None]
        return not starts or not untils or max(starts) < min(untils)
