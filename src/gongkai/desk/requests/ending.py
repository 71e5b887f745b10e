"""Screens of the deeds instead of and after the reply."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk.page import FormPage
from gongkai.desk.requests import deed_forms as forms
from gongkai.desk.requests.case_page import CasePage, DeedPage
from gongkai.disclosure import policies
from gongkai.disclosure.actions import closing, releasing, remedies
from gongkai.disclosure.models import RemedyCase, RemedyOutcome
from gongkai.disclosure.values import RemedyText, ReopenOrder
from gongkai.orgs.models import Section


class Withdraw(DeedPage[forms.Sure]):
    """The applicant takes the request back."""

    deed = "request_withdraw"
    form_class = forms.Sure
    submit = "登记撤回"
    intro = "申请人要求撤回的，登记后本件办结，计入“其他”。请先把撤回的书面材料添加到材料里。"
    grave = True

    def act(self, form: forms.Sure) -> HttpResponse:
        closing.withdraw(request=self.case, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已登记撤回。")


class Close(DeedPage[forms.Sure]):
    """Nothing is left to do."""

    deed = "request_close"
    form_class = forms.Sure
    submit = "办结"
    intro = "答复已经送达、没有未完事项的，可以办结；个人信息的保存期限从办结之日起算。"

    def act(self, form: forms.Sure) -> HttpResponse:
        closing.close(request=self.case, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已办结。")


class Archive(DeedPage[forms.Sure]):
    """Into the archive."""

    deed = "request_archive"
    form_class = forms.Sure
    submit = "归档"
    intro = "归档以后，除按期清除个人信息以外，本件不再办理任何事项。"

    def act(self, form: forms.Sure) -> HttpResponse:
        closing.file_away(request=self.case, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已归档。")


class Reopen(DeedPage[forms.Reopen]):
    """By order of a review body or a court."""

    deed = "request_reopen"
    form_class = forms.Reopen
    submit = "重新办理"
    intro = "原答复的统计不变；另立一件，从决定或者裁判之日重新计算答复期限。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"remedies": self.case.remedies.all()}

    def act(self, form: forms.Reopen) -> HttpResponse:
        data = form.cleaned_data
        made = closing.reopen(
            request=self.case,
            order=ReopenOrder(data["authority"], data["ordered_on"], data["remedy"]),
            by=self.seat.person,
            now=self.seat.now,
        )
        url = reverse("desk:request", kwargs={"uuid": made.uuid})
        return self.done(url, f"已另立{made.number}重新办理。")


class OpenRemedy(DeedPage[forms.Remedy]):
    """A reconsideration or a lawsuit was taken up."""

    deed = "request_remedy"
    form_class = forms.Remedy
    submit = "登记"

    def act(self, form: forms.Remedy) -> HttpResponse:
        remedies.open_remedy(
            request=self.case,
            remedy=RemedyText(**form.cleaned_data),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已登记。")


class EndRemedy(CasePage, FormPage[forms.EndRemedy]):
    """How it ended."""

    template = "desk/requests/form.html"
    form_class = forms.EndRemedy
    title = "登记复议诉讼结果"
    submit = "登记结果"

    @cached_property
    def remedy(self) -> RemedyCase:
        """The remedy of the address, of this very case."""
        return get_object_or_404(
            self.case.remedies.filter(outcome=RemedyOutcome.PENDING), pk=self.kwargs["pk"]
        )

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_lead(person, self.remedy.request, today).require(remedies.BASIS)

    def act(self, form: forms.EndRemedy) -> HttpResponse:
        remedies.end_remedy(
            remedy=self.remedy,
            outcome=form.cleaned_data["outcome"],
            on=form.cleaned_data["ended_on"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已登记结果。")


class Release(DeedPage[forms.Release]):
    """One answer for everybody."""

    deed = "request_release"
    form_class = forms.Release
    submit = "公布"
    intro = "公布到网站的申请答复栏。写给所有人看，不写任何个人信息。"

    def initial(self) -> dict[str, Any]:
        answer = getattr(self.case, "public_answer", None)
        return {"asked": answer.asked, "answered": answer.answered} if answer else {}

    def act(self, form: forms.Release) -> HttpResponse:
        releasing.release_answer(
            request=self.case, **form.cleaned_data, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), "已公布到网站。")


class Unrelease(CasePage):
    """Take the answer off the public log."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Take it off; the row stays, unseen."""
        answer = getattr(self.case, "public_answer", None)
        if answer is not None:
            releasing.withdraw_answer(answer=answer, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已从网站撤下这条答复。")


class Convert(DeedPage[forms.Convert]):
    """A draft record of what was given."""

    deed = "request_convert"
    form_class = forms.Convert
    submit = "建立政府信息草稿"
    intro = "多人申请、可以公开的信息，转为主动公开：建立一条草稿，照常提出审查。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"sections": Section.objects.filter(body=self.case.body, is_active=True)}

    def act(self, form: forms.Convert) -> HttpResponse:
        record = releasing.convert_to_record(
            request=self.case,
            section=form.cleaned_data["section"],
            title=form.cleaned_data["title"],
            by=self.seat.person,
            now=self.seat.now,
        )
        url = reverse("desk:record", kwargs={"uuid": record.uuid})
        return self.done(url, "已建立草稿。")


class Decline(CasePage, FormPage[forms.DeclinePublication]):
    """The applicant's suggestion to publish was examined and is not followed."""

    template = "desk/requests/form.html"
    form_class = forms.DeclinePublication
    title = "审核建议：不转为主动公开"
    submit = "登记审核结果"

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_lead(person, self.case, today).require(releasing.BASIS)

    def initial(self) -> dict[str, Any]:
        return {"reason": self.case.declined_reason or ""}

    def context(self) -> dict[str, Any]:
        return {"intro": "理由写给申请人看，显示在他的申请页面上（《条例》第四十四条）。"}

    def act(self, form: forms.DeclinePublication) -> HttpResponse:
        releasing.decline_publication(
            request=self.case,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:requests_repeated"), "已登记审核结果。")
