"""What is measured: which sections or bodies, which days; and a row of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from gongkai.assessment.models import Audience
from gongkai.kit.dates import CHINA
from gongkai.orgs.models import Body

# References kept on a sheet: more than any bound of points can use.
MOST_REFERENCES = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """Sections of one body, or bodies; `targets` are their keys. `until` is exclusive."""

    audience: str
    body: Body
    targets: tuple[int, ...]
    start: date
    until: date
    today: date

    @property
    def of_sections(self) -> bool:
        """Whether sections are measured, not bodies."""
        return self.audience == Audience.SECTIONS

    @property
    def passed(self) -> date:
        """The first day not yet over inside the period: what is due before it, was due."""
        return min(self.until, self.today)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The period as moments in China, half open."""
        return _midnight(self.start), _midnight(self.until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), CHINA)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of evidence. `page` names what its page shows (record, request, sheet, run)."""

    words: str
    good: bool | None = None
    on: date | None = None
    note: str = ""
    page: str = ""
    uuid: str = ""
    ref: str = ""


Tally = Mapping[int, tuple[int, int]]
Happened = Mapping[int, Iterable[str]]
