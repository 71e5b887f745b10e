"""One call: who calls with which token, when, on which case; and what a deed made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.disclosure.models import (
    Consultation,
    DisclosureRequest,
    Letter,
    PublicAnswer,
    RemedyCase,
    SealedFile,
)
from gongkai.law.guide import Gap
from gongkai.orgs.models import AccessToken, Person
from gongkai.records.models import Record


@dataclass(frozen=True, slots=True)
class Caller:
    """A person through a token, at a moment read once."""

    token: AccessToken
    now: datetime
    today: date

    @property
    def person(self) -> Person:
        """Who acts."""
        return self.token.person

    @property
    def by(self) -> dict[str, Any]:
        """The two arguments every action takes."""
        return {"by": self.person, "now": self.now}


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed under way: the caller, the case, the row below it, and what was given."""

    caller: Caller
    request: DisclosureRequest
    values: dict[str, Any]
    letter: Letter | None = None
    consultation: Consultation | None = None
    remedy: RemedyCase | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a deed besides the case's own change."""

    request: DisclosureRequest
    letter: Letter | None = None
    file: SealedFile | None = None
    consultation: Consultation | None = None
    remedy: RemedyCase | None = None
    requests: tuple[DisclosureRequest, ...] = ()
    record: Record | None = None
    answer: PublicAnswer | None = None
    secret: str = ""
    gaps: tuple[Gap, ...] = field(default_factory=tuple)
