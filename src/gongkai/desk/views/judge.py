"""Steps two and three of the review: the group verifies, the leader decides; or it goes back."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import actions as desk
from gongkai.desk import refusals, words
from gongkai.desk.forms.base import DeskForm
from gongkai.desk.forms.review import Decide, Return, Verify, ground_choices
from gongkai.desk.page import FormPage
from gongkai.desk.record_page import RecordPage
from gongkai.desk.views.findings import marked_parts
from gongkai.desk.views.versions import text_of_version
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role
from gongkai.records.choices import Attribute
from gongkai.review import actions
from gongkai.review.checklist import QUESTIONS
from gongkai.review.models import FindingAnswer, ReviewSheet, SheetState
from gongkai.review.values import Decision, Opinion

F = TypeVar("F", bound=DeskForm)


class JudgePage(RecordPage, FormPage[F], Generic[F]):
    """The frozen paper, what was said before, and two forms: judge, or return with reasons."""

    task = "reviews"
    waiting: str = ""
    returning: Return | None = None

    @cached_property
    def sheet(self) -> ReviewSheet:
        """The sheet that waits for this step."""
        sheets = self.record.sheets.select_related(
            "version__body_text", "proposed_by", "verified_by"
        )
        return get_object_or_404(sheets, state=self.waiting)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; a sheet that has gone on meanwhile is shown as it now is."""
        if not self.record.sheets.filter(state=self.waiting).exists():
            return HttpResponseRedirect(self.url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Judge, or return to the section."""
        if request.POST.get("step") != "return":
            return super().post(request, *args, **kwargs)
        form = Return(data=request.POST, prefix="return")
        if form.is_valid():
            try:
                actions.return_sheet(
                    sheet=self.sheet,
                    reason=form.cleaned_data["reason"],
                    by=self.seat.person,
                    now=self.seat.now,
                )
            except Refusal as refusal:
                refusals.onto_form(form, refusal)
            else:
                desk.forget_input(person=self.seat.person, path=request.path)
                return self.done(reverse("desk:reviews"), f"已退回：{self.record.title}。")
        self.returning = form
        shown = self.form_class(initial=self.initial(), **self.form_kwargs())
        return self.page(shown, status=refusals.NOT_ACCEPTED)

    def context(self) -> dict[str, Any]:
        """The paper with its answered findings, and the section's proposal."""
        sheet = self.sheet
        text = text_of_version(sheet.version)
        answered = self.record.findings.exclude(answer=FindingAnswer.OPEN)
        return {
            "sheet": sheet,
            "paper": sheet.version,
            "answered": answered.select_related("answered_by"),
            "parts": marked_parts(self.record, text, []),
            "files": sheet.version.files.select_related("file"),
            "checklist": checklist_rows(sheet),
            "ground": words.ground_label(sheet.proposed_ground, self.seat.today),
            "returning": self.returning or Return(prefix="return"),
        }


def checklist_rows(sheet: ReviewSheet) -> list[tuple[str, str]]:
    """The checklist as it was answered, in words."""
    given = sheet.checklist if isinstance(sheet.checklist, dict) else {}
    return [(question, "是" if given.get(key) else "否") for key, question, _ in QUESTIONS]


class VerifyPage(JudgePage[Verify]):
    """The review group verifies the attribute and gives its opinion."""

    roles = (Role.REVIEW_GROUP,)
    template = "desk/verify.html"
    form_class = Verify
    waiting = SheetState.PROPOSED
    submit = "核实，送主管领导"
    title = "审查小组核实"

    def initial(self) -> dict[str, Any]:
        return {"attribute": self.sheet.proposed_attribute}

    def act(self, form: Verify) -> HttpResponse:
        data = form.cleaned_data
        actions.verify(
            sheet=self.sheet,
            opinion=Opinion(attribute=data["attribute"], text=form.opinion()),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:reviews"), f"已核实：{self.record.title}。")


class DecidePage(JudgePage[Decide]):
    """The responsible leader decides the attribute."""

    roles = (Role.RESPONSIBLE_LEADER,)
    template = "desk/decide.html"
    form_class = Decide
    waiting = SheetState.VERIFIED
    submit = "确定"
    title = "主管领导确定属性"

    def form_kwargs(self) -> dict[str, Any]:
        return {"grounds": ground_choices(words.grounds_on(self.seat.today))}

    def initial(self) -> dict[str, Any]:
        """What the group verified; ground and reason as the section proposed them."""
        sheet = self.sheet
        start: dict[str, Any] = {"attribute": sheet.verified_attribute}
        if sheet.verified_attribute != Attribute.PROACTIVE:
            start |= {"ground": sheet.proposed_ground, "reason": sheet.proposed_reason}
        if sheet.verified_attribute == Attribute.WITHHELD:
            start["rereview_on"] = a_year_after(self.seat.today)
        return start

    def act(self, form: Decide) -> HttpResponse:
        data = form.cleaned_data
        actions.decide(
            sheet=self.sheet,
            decision=Decision(
                attribute=data["attribute"],
                ground=data["ground"],
                reason=data["reason"],
                rereview_on=data["rereview_on"],
            ),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:reviews"), f"已确定：{self.record.title}。")


def a_year_after(day: date) -> date:
    """The same day next year; 28 February for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
