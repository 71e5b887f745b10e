"""The shapes of a scheme: indicators with weights, events that add or take points, grades."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.kit.ranges import Span
from gongkai.law.assessment.sources import EVENTS, FIGURES

OWN_READING = "本平台的理解，原文未见"


class Spread(StrEnum):
    """What becomes of the weight of an indicator without a case (不适用)."""

    HEAD = "head"
    SCALE = "scale"


SPREAD_WORDS = {
    Spread.HEAD: "不适用的指标，分值按比例分给同一项里其他指标；一项全不适用的，由其他各项分担",
    Spread.SCALE: "不适用的指标不计分，得分按适用指标的总分值折算成满分",
}


@dataclass(frozen=True, slots=True)
class Share:
    """Points by the share `good / cases`: none up to `zero` percent, all from `full` percent."""

    zero: int = 0
    full: int = 100

    def __post_init__(self) -> None:
        if not 0 <= self.zero < self.full <= 100:
            raise ValueError(f"a share runs from {self.zero} to {self.full}")


@dataclass(frozen=True, slots=True)
class Count:
    """Points by a number: each of the first `full` gives the same part."""

    full: int

    def __post_init__(self) -> None:
        if self.full < 1:
            raise ValueError("a count needs at least one")


@dataclass(frozen=True, slots=True)
class Hand:
    """Points given by hand, with a reason, up to the weight."""


Rule = Share | Count | Hand


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the score sheet.

    `source` names the figure (`sources.FIGURES`) it is computed from, empty for points by hand.
    `body_only`: says nothing about a single section, whose sheet shows it as 不适用.
    """

    key: str
    head: str
    words: str
    weight: int
    rule: Rule
    source: str
    basis: str
    own_reading: bool = False
    body_only: bool = False

    def __post_init__(self) -> None:
        if (not self.source) != isinstance(self.rule, Hand):
            raise ValueError(f"{self.key}: a source or points by hand")
        if self.source and self.source not in FIGURES:
            raise ValueError(f"{self.key}: no figure {self.source}")
        if self.weight < 1:
            raise ValueError(f"{self.key}: weight")

    @property
    def by_hand(self) -> bool:
        """Whether a person gives the points."""
        return isinstance(self.rule, Hand)


@dataclass(frozen=True, slots=True)
class EventRule:
    """Points for each event: below zero a deduction, above it a bonus; `most` bounds their sum.

    With `source` the events are found in the data; without, a person enters each with a reason.
    """

    key: str
    words: str
    points: Decimal
    most: Decimal | None
    source: str
    basis: str
    own_reading: bool = False
    body_only: bool = False

    def __post_init__(self) -> None:
        if not self.points or (self.most is not None and self.most < abs(self.points)):
            raise ValueError(f"{self.key}: points and their bound")
        if self.source and self.source not in EVENTS:
            raise ValueError(f"{self.key}: no event {self.source}")

    @property
    def is_bonus(self) -> bool:
        """Whether it adds."""
        return self.points > 0


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from `least` points on."""

    key: str
    label: str
    least: Decimal


@dataclass(frozen=True, slots=True)
class Head:
    """A group of indicators."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """考核办法 as values. `least_cases`: with fewer, a sheet is 数量太少 and has no rank."""

    key: str
    title: str
    number: str
    span: Span
    region: str
    heads: tuple[Head, ...]
    indicators: tuple[Indicator, ...]
    events: tuple[EventRule, ...]
    grades: tuple[Grade, ...]
    basis: str
    spread: Spread = Spread.HEAD
    full: int = 100
    least_cases: int = 5
    local: bool = False
    appeal_days: int = 5
    note: str = ""
    changes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        keys = [i.key for i in self.indicators] + [e.key for e in self.events]
        if len(set(keys)) != len(keys):
            raise ValueError(f"{self.key}: a key stands twice")
        if {i.head for i in self.indicators} != {h.key for h in self.heads}:
            raise ValueError(f"{self.key}: heads and indicators do not fit")
        if sum(i.weight for i in self.indicators) != self.full:
            raise ValueError(f"{self.key}: weights do not add up to {self.full}")
        levels = [g.least for g in self.grades]
        if levels != sorted(levels, reverse=True) or not levels or levels[-1] > 0:
            raise ValueError(f"{self.key}: grades go down to zero")

    def indicator(self, key: str) -> Indicator | None:
        """The indicator with this key."""
        return next((i for i in self.indicators if i.key == key), None)

    def event(self, key: str) -> EventRule | None:
        """The event rule with this key."""
        return next((e for e in self.events if e.key == key), None)

    def head(self, key: str) -> Head:
        """The head with this key."""
        return next(h for h in self.heads if h.key == key)

    def grade(self, points: Decimal) -> Grade:
        """The grade of a total."""
        return next((g for g in self.grades if points >= g.least), self.grades[-1])

    def holds(self, on: date, region: str) -> bool:
        """Whether it is in force on the day in the region."""
        return on in self.span and region.startswith(self.region)
