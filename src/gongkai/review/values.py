"""Plain values handed to the actions of review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Proposal:
    """Step 1, by the section: attribute, and for what is not proactive its ground and reason.

    `checklist` answers the questions of the sheet (`review.checklist.QUESTIONS`), key → yes/no.
    """

    attribute: str
    ground: str = ""
    reason: str = ""
    checklist: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opinion:
    """Step 2, by the review group: the attribute it holds right, and its opinion in words."""

    attribute: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Step 3, by the responsible leader. `rereview_on` may stay empty: then a year from today."""

    attribute: str
    ground: str = ""
    reason: str = ""
    rereview_on: date | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding to be noted: positions half open in the named field's text, as in the port.

    `target` is the field that the proposal is for, where that is not the place itself.
    """

    scanner: str
    kind: str
    field: str
    start: int
    end: int
    evidence: str
    proposal: str | None = None
    severity: str = "warning"
    sentence: str = ""
    candidates: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class FindingReply:
    """A person's answer: `accepted`, `edited` (with `text`) or `kept` (with `reason`)."""

    answer: str
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ListText:
    """A word list as it was typed: a name, its words, how grave a hit is, what to say beside it."""

    label: str
    words: Sequence[str]
    severity: str = "warning"
    sentence: str = ""
    is_active: bool = True
