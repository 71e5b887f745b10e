"""The statistical year as its first and last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.orgs.models import Body


@dataclass(frozen=True, slots=True)
class Span:
    """A body and a year: 1 January to 31 December, both counted."""

    body: Body
    year: int

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)

    @property
    def eve(self) -> date:
        """The last day before the year."""
        return self.first - timedelta(days=1)
