"""待办: due dates first, then what waits for me, each with its count and its link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.catalog.models import PublicationOrder
from gongkai.desk.navigation import AT_WORK, EDITORS
from gongkai.desk.page import DeskView
from gongkai.desk.search import soon_until
from gongkai.desk.seat import Seat
from gongkai.orgs.models import Role
from gongkai.records import queries as records
from gongkai.records.choices import Attribute, RecordState
from gongkai.records.models import Record
from gongkai.review import queries as review
from gongkai.review.models import Finding, FindingAnswer, SheetState

SHOWN = 15


@dataclass(frozen=True, slots=True)
class Pile:
    """A kind of work: how much of it, where it is done; `tone` colours what presses."""

    label: str
    count: int
    url: str
    tone: str = ""


def request_piles(seat: Seat) -> list[Pile]:
    """Requests that press, and letters that wait for approval; none where nobody handles any."""
    if not apps.is_installed("gongkai.disclosure"):
        return []
    from gongkai.desk.requests import piles

    return [Pile(each.label, each.count, each.url, each.tone) for each in piles.of(seat)]


def assessment_piles(seat: Seat) -> list[Pile]:
    """Appeals to decide and scores that may be appealed; none where nothing is assessed."""
    if not apps.is_installed("gongkai.assessment"):
        return []
    from gongkai.desk.assessment import piles

    return [Pile(each.label, each.count, each.url, each.tone) for each in piles.of(seat)]


def report_piles(seat: Seat) -> list[Pile]:
    """The yearly report that is due, reports to approve or to sign for."""
    if not apps.is_installed("gongkai.reporting"):
        return []
    from gongkai.desk.reports import piles

    return [Pile(each.label, each.count, each.url, each.tone) for each in piles.of(seat)]


class Home(DeskView):
    """The first page after signing in."""

    task = "home"
    title = "待办"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Due dates, piles of work, and my own drafts."""
        if not self.seat.holds(*AT_WORK):
            return self.show("desk/home.html", piles=[], due=[], at_work=False)
        return self.show("desk/home.html", at_work=True, **self._work())

    def _work(self) -> dict[str, Any]:
        seat = self.seat
        due = self._my_due()
        near = soon_until(seat.today)
        urgent = due.filter(publish_due_on__lte=near)
        mine = review.waiting_for(seat.person, seat.today).select_related("record__section")
        returned = self._my_drafts().filter(sheets__state=SheetState.RETURNED).distinct()
        return {
            "piles": [pile for pile in self._piles(due, near) if pile.count or pile.tone],
            "due": urgent.select_related("section", "body")[:SHOWN],
            "due_more": max(urgent.count() - SHOWN, 0),
            "sheets": mine.order_by("record__publish_due_on", "id")[:SHOWN],
            "returned": returned[:SHOWN] if seat.holds(*EDITORS) else [],
            "rereviews": records.rereviews(seat.person, seat.today)[:SHOWN],
        }

    def _my_due(self) -> QuerySet[Record]:
        """What runs out: of my section for section staff, of the whole body for the others."""
        due = records.due(self.seat.person, self.seat.today)
        return due.filter(section=self.seat.person.section) if self._section_only() else due

    def _my_drafts(self) -> QuerySet[Record]:
        drafts = records.visible_to(self.seat.person, self.seat.today).filter(
            state=RecordState.DRAFT
        )
        if self._section_only():
            drafts = drafts.filter(section=self.seat.person.section)
        return drafts.order_by("publish_due_on", "-id")

    def _section_only(self) -> bool:
        wider = set(AT_WORK) - {Role.CASE_OFFICER, Role.SECTION_HEAD}
        return self.seat.person.section_id is not None and not self.seat.holds(*wider)

    def _piles(self, due: QuerySet[Record], near: Any) -> list[Pile]:
        seat, listed = self.seat, reverse("desk:records")
        late = due.filter(publish_due_on__lt=seat.today).count()
        soon = due.filter(publish_due_on__gte=seat.today, publish_due_on__lte=near).count()
        piles = [
            Pile("已超期", late, f"{listed}?due=overdue", "overdue" if late else "good"),
            Pile("快到期", soon, f"{listed}?due=soon", "amber" if soon else "good"),
        ]
        if seat.holds(Role.REVIEW_GROUP, Role.RESPONSIBLE_LEADER):
            count = review.waiting_for(seat.person, seat.today).count()
            piles.append(Pile("等我审查", count, reverse("desk:reviews"), "brand"))
        piles += request_piles(seat)
        piles += report_piles(seat)
        piles += assessment_piles(seat)
        if seat.holds(*EDITORS):
            piles += self._section_piles(listed)
        if seat.holds(Role.DISCLOSURE_OFFICE):
            piles += self._office_piles()
        waiting = records.rereviews(seat.person, seat.today).count()
        return [*piles, Pile("该重新评估", waiting, f"{listed}?due=rereview")]

    def _section_piles(self, listed: str) -> list[Pile]:
        drafts = self._my_drafts()
        asked = Finding.objects.filter(
            record__in=drafts.order_by().values("pk"), answer=FindingAnswer.OPEN
        ).count()
        return [
            Pile("草稿待提出", drafts.count(), f"{listed}?state={RecordState.DRAFT}"),
            Pile("核查发现待答复", asked, f"{listed}?state={RecordState.DRAFT}"),
        ]

    def _office_piles(self) -> list[Pile]:
        visible = records.visible_to(self.seat.person, self.seat.today)
        waiting = visible.filter(state=RecordState.DECIDED, attribute=Attribute.PROACTIVE)
        orders = PublicationOrder.objects.filter(
            record__in=visible.values("pk"), done_at__isnull=True, cancelled_at__isnull=True
        )
        url = reverse("desk:publishing")
        return [
            Pile("已确定待发布", waiting.count(), url, "brand"),
            Pile("定时发布", orders.count(), url),
        ]
