"""Rounds: the list, a new one, one as a matrix, its steps, the ranking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.assessment import actions, policies, queries
from gongkai.assessment.flow import ROUND_FLOW
from gongkai.assessment.models import Audience
from gongkai.assessment.sheets import scored
from gongkai.desk import paging
from gongkai.desk.assessment import chart, papers
from gongkai.desk.assessment.base import AssessmentView, RoundPage
from gongkai.desk.assessment.forms import DraftForm, PlanForm, ReasonForm, SureForm
from gongkai.desk.assessment.matrix import matrix_of
from gongkai.desk.page import FormPage
from gongkai.desk.statistics.answers import download
from gongkai.law.assessment.model import SPREAD_WORDS
from gongkai.law.assessment.ranking import TOO_FEW
from gongkai.orgs.models import Role

ASSESSORS = (Role.DISCLOSURE_OFFICE, Role.SUPERVISOR)
COLUMNS_AT_ONCE = 8


class Rounds(AssessmentView):
    """Every round the person may see, the newest first."""

    title = "考核"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The asked page of the list."""
        rows = queries.visible_to(self.seat.person, self.seat.today)
        return self.show(
            "desk/assessment/rounds.html",
            page=paging.page_of(rows, request.GET.get("page")),
            may_plan=self.seat.holds(*ASSESSORS),
            may_adjust=self.seat.holds(Role.SUPERVISOR),
        )


class NewRound(AssessmentView, FormPage[PlanForm]):
    """A round planned."""

    roles = ASSESSORS
    title = "安排考核"
    form_class = PlanForm
    submit = "安排"

    def form_kwargs(self) -> dict[str, Any]:
        audiences = [
            (str(audience), str(audience.label))
            for audience in Audience
            if policies.may_assess(self.seat.person, self.body(), audience, self.seat.today)
        ]
        return {"audiences": audiences}

    def initial(self) -> dict[str, Any]:
        year = self.seat.today.year
        return {
            "audience": "sections" if self.seat.holds(Role.DISCLOSURE_OFFICE) else "bodies",
            "start": f"{year}-01-01",
            "last": f"{year}-12-31",
        }

    def context(self) -> dict[str, Any]:
        return {
            "back_url": reverse("desk:assessment"),
            "back_label": "考核",
            "intro": "得分按系统记录计算，每一分都能点开看依据；期间没有结束也可以测算，随时重算。",
        }

    def act(self, form: PlanForm) -> HttpResponse:
        by, now = self.seat.person, self.seat.now
        round_ = actions.plan_round(body=self.body(), plan=form.plan(), by=by, now=now)
        url = reverse("desk:assessment_round", kwargs={"uuid": round_.uuid})
        return self.done(url, "已安排。按“测算”取得各项数据。")


class OneRound(RoundPage):
    """One round: state and next step, the matrix of points."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The matrix, so many sheets at a time."""
        round_, self.title = self.round, self.round.title
        sheets = queries.sheets_of(round_)
        page = paging.list_page(sheets, request.GET.get("page"), size=COLUMNS_AT_ONCE)
        scores = [(sheet, scored(sheet, self.scheme)) for sheet in page.object_list]
        waiting = sum(a.outcome == "pending" for s in sheets for a in s.appeals.all())
        return self.show(
            "desk/assessment/round.html",
            page=page,
            matrix=matrix_of(self.scheme, scores),
            spread=SPREAD_WORDS[self.scheme.spread],
            pending=[(s, a) for s in sheets for a in s.appeals.all() if a.outcome == "pending"],
            waiting=waiting,
            last=round_.period_last,
            appeal_last=round_.appeal_until and round_.appeal_until - timedelta(days=1),
            **self._may(),
        )

    def _may(self) -> dict[str, Any]:
        round_, seat = self.round, self.seat
        assesses = policies.may_assess(seat.person, round_.body, round_.audience, seat.today)
        closes = policies.may_close(seat.person, round_, seat.today)
        can = {name: ROUND_FLOW.can(round_.state, name) for name in ROUND_FLOW.transitions}
        over = round_.appeal_until is not None and seat.today >= round_.appeal_until
        return {
            "may_measure": assesses and can["measure"],
            "may_draft": assesses and can["draft"],
            "may_return": assesses and can["return"],
            "may_close": closes and can["close"] and over,
            "may_record": assesses and round_.state == "closed" and not round_.record_id,
        }


class Measure(RoundPage):
    """Taking the figures."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Nothing to see: the round's page has the button."""
        return redirect(self.url())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Measure now."""
        actions.measure(round_=self.round, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已按系统记录测算。")


class Draft(RoundPage, FormPage[DraftForm]):
    """Telling the sections their scores."""

    title = "公布初评得分"
    form_class = DraftForm
    submit = "公布"

    def context(self) -> dict[str, Any]:
        days = self.scheme.appeal_days
        return {"intro": f"公布以后不再评分；各科室可以申诉，办法规定{days}个工作日。"}

    def act(self, form: DraftForm) -> HttpResponse:
        last = form.cleaned_data["last"]
        actions.draft_scores(
            round_=self.round, by=self.seat.person, now=self.seat.now,
            appeal_until=last + timedelta(days=1) if last else None,
        )  # fmt: skip
        return self.done(self.url(), "已公布初评得分。")


class SendBack(RoundPage, FormPage[ReasonForm]):
    """Back to measuring."""

    title = "退回测评"
    form_class = ReasonForm
    submit = "退回"
    grave: ClassVar[bool] = True

    def context(self) -> dict[str, Any]:
        return {"intro": "评分和已决定的申诉都保留；改好后再公布一次。", "grave": True}

    def act(self, form: ReasonForm) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        actions.send_back(round_=self.round, reason=reason, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已退回测评。")


class Close(RoundPage, FormPage[SureForm]):
    """The decision."""

    title = "审定考核结果"
    form_class = SureForm
    submit = "审定"

    def context(self) -> dict[str, Any]:
        return {"intro": "审定后结果连同摘要值固定下来，任何人不能再改。"}

    def act(self, form: SureForm) -> HttpResponse:
        actions.close_round(round_=self.round, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已审定，结果已固定。")


class RecordResult(RoundPage):
    """The result as a record."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Nothing to see here."""
        return redirect(self.url())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Draft the record and go to it."""
        by, now = self.seat.person, self.seat.now
        record = actions.record_result(round_=self.round, by=by, now=now)
        url = reverse("desk:record", kwargs={"uuid": record.uuid})
        return self.done(url, "已录为草稿，请补齐分类等项，再提出审查。")


class Ranking(RoundPage):
    """Places, with a chart and the table beside it."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Best first; too few cases at the end."""
        self.title = f"名次：{self.round.title}"
        sheets = queries.sheets_of(self.round)
        page = paging.list_page(sheets, request.GET.get("page"), size=50)
        listed = list(page.object_list)
        return self.show(
            "desk/assessment/ranking.html",
            page=page,
            chart=chart.chart_of(listed, self.scheme.full),
            too_few=TOO_FEW,
        )


class Workbook(RoundPage):
    """Every sheet of the round as a workbook."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The file."""
        scores = queries.scores_of(self.round, self.scheme)
        return download(papers.round_xlsx(self.round, self.scheme, scores),
                        f"{self.round.title}.xlsx")  # fmt: skip


class Result(RoundPage):
    """The frozen result as JSON, for whoever checks the digest."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The figures as they were decided; empty before."""
        data = {"digest": self.round.digest, "result": self.round.result}
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
