"""A score sheet: every line with its arithmetic, evidence, points by hand, appeals, decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.assessment import actions, measures, policies
from gongkai.assessment.flow import ROUND_FLOW
from gongkai.assessment.models import Appeal
from gongkai.assessment.sheets import scope_of, scored, target_of
from gongkai.assessment.values import Marking, Ruling
from gongkai.desk import paging
from gongkai.desk.assessment import papers
from gongkai.desk.assessment.base import SheetPage, page_link
from gongkai.desk.assessment.forms import AppealForm, DecideForm, EventForm, GiveForm
from gongkai.desk.assessment.naming import names_of
from gongkai.desk.page import FormPage
from gongkai.desk.statistics.answers import download
from gongkai.desk.templatetags.assessment import event_words
from gongkai.law.assessment.model import Indicator
from gongkai.law.assessment.sources import EVENTS, FIGURES
from gongkai.review.sheet_pdf import font_folders, has_font

SHOWN = 20


class OneSheet(SheetPage):
    """The sheet."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Every line, with what this person may do about it."""
        sheet, seat = self.sheet, self.seat
        score = scored(sheet, self.scheme)
        self.title = f"{sheet.name}的得分表"
        round_ = sheet.round
        gives = policies.may_give(seat.person, sheet, seat.today)
        appeals = policies.may_appeal(seat.person, sheet, seat.today)
        in_time = round_.appeal_until is not None and seat.today < round_.appeal_until
        may_appeal = bool(appeals) and ROUND_FLOW.can(round_.state, "appeal") and in_time
        marks, filed = list(sheet.marks.all()), list(sheet.appeals.all())
        refs = [ref for line in score.events for ref in line.refs[:SHOWN]]
        refs += [mark.ref for mark in marks] + [appeal.ref for appeal in filed]
        return self.show(
            "desk/assessment/sheet.html",
            score=score,
            names=names_of(refs),
            heads=[
                (head, [line for line in score.lines if line.indicator.head == head.key])
                for head in self.scheme.heads
            ],
            marks=[(mark, self._words(mark.key)) for mark in marks],
            appeals=[(a, self._words(a.key), self._may_decide(a)) for a in filed],
            may_give=bool(gives) and ROUND_FLOW.can(round_.state, "give"),
            may_appeal=may_appeal,
            appealed={(a.key, a.ref) for a in filed},
            has_pdf=has_font(font_folders()),
            round_url=reverse("desk:assessment_round", kwargs={"uuid": round_.uuid}),
        )

    def _words(self, key: str) -> str:
        found = self.scheme.indicator(key) or self.scheme.event(key)
        return found.words if found else key

    def _may_decide(self, appeal: Appeal) -> bool:
        if appeal.outcome != "pending":
            return False
        return bool(policies.may_decide(self.seat.person, appeal, self.seat.today))


class Evidence(SheetPage):
    """The rows or events behind one line, in pages; those that cost points first."""

    def get(self, request: HttpRequest, uuid: UUID, source: str) -> HttpResponse:
        """The asked page."""
        sheet = self.sheet
        if source not in FIGURES and source not in EVENTS:
            raise Http404
        round_ = sheet.round
        scope = scope_of(round_, today=self.seat.today)
        rows, show = measures.evidence(source, scope, target_of(sheet))
        page = paging.list_page(rows, request.GET.get("page"), size=50)
        words = " · ".join(FIGURES[source]) if source in FIGURES else EVENTS[source]
        self.title = f"依据：{words}"
        kept = sheet.figures.get("measures", {}).get(source)
        return self.show(
            "desk/assessment/evidence.html",
            page=page,
            rows=[
                (
                    row,
                    page_link(row.page, row.uuid),
                    event_words(measures.reference_of(source, kept_row)),
                )
                for kept_row in page.object_list
                for row in (show(kept_row),)
            ],
            kept=kept,
            counted=len(sheet.figures.get("events", {}).get(source, ())),
            is_event=source in EVENTS,
        )


class Give(SheetPage, FormPage[GiveForm]):
    """Points by hand for one indicator."""

    form_class = GiveForm
    submit = "评分"

    def _indicator(self) -> Indicator:
        found = self.scheme.indicator(self.kwargs["key"])
        if found is None or not found.by_hand:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        indicator = self._indicator()
        self.title = f"评分：{indicator.words}"
        return {
            "title": self.title,
            "intro": f"{self.sheet.name}，满分{indicator.weight}分。依据：{indicator.basis}。",
        }

    def act(self, form: GiveForm) -> HttpResponse:
        data = form.cleaned_data
        marking = Marking(self._indicator().key, data["reason"], data["points"])
        actions.give_points(
            sheet=self.sheet, marking=marking, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), "已评分。")


class EnterEvent(SheetPage, FormPage[EventForm]):
    """A bonus or deduction the data do not show."""

    title = "登记加分或扣分"
    form_class = EventForm
    submit = "登记"

    def form_kwargs(self) -> dict[str, Any]:
        return {"scheme": self.scheme}

    def context(self) -> dict[str, Any]:
        return {"intro": f"{self.sheet.name}。系统查得出的加减分自动计入，这里只登记查不出的。"}

    def act(self, form: EventForm) -> HttpResponse:
        data = form.cleaned_data
        marking = Marking(data["key"], data["reason"], ref=data["ref"])
        actions.enter_event(
            sheet=self.sheet, marking=marking, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), "已登记。")


class FileAppeal(SheetPage, FormPage[AppealForm]):
    """The section's appeal against one line, or one event of it."""

    title = "申诉"
    form_class = AppealForm
    submit = "提出申诉"

    def context(self) -> dict[str, Any]:
        key, ref = self.kwargs["key"], self.request.GET.get("ref", "")
        found = self.scheme.indicator(key) or self.scheme.event(key)
        if found is None:
            raise Http404
        event = f"中的“{names_of([ref])[ref]}”" if ref else ""
        return {"intro": f"对“{found.words}”{event}提出申诉，由另一个人决定，双方的理由都保留。"}

    def act(self, form: AppealForm) -> HttpResponse:
        actions.file_appeal(
            sheet=self.sheet, key=self.kwargs["key"], ref=self.request.GET.get("ref", "")[:120],
            reason=form.cleaned_data["reason"], by=self.seat.person, now=self.seat.now,
        )  # fmt: skip
        return self.done(self.url(), "已提出申诉。")


class Decide(SheetPage, FormPage[DecideForm]):
    """The decision on an appeal."""

    title = "决定申诉"
    form_class = DecideForm
    submit = "决定"

    def _appeal(self) -> Appeal:
        appeal = get_object_or_404(Appeal, pk=int(self.kwargs["pk"]), sheet=self.sheet)
        appeal.sheet = self.sheet
        return appeal

    def context(self) -> dict[str, Any]:
        appeal = self._appeal()
        found = self.scheme.indicator(appeal.key) or self.scheme.event(appeal.key)
        words = found.words if found else appeal.key
        event = f"中的“{names_of([appeal.ref])[appeal.ref]}”" if appeal.ref else ""
        return {"intro": f"{self.sheet.name}对“{words}”{event}的申诉：{appeal.reason}"}

    def act(self, form: DecideForm) -> HttpResponse:
        data = form.cleaned_data
        ruling = Ruling(data["outcome"] == "granted", data["reason"], data["points"])
        actions.decide_appeal(
            appeal=self._appeal(), ruling=ruling, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), "已决定。")


class SheetFile(SheetPage):
    """The sheet as a paper or a workbook."""

    def get(self, request: HttpRequest, uuid: UUID, kind: str = "pdf") -> HttpResponse:
        """PDF or XLSX."""
        score = scored(self.sheet, self.scheme)
        make = {"pdf": papers.sheet_pdf, "xlsx": papers.sheet_xlsx}[kind]
        name = f"{self.sheet.name}得分表.{kind}"
        return download(make(self.sheet, self.scheme, score), name)
