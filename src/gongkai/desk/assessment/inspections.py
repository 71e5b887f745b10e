"""Self-inspections of the site: history, a new one, findings with one-vote failures first."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.assessment import policies
from gongkai.assessment.actions import inspecting
from gongkai.assessment.models import Inspection, Probe
from gongkai.desk import paging
from gongkai.desk.assessment.base import AssessmentView
from gongkai.law.assessment import site_rules as rules
from gongkai.orgs import queries as orgs


class InspectionView(AssessmentView):
    """What the pages about inspections share."""

    def visible(self) -> QuerySet[Inspection]:
        """Inspections of one's bodies and of those below."""
        seat = self.seat
        grants = orgs.grants_of(seat.person, seat.today)
        own = {g.body_id for g in grants if g.role in policies.READERS}
        below = {body.pk for body in orgs.supervised_bodies(seat.person, seat.today)}
        return Inspection.objects.filter(body__in=own | below).select_related("body", "started_by")


class Inspections(InspectionView):
    """The history, and the availability of the last week."""

    title = "网站自查"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the history."""
        rows = self.visible().defer("pages", "answers").annotate(found=Count("findings"))
        since = self.seat.now - timedelta(days=rules.PROBE_DAYS)
        probes = Probe.objects.filter(at__gte=since).aggregate(
            samples=Count("id"), failed=Count("id", filter=Q(opened=False))
        )
        may = self.seat.body is not None and policies.may_inspect(
            self.seat.person, self.seat.body, self.seat.today
        )
        return self.show(
            "desk/assessment/inspections.html",
            page=paging.page_of(rows.order_by("-id"), request.GET.get("page")),
            reachable=rules.reachable(probes["failed"], probes["samples"], rules.PROBE_DAYS),
            may_inspect=bool(may),
            rules=rules.RULES,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin one; the worker carries it out."""
        inspection = inspecting.begin_inspection(
            body=self.body(), by=self.seat.person, now=self.seat.now
        )
        url = reverse("desk:inspection", kwargs={"uuid": inspection.uuid})
        return self.done(url, f"自查已开始，抽查{len(inspection.pages)}个页面。")


class OneInspection(InspectionView):
    """One inspection: every check with its count, then the findings."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """One-vote failures first; narrowed to a check where asked."""
        inspection = get_object_or_404(self.visible(), uuid=uuid)
        self.title = f"网站自查：{inspection.body.name}"
        rows = inspection.findings.all()
        asked = request.GET.get("check", "")
        if asked in rules.BY_KEY:
            rows = rows.filter(check_key=asked)
        counts = dict(
            inspection.findings.order_by().values_list("check_key").annotate(n=Count("id"))
        )
        checks = [(c, counts.get(c.key, 0), c.vetoes(counts.get(c.key, 0))) for c in rules.CHECKS]
        checks.sort(key=lambda line: (not line[2], not line[1]))
        places = [When(check_key=c.key, then=n) for n, (c, _, _) in enumerate(checks)]
        rows = rows.order_by(Case(*places, default=len(checks)), "id")
        page = paging.page_of(rows, request.GET.get("page"), size=50)
        finished = inspection.state == "finished"
        return self.show(
            "desk/assessment/inspection.html",
            untold={c.key for c in rules.CHECKS if finished and c.key not in inspection.result},
            inspection=inspection,
            checks=checks,
            asked=rules.BY_KEY.get(asked),
            page=page,
            findings=[(row, rules.BY_KEY[row.check_key]) for row in page.object_list],
            total=len(inspection.pages),
        )
