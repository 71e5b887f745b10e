"""Plain values handed to the actions of the assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round to be opened. `until` is exclusive; an empty scheme is the one of the last day."""

    title: str
    start: date
    until: date
    audience: str = "sections"
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """Points for an indicator; with `ref`, an event of that rule, named in words."""

    key: str
    reason: str
    points: Decimal | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decision on an appeal: granted (with the new points of an indicator) or not."""

    granted: bool
    reason: str
    points: Decimal | None = None
