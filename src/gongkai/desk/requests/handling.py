"""Screens of the deeds between receipt and reply."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse

from gongkai.desk.requests import deed_forms as forms
from gongkai.desk.requests.case_page import DeedPage
from gongkai.desk.requests.entry_forms import upload_of
from gongkai.disclosure import queries
from gongkai.disclosure.actions import (
    assigning,
    charging,
    extending,
    filing,
    papers,
    searching,
    supplementing,
)
from gongkai.disclosure.models import FilePart
from gongkai.disclosure.values import Charge, Desk, SearchNote
from gongkai.kit.refusal import Refusal
from gongkai.law import fees
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Body, Person, Role, Section

WORKERS = (Role.CASE_OFFICER, Role.SECTION_HEAD, Role.DISCLOSURE_OFFICE)
SUPPLEMENT_DAYS = 15


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


class Confirm(DeedPage[forms.Confirm]):
    """Register that both sides confirmed."""

    deed = "request_confirm"
    form_class = forms.Confirm
    submit = "登记确认"

    def initial(self) -> dict[str, Any]:
        return {"on": self.seat.today}

    def act(self, form: forms.Confirm) -> HttpResponse:
        case = filing.confirm(
            request=self.case, on=form.cleaned_data["on"], by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), f"已登记确认，答复期限{due_words(case.due_on)}。")


def due_words(day: date | None) -> str:
    """A due date for a sentence."""
    return day.isoformat() if day else "待定"


class Assign(DeedPage[forms.Assign]):
    """To a section, an officer, another body."""

    deed = "request_assign"
    form_class = forms.Assign
    submit = "交办"

    def form_kwargs(self) -> dict[str, Any]:
        body = self.case.body
        people = Person.objects.filter(pk__in=_workers(body, self.seat.today))
        return {
            "sections": Section.objects.filter(body=body, is_active=True),
            "people": people.order_by("name"),
            "bodies": Body.objects.filter(is_active=True).exclude(pk=body.pk),
        }

    def initial(self) -> dict[str, Any]:
        return {"section": self.case.section_id, "case_officer": self.case.case_officer_id}

    def act(self, form: forms.Assign) -> HttpResponse:
        data = form.cleaned_data
        assigning.assign(
            request=self.case,
            to=Desk(data["section"], data["case_officer"], data["other_body"], data["note"]),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已交办。")


def _workers(body: Body, today: date) -> set[int]:
    return {p.pk for role in WORKERS for p in orgs.people_with_role(body, role, today)}


class Split(DeedPage[forms.Split]):
    """One paper becomes several requests."""

    deed = "request_split"
    form_class = forms.Split
    submit = "拆分"

    def act(self, form: forms.Split) -> HttpResponse:
        made = assigning.split(
            request=self.case,
            parts=lines_of(form.cleaned_data["parts"]),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"已拆分为{len(made)}件。")


class Join(DeedPage[forms.Join]):
    """Handle it together with another of the same applicant."""

    deed = "request_join"
    form_class = forms.Join
    submit = "并入"
    intro = "只能并入同一申请人尚未答复的另一件；一份答复同时办结两件。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"others": queries.open_ones(queries.same_applicant(self.case))}

    def act(self, form: forms.Join) -> HttpResponse:
        into = form.cleaned_data["into"]
        assigning.join(request=self.case, into=into, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), f"已并入{into.number}。")


class LawDay(DeedPage[forms.LawDay]):
    """Follow the law of another day, with a reason."""

    deed = "request_law"
    form_class = forms.LawDay
    submit = "确定"

    def initial(self) -> dict[str, Any]:
        return {"law_day": self.case.law_day, "reason": self.case.law_reason}

    def act(self, form: forms.LawDay) -> HttpResponse:
        case = assigning.set_law(
            request=self.case, **form.cleaned_data, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), f"已确定，答复期限{due_words(case.due_on)}。")


class AskSupplement(DeedPage[forms.AskSupplement]):
    """Draft the one notice."""

    deed = "request_ask_supplement"
    form_class = forms.AskSupplement
    submit = "草拟补正告知书"
    intro = "告知书送达之日起停止计时；收到补正后重新计算答复期限。"

    def initial(self) -> dict[str, Any]:
        return {"due_on": self.seat.today + timedelta(days=SUPPLEMENT_DAYS)}

    def act(self, form: forms.AskSupplement) -> HttpResponse:
        data = form.cleaned_data
        letter = supplementing.ask_supplement(
            request=self.case,
            points=lines_of(data["points"]),
            due_on=data["due_on"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(
            self.url("request_paper", pk=letter.pk), "已草拟补正告知书，请核对后提交审批。"
        )


class TakeSupplement(DeedPage[forms.TakeSupplement]):
    """What the applicant supplied."""

    deed = "request_supplement"
    form_class = forms.TakeSupplement
    submit = "登记补正"

    def initial(self) -> dict[str, Any]:
        return {"on": self.seat.today}

    def act(self, form: forms.TakeSupplement) -> HttpResponse:
        data = form.cleaned_data
        case = supplementing.take_supplement(
            request=self.case,
            text=data["text"],
            files=upload_of(data["file"], FilePart.SUPPLEMENT),
            on=data["on"],
            by=self.seat.person,
            now=self.seat.now,
            reason=data["reason"],
        )
        return self.done(self.url(), f"已登记补正，答复期限重新计算为{due_words(case.due_on)}。")


class Search(DeedPage[forms.Search]):
    """One line of the search log."""

    deed = "request_search"
    form_class = forms.Search
    submit = "登记检索"
    intro = "检索的范围、方法和结果是“信息不存在”答复的依据；每检索一处登记一次。"

    def initial(self) -> dict[str, Any]:
        return {"on": self.seat.today}

    def act(self, form: forms.Search) -> HttpResponse:
        entry = SearchNote(**form.cleaned_data)
        searching.log_search(request=self.case, entry=entry, by=self.seat.person, now=self.seat.now)
        return self.done(self.url(), "已登记检索。")


class Extend(DeedPage[forms.Extend]):
    """Approve one extension."""

    deed = "request_extend"
    form_class = forms.Extend
    submit = "批准延期"
    intro = "延期须在答复期限届满前由公开工作机构批准，只能一次，并告知申请人。"

    def act(self, form: forms.Extend) -> HttpResponse:
        data = form.cleaned_data
        case = extending.extend(
            request=self.case,
            days=data["days"],
            reason=data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        said = f"已批准延期，新的期限{due_words(case.due_on)}；延期告知书已草拟，请尽快送达。"
        return self.done(self.url(), said)


class Reasons(DeedPage[forms.Reasons]):
    """Ask for the reasons of excessive requests."""

    deed = "request_reasons"
    form_class = forms.Reasons
    submit = "草拟说明理由告知书"

    def act(self, form: forms.Reasons) -> HttpResponse:
        data = form.cleaned_data
        letter = extending.ask_reasons(
            request=self.case, **data, by=self.seat.person, now=self.seat.now
        )
        return self.done(
            self.url("request_paper", pk=letter.pk), "已草拟告知书，请核对后提交审批。"
        )


class Delay(DeedPage[forms.Delay]):
    """Tell a reasonable later day."""

    deed = "request_delay"
    form_class = forms.Delay
    submit = "草拟延迟答复告知书"

    def act(self, form: forms.Delay) -> HttpResponse:
        data = form.cleaned_data
        letter = extending.delay(request=self.case, **data, by=self.seat.person, now=self.seat.now)
        return self.done(
            self.url("request_paper", pk=letter.pk), "已草拟告知书，请核对后提交审批。"
        )


class ChargeFee(DeedPage[forms.ChargeForm]):
    """Price the request by one way."""

    deed = "request_charge"
    form_class = forms.ChargeForm
    submit = "核定并草拟收费通知书"

    def initial(self) -> dict[str, Any]:
        return {"units": 1}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "intro": self._quoted()}

    def _quoted(self) -> str:
        """What one item costs this applicant now; nothing where it cannot be told."""
        try:
            quoted = charging.quote_for(self.case, Charge(fees.Way.ITEMS))
        except Refusal as refusal:
            return refusal.sentence
        return (
            f"按件计收时，本件1件为{quoted.by_items}元（同一申请人当月以前的申请已计入）。"
            "按件、按量只能选一种；按标准不收费的不发通知。"
        )

    def act(self, form: forms.ChargeForm) -> HttpResponse:
        data = form.cleaned_data
        fee = charging.charge(
            request=self.case,
            charge=Charge(data["way"], data["units"], data["pages"]),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"已核定{fee.amount_yuan}元，收费通知书已草拟。")


class PayFee(DeedPage[forms.Pay]):
    """Register the payment."""

    deed = "request_pay"
    form_class = forms.Pay
    submit = "登记缴费"

    def initial(self) -> dict[str, Any]:
        return {"on": self.seat.today}

    def act(self, form: forms.Pay) -> HttpResponse:
        data = form.cleaned_data
        charging.pay(
            fee=self.case.fee,
            on=data["on"],
            receipt_number=data["receipt_number"],
            reason=data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), "已登记缴费，答复期限重新计算。")


class FeeDelivery(DeedPage[forms.OnDay]):
    """The day the applicant got a posted fee notice: the days to pay run from there."""

    deed = "request_fee_delivery"
    form_class = forms.OnDay
    submit = "登记"
    intro = "邮寄的收费通知，从申请人收到的次日起算20个工作日的缴费期限。"

    def act(self, form: forms.OnDay) -> HttpResponse:
        fee = charging.record_delivery(
            fee=self.case.fee, on=form.cleaned_data["on"], by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), f"已登记，缴费期限{due_words(fee.due_on)}。")


class AddFile(DeedPage[forms.AddFile]):
    """Put a paper into the case."""

    deed = "request_file"
    form_class = forms.AddFile
    submit = "添加"
    intro = "要发给申请人的文件选“答复附件”；只有本件的答复附件能附在文书上。"

    def act(self, form: forms.AddFile) -> HttpResponse:
        data = form.cleaned_data
        (upload,) = upload_of(data["file"], data["part"])
        file = papers.add_file(
            request=self.case, upload=upload, by=self.seat.person, now=self.seat.now
        )
        return self.done(self.url(), f"已添加“{file.name}”。")
