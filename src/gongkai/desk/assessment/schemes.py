"""Schemes to read, and their adjustment for a body by its supervisor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.assessment import actions
from gongkai.assessment.models import SchemeVersion
from gongkai.desk import paging
from gongkai.desk.assessment.base import AssessmentView
from gongkai.desk.assessment.forms import AdjustForm
from gongkai.desk.page import FormPage
from gongkai.law.assessment import SCHEMES
from gongkai.law.assessment import scheme as named_scheme
from gongkai.law.assessment.model import SPREAD_WORDS, Scheme
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Role
from gongkai.records.policies import READING_ROLES


class Schemes(AssessmentView):
    """The schemes in words, and what was adjusted for whom."""

    title = "考核办法"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every scheme; the adjustments of the bodies one may see."""
        seat = self.seat
        grants = orgs.grants_of(seat.person, seat.today)
        own = {g.body_id for g in grants if g.role in READING_ROLES}
        below = {body.pk for body in orgs.supervised_bodies(seat.person, seat.today)}
        rows = SchemeVersion.objects.filter(body__in=own | below).select_related("body", "by")
        titles = {s.key: s.title for s in SCHEMES}
        page = paging.page_of(rows.order_by("-id"), request.GET.get("page"))
        return self.show(
            "desk/assessment/schemes.html",
            schemes=[(s, SPREAD_WORDS[s.spread]) for s in SCHEMES],
            page=page,
            versions=[(v, titles.get(v.scheme, v.scheme)) for v in page.object_list],
            may_adjust=seat.holds(Role.SUPERVISOR),
        )


class Adjust(AssessmentView, FormPage[AdjustForm]):
    """A new version of a scheme for one body."""

    roles = (Role.SUPERVISOR,)
    template = "desk/assessment/adjust.html"
    form_class = AdjustForm
    title = "调整考核办法"
    submit = "另立一版"

    def _scheme(self) -> Scheme:
        return named_scheme(self.kwargs["key"])

    def form_kwargs(self) -> dict[str, Any]:
        bodies = orgs.supervised_bodies(self.seat.person, self.seat.today)
        rows = Body.objects.filter(pk__in=[b.pk for b in bodies])
        return {"scheme": self._scheme(), "bodies": rows}

    def context(self) -> dict[str, Any]:
        scheme = self._scheme()
        return {
            "back_url": reverse("desk:assessment_schemes"),
            "back_label": "考核办法",
            "intro": f"《{scheme.title}》各项分值合计应为{scheme.full}分。"
            "原办法不动；已安排的考核仍用安排时的一版。",
        }

    def act(self, form: AdjustForm) -> HttpResponse:
        data = form.cleaned_data
        version = actions.adjust_scheme(
            body=data["body"], scheme=self._scheme().key, change=form.change(),
            from_on=data["from_on"], reason=data["reason"], by=self.seat.person,
            now=self.seat.now,
        )  # fmt: skip
        said = f"已为{data['body'].name}另立第{version.number}版。"
        return self.done(reverse("desk:assessment_schemes"), said)
