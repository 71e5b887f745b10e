"""A score sheet computed from its figures, the points by hand and the decided appeals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gongkai.assessment.measures.scope import Scope
from gongkai.assessment.models import (
    Appeal,
    AppealOutcome,
    AssessmentRound,
    Audience,
    HandMark,
    SchemeVersion,
    ScoreSheet,
)
from gongkai.law.assessment import scheme as named_scheme
from gongkai.law.assessment.adjusting import Adjustment, adjusted
from gongkai.law.assessment.model import Scheme
from gongkai.law.assessment.scoring import Given, Measure, Score, score
from gongkai.orgs import queries as orgs

# What a person entered is told apart from what the data showed.
BY_HAND = "hand:"


def scheme_of(round_: AssessmentRound) -> Scheme:
    """The scheme of a round, as adjusted for its body when the round was planned."""
    base = named_scheme(round_.scheme)
    version = round_.scheme_version
    return base if version is None else adjusted(base, adjustment_of(version))


def adjustment_of(version: SchemeVersion) -> Adjustment:
    """The stored adjustment as a value."""
    content = version.content
    points = {key: Decimal(text) for key, text in content.get("points", {}).items()}
    return Adjustment(content.get("weights", {}), points)


def scope_of(round_: AssessmentRound, *, today: date) -> Scope:
    """What a round measures: the active sections of the body, or the active bodies below it."""
    if round_.audience == Audience.SECTIONS:
        rows = round_.body.sections.filter(is_active=True)
        targets = tuple(rows.order_by("ordinal", "code").values_list("pk", flat=True))
    else:
        targets = tuple(b.pk for b in orgs.descendants(round_.body) if b.is_active)
    return Scope(
        round_.audience, round_.body, targets, round_.period_from, round_.period_until, today
    )


def sources_of(scheme: Scheme) -> frozenset[str]:
    """Every figure and event the scheme asks for."""
    named = {i.source for i in scheme.indicators} | {e.source for e in scheme.events}
    return frozenset(named - {""})


def target_of(sheet: ScoreSheet) -> int:
    """The key of the section or body the sheet is of."""
    return sheet.section_id or sheet.body_id


def given_of(marks: Iterable[HandMark], appeals: Iterable[Appeal]) -> Given:
    """What people decided: the newest points, entered events, granted appeals above both."""
    points: dict[str, Decimal] = {}
    events: dict[str, list[str]] = defaultdict(list)
    waived: set[str] = set()
    for mark in marks:
        if mark.ref:
            events[mark.key].append(mark.ref)
        else:
            points[mark.key] = mark.points
    for appeal in appeals:
        if appeal.outcome != AppealOutcome.GRANTED:
            continue
        if appeal.ref:
            waived.add(appeal.ref)
        elif appeal.points is not None:
            points[appeal.key] = appeal.points
    return Given(points, events, frozenset(waived))


def scored(sheet: ScoreSheet, scheme: Scheme) -> Score:
    """The sheet's score; its marks and appeals may be prefetched."""
    figures = sheet.figures
    measures = {k: Measure(*pair) for k, pair in figures.get("measures", {}).items()}
    given = given_of(sheet.marks.all(), sheet.appeals.all())
    return score(scheme, measures, figures.get("events", {}), given)
