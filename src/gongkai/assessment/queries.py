"""Reads of the assessment: rounds somebody may see, sheets with their scores."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet

from gongkai.assessment.models import AssessmentRound, Audience, SchemeVersion, ScoreSheet
from gongkai.assessment.policies import READERS
from gongkai.assessment.sheets import scored
from gongkai.law.assessment.model import Scheme
from gongkai.law.assessment.scoring import Score
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person


def visible_to(person: Person, today: date) -> QuerySet[AssessmentRound]:
    """Rounds of one's bodies and of those below; of those above, the ones one's body is in.

    What one's own body is marked for is seen from the publication of the draft on.
    """
    own = {g.body_id for g in orgs.grants_of(person, today) if g.role in READERS}
    below = {body.pk for body in orgs.supervised_bodies(person, today)}
    told = Q(sheets__body__in=own, audience=Audience.BODIES) & Q(
        state__in=["drafted", "appealed", "closed"]
    )
    seen = Q(body__in=own | below) | Q(
        pk__in=AssessmentRound.objects.filter(told).order_by().values("pk")
    )
    return AssessmentRound.objects.filter(seen).select_related("body", "scheme_version")


def sheets_of(round_: AssessmentRound) -> list[ScoreSheet]:
    """Every sheet with its marks and appeals, best first; three queries."""
    rows = ScoreSheet.objects.filter(round=round_).select_related("section", "body")
    rows = rows.prefetch_related("marks__by", "appeals__filed_by", "appeals__decided_by")
    listed = list(rows.order_by(F("place").asc(nulls_last=True), "-total", "id"))
    for sheet in listed:
        sheet.round = round_
    return listed


def scores_of(round_: AssessmentRound, scheme: Scheme) -> list[tuple[ScoreSheet, Score]]:
    """Every sheet with its score, best first."""
    return [(sheet, scored(sheet, scheme)) for sheet in sheets_of(round_)]


def standing_version(body: Body, scheme: str, on: date) -> SchemeVersion | None:
    """The newest adjustment of a scheme that holds for a body on a day."""
    rows = SchemeVersion.objects.filter(body=body, scheme=scheme, from_on__lte=on)
    return rows.order_by("-from_on", "-number").first()
