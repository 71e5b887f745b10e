"""Screens of consultations: ask, the day it arrived, what came back, the public interest."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.desk.page import FormPage
from gongkai.desk.requests import deed_forms as forms
from gongkai.desk.requests.case_page import CasePage, DeedPage
from gongkai.disclosure import policies
from gongkai.disclosure.actions import consulting
from gongkai.disclosure.models import Consultation
from gongkai.disclosure.values import Party, PartyOpinion


class Consult(DeedPage[forms.Consult]):
    """Ask a third party or a joint maker."""

    deed = "request_consult"
    form_class = forms.Consult
    submit = "草拟征询书"
    intro = "征询书送出后停表，收到意见之日恢复计时；对方收到后有15个工作日。"

    def act(self, form: forms.Consult) -> HttpResponse:
        row = consulting.consult(
            request=self.case,
            party=Party(**form.cleaned_data),
            by=self.seat.person,
            now=self.seat.now,
        )
        letter = self.case.letters.filter(ref=row.ref).latest("id")
        return self.drafted(letter)


class ConsultationPage(CasePage):
    """A deed on one consultation of the case."""

    @cached_property
    def consultation(self) -> Consultation:
        """The consultation of the address, of this very case."""
        return get_object_or_404(self.case.consultations.all(), pk=self.kwargs["pk"])

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_handle(person, self.case, today).require(consulting.BASIS)
        self.title = f"{self.label}：{self.consultation.party}"

    label = ""


class Delivery(ConsultationPage, FormPage[forms.OnDay]):
    """The day the consulted side got the letter."""

    template = "desk/requests/form.html"
    form_class = forms.OnDay
    label = "登记对方收到征询书"
    submit = "登记"

    def act(self, form: forms.OnDay) -> HttpResponse:
        consulting.record_delivery(
            consultation=self.consultation,
            on=form.cleaned_data["on"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已登记对方收到日期。")


class TakeOpinion(ConsultationPage, FormPage[forms.Opinion]):
    """What came back, or that nothing did."""

    template = "desk/requests/form.html"
    form_class = forms.Opinion
    label = "登记意见"
    submit = "登记意见"

    def initial(self) -> dict[str, Any]:
        return {"on": self.seat.today}

    def act(self, form: forms.Opinion) -> HttpResponse:
        data = form.cleaned_data
        consulting.take_opinion(
            consultation=self.consultation,
            opinion=PartyOpinion(data["opinion"], data["on"], data["reason"], form.judged()),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已登记意见，恢复计时。")


class Override(ConsultationPage, FormPage[forms.Override]):
    """Tell a third party that its information is disclosed all the same."""

    template = "desk/requests/form.html"
    form_class = forms.Override
    label = "告知第三方公开决定"
    submit = "草拟告知书"

    def act(self, form: forms.Override) -> HttpResponse:
        data = form.cleaned_data
        letter = consulting.notify_override(
            consultation=self.consultation,
            content=data["content"],
            reason=data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(
            self.url("request_paper", pk=letter.pk), "已草拟告知书，请核对后提交审批。"
        )
