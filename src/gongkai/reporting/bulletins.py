"""Reads of bulletins: which periods there are, who sees which, whether one is as it was issued."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person
from gongkai.reporting.bulletin_policies import READERS
from gongkai.reporting.models import Bulletin, BulletinKind, BulletinState
from gongkai.reporting.statistics import period as periods
from gongkai.reporting.statistics.period import Period

_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True)
class Term:
    """The period a bulletin is about: kind, year, which quarter or half (0 for the year)."""

    kind: str
    year: int
    part: int = 0

    def __post_init__(self) -> None:
        most = {BulletinKind.QUARTER: 4, BulletinKind.HALF: 2, BulletinKind.YEAR: 0}
        if (
            self.kind not in most
            or not (min(most[BulletinKind(self.kind)], 1))
            <= self.part
            <= (most[BulletinKind(self.kind)])
        ):
            raise ValueError(f"there is no bulletin of {self.kind} {self.part}")

    @property
    def period(self) -> Period:
        if self.kind == BulletinKind.QUARTER:
            return periods.quarter(self.year, self.part)
        if self.kind == BulletinKind.HALF:
            return periods.half(self.year, self.part)
        return periods.whole_year(self.year)

    @property
    def label(self) -> str:
        """2026年第一季度, 2026年上半年, 2026年度."""
        if self.kind == BulletinKind.QUARTER:
            return f"{self.year}年第{_NUMERALS[self.part - 1]}季度"
        if self.kind == BulletinKind.HALF:
            return f"{self.year}年{'上下'[self.part - 1]}半年"
        return f"{self.year}年度"

    @property
    def occasion(self) -> str:
        """The meeting at which such a bulletin is usually read out."""
        if self.kind == BulletinKind.QUARTER:
            return f"{_NUMERALS[self.part - 1]}季度工作汇报会"
        if self.kind == BulletinKind.HALF:
            return f"{'上下'[self.part - 1]}半年总结会"
        return "年度总结会"

    @property
    def key(self) -> str:
        """As one choice of a form: quarter-2026-1."""
        return f"{self.kind}-{self.year}-{self.part}"


def terms(today: date) -> list[Term]:
    """The periods a bulletin can be drafted for: begun, of this year and the two before."""
    found: list[Term] = []
    for year in (today.year, today.year - 1, today.year - 2):
        of_year = [Term(BulletinKind.YEAR, year)]
        of_year += [Term(BulletinKind.HALF, year, part) for part in (2, 1)]
        of_year += [Term(BulletinKind.QUARTER, year, part) for part in (4, 3, 2, 1)]
        found += [term for term in of_year if term.period.first <= today]
    return found


def visible_to(person: Person, today: date) -> QuerySet[Bulletin]:
    """Bulletins of the person's bodies, and issued ones of the bodies he supervises."""
    own = {g.body_id for g in orgs.grants_of(person, today) if g.role in READERS}
    below = {body.pk for body in orgs.supervised_bodies(person, today)} - own
    mine = Bulletin.objects.filter(body_id__in=own)
    return mine | Bulletin.objects.filter(body_id__in=below, state=BulletinState.ISSUED)


def digest_of(bulletin: Bulletin) -> str:
    """SHA-256 (hex) over canonical JSON of what was issued."""
    content = {
        "body": bulletin.body.code,
        "term": [bulletin.kind, bulletin.year, bulletin.part],
        "period": [bulletin.first_on.isoformat(), bulletin.last_on.isoformat()],
        "counted_on": bulletin.counted_on.isoformat(),
        "number": bulletin.number,
        "occasion": bulletin.occasion,
        "title": bulletin.title,
        "text": bulletin.text,
        "figures": bulletin.figures,
    }
    raw = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()


def is_intact(bulletin: Bulletin) -> bool:
    """Whether an issued bulletin still is what its digest says."""
    return bulletin.digest == digest_of(bulletin)
