"""What of the assessment waits for a person: appeals to decide, scores to look at in time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from gongkai.assessment import policies
from gongkai.assessment.models import Appeal, AppealOutcome, Audience, ScoreSheet
from gongkai.desk.seat import Seat
from gongkai.orgs import queries as orgs


@dataclass(frozen=True, slots=True)
class Heap:
    """A kind of work for the first page of the desk."""

    label: str
    count: int
    url: str
    tone: str


def of(seat: Seat) -> list[Heap]:
    """Only what there is."""
    return [heap for heap in (_appeals(seat), _open_scores(seat)) if heap is not None]


def _appeals(seat: Seat) -> Heap | None:
    grants = orgs.grants_of(seat.person, seat.today)
    mine = Q(pk__in=[])
    for audience in Audience:
        roles = policies.DECIDERS[audience]
        bodies = {g.body_id for g in grants if g.role in roles}
        mine |= Q(sheet__round__body__in=bodies, sheet__round__audience=audience)
    rows = Appeal.objects.filter(mine, outcome=AppealOutcome.PENDING)
    rows = rows.select_related("sheet__round__body", "sheet__section", "sheet__body")
    waiting = [a for a in rows[:100] if policies.may_decide(seat.person, a, seat.today)]
    if not waiting:
        return None
    url = reverse("desk:score_sheet", kwargs={"uuid": waiting[0].sheet.uuid})
    return Heap("考核申诉待决定", len(waiting), f"{url}#appeals", "brand")


def _open_scores(seat: Seat) -> Heap | None:
    if seat.person.section_id is None:
        return None
    rows = ScoreSheet.objects.filter(
        section=seat.person.section_id,
        round__state__in=["drafted", "appealed"],
        round__appeal_until__gt=seat.today,
    ).select_related("round")
    listed = list(rows.order_by("round__appeal_until")[:20])
    if not listed or not seat.holds(*policies.SECTION_ROLES):
        return None
    url = reverse("desk:score_sheet", kwargs={"uuid": listed[0].uuid})
    return Heap("考核初评可申诉", len(listed), url, "amber")
