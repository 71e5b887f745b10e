"""The intake of mail: what waits, one mail, and what is made of it."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.requests import mail_forms as forms
from gongkai.desk.requests.case_page import CasePage
from gongkai.desk.requests.deed_forms import Purpose
from gongkai.desk.requests.entry import New
from gongkai.desk.seat import Seat
from gongkai.desk.views.bulk import named
from gongkai.disclosure import policies, queries
from gongkai.disclosure.actions import mail_intake
from gongkai.disclosure.actions.mail_intake import Enclosure
from gongkai.disclosure.mailbox.hints import hints, rest
from gongkai.disclosure.models import (
    DisclosureRequest,
    IncomingMail,
    Mailbox,
    MailState,
)
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role

OFFICE = (Role.DISCLOSURE_OFFICE,)
PILES = (
    ("waiting", "待处理"),
    ("sorted", "系统分出的"),
    ("aside", "不是申请"),
    ("taken", "已归入申请"),
)


def pile_of(rows: QuerySet[IncomingMail], pile: str) -> QuerySet[IncomingMail]:
    """The mails of one tab; what the program set apart stands by itself until somebody looks."""
    if pile == "sorted":
        return rows.filter(state=MailState.SET_ASIDE, by__isnull=True)
    if pile == "aside":
        return rows.filter(state=MailState.SET_ASIDE, by__isnull=False)
    return rows.filter(state=MailState.TAKEN if pile == "taken" else MailState.WAITING)


class Mails(DeskView):
    """The mails of the body, those that wait first to come."""

    roles = OFFICE
    task = "requests"
    title = "邮箱来信"

    def get(self, request: HttpRequest) -> HttpResponse:
        """One tab of the list."""
        body = self.body()
        policies.may_take_mail(self.seat.person, body, self.seat.today).require(policies.BASIS)
        chosen = request.GET.get("pile", "")
        pile = chosen if chosen in dict(PILES) else "waiting"
        rows = IncomingMail.objects.filter(body=body)
        # The oldest waiting one has waited longest; of the others the newest is looked for.
        order = "arrived_at" if pile == "waiting" else "-arrived_at"
        shown = pile_of(rows, pile).select_related("request", "suggested", "by")
        return self.show(
            "desk/requests/mails.html",
            page=paging.page_of(shown.order_by(order, "id"), request.GET.get("page")),
            pile=pile,
            piles=[(key, label, pile_of(rows, key).count()) for key, label in PILES],
            mailbox=Mailbox.objects.filter(body=body).first(),
        )


class MailPage(DeskView):
    """A page about one mail of the body."""

    roles: ClassVar[tuple[Role, ...]] = OFFICE
    task = "requests"

    @cached_property
    def mail(self) -> IncomingMail:
        """The mail of the address."""
        rows = IncomingMail.objects.select_related("body", "request", "suggested", "sending", "by")
        return get_object_or_404(rows, uuid=self.kwargs["uuid"], body=self.body())

    @cached_property
    def files(self) -> list[Enclosure]:
        """Its files, each with why it could not be taken in; none once the original is purged."""
        return mail_intake.enclosures(self.mail) if self.mail.content_index else []

    def allow(self) -> None:
        super().allow()
        policies.may_take_mail(self.seat.person, self.body(), self.seat.today).require(
            policies.BASIS
        )

    def here(self) -> str:
        """The mail's own page."""
        return reverse("desk:request_mail", kwargs={"uuid": self.mail.uuid})


class OneMail(MailPage):
    """What came, and what can be made of it."""

    title = "来信"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Head, words, files, and the three ways on."""
        self.title = self.mail.subject or "（没有标题）"
        return self.show("desk/requests/mail.html", mail=self.mail, files=self.files)


class PutBack(MailPage):
    """Back among those that wait."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Do it, and show the mail again."""
        mail_intake.put_back(mail=self.mail, by=self.seat.person, now=self.seat.now)
        return self.done(self.here(), "已放回待处理。")


class RawMail(MailPage):
    """The mail as it came, always as a download; once it is part of a case, from there."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponseBase:
        """The bytes, untouched."""
        _require_free(self.mail)
        return original(self.mail, self.seat)


def _require_free(mail: IncomingMail) -> None:
    if mail.request is not None:
        raise Refusal("mail.in_case", f"这封来信已归入{mail.request.number}，请到案卷里查看。")


def original(mail: IncomingMail, seat: Seat, purpose: str = "") -> HttpResponse:
    """The bytes of a mail as a file."""
    content = mail_intake.read_original(mail=mail, by=seat.person, now=seat.now, purpose=purpose)
    name = f"来信-{civil_day(mail.arrived_at):%Y%m%d}-{mail.pk}.eml"
    return _download(content, name)


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Cache-Control"] = "no-store"
    named(response, name)
    return response


class MailFile(MailPage):
    """One file of a mail, also one that cannot be taken in."""

    def get(self, request: HttpRequest, uuid: UUID, pk: str) -> HttpResponseBase:
        """The bytes, as a download."""
        _require_free(self.mail)
        found = next((e for e in self.files if e.number == int(pk)), None)
        if found is None:
            raise Http404
        # Looking at a file of the mail is looking at the mail.
        original(self.mail, self.seat)
        return _download(found.upload.content, found.upload.name)


class CaseMail(CasePage, FormPage[Purpose]):
    """The original of a mail that is part of a case, for those who handle the case.

    Where the case holds identity proofs it is asked first what for.
    """

    template = "desk/requests/form.html"
    form_class = Purpose
    title = "查看来信原件"
    submit = "查看（留痕）"

    @cached_property
    def mail(self) -> IncomingMail:
        """The mail of the address, of this very case."""
        rows = self.case.mails.select_related("body", "request__body")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def allow(self) -> None:
        super().allow()
        if not self.may_handle():
            raise Refusal(
                "request.file_not_visible",
                "申请人的来信只有承办这件申请的人员可以查看。",
                policies.BASIS,
            )

    def context(self) -> dict[str, Any]:
        return {
            "intro": "本件收有身份证明，来信原件里也可能有。您的姓名、时间和用途写入留痕，"
            "并显示在案卷和申请人的页面上。"
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, or the question what it is needed for."""
        if mail_intake.holds_identity(self.mail):
            return super().get(request, *args, **kwargs)
        return original(self.mail, self.seat)

    def act(self, form: Purpose) -> HttpResponse:
        return original(self.mail, self.seat, form.cleaned_data["purpose"])


class MailDeed(MailPage, FormPage[Any]):
    """What is made of a waiting mail, on a screen of its own beside the mail's words."""

    template = "desk/requests/mail_form.html"

    def allow(self) -> None:
        super().allow()
        if self.mail.state != MailState.WAITING:
            raise Refusal(
                "mail.handled",
                f"这封来信现在是“{self.mail.get_state_display()}”，不用再处理。请回到来信列表。",
            )

    def context(self) -> dict[str, Any]:
        return {
            "mail": self.mail,
            "files": self.files,
            "back_url": self.here(),
            "back_label": "回到来信",
        }


class Enter(MailDeed, New):
    """Make a request of it: the entry form, filled with what the mail says."""

    roles = OFFICE  # type: ignore[assignment]
    template = "desk/requests/mail_enter.html"
    title = "把来信登记为申请"
    form_class = forms.EnterMail

    def form_kwargs(self) -> dict[str, Any]:
        return {"enclosed": self.files}

    def initial(self) -> dict[str, object]:
        mail = self.mail
        return {
            "once": secrets.token_urlsafe(18),
            "name": mail.sender_name,
            "subject": mail.subject[:300],
            "description": rest(mail.text)[:4000],
            "provided_by": "email",
            **hints(mail.text),
            "email": mail.sender,
        }

    def act(self, form: forms.EnterMail) -> HttpResponse:  # type: ignore[override]
        filed = mail_intake.file_from_mail(
            mail=self.mail,
            application=form.application(),
            confirmed_on=form.cleaned_data["confirmed_on"],
            parts=form.parts(),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.entered(filed)


class Join(MailDeed):
    """Put it into a case there is."""

    title = "把来信归入已有申请"
    form_class = forms.JoinMail
    submit = "归入"

    def form_kwargs(self) -> dict[str, Any]:
        return {"enclosed": self.files}

    def initial(self) -> dict[str, Any]:
        offered = self.mail.suggested
        waits = offered is not None and offered.state == "awaiting_supplement"
        return {
            "number": offered.number if offered else "",
            "use": "supplement" if waits else "paper",
        }

    def act(self, form: forms.JoinMail) -> HttpResponse:
        case = mail_intake.put_into_case(
            mail=self.mail,
            request=self._case(form.cleaned_data["number"]),
            parts=form.parts(),
            supplement=form.cleaned_data["use"] == "supplement",
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        url = reverse("desk:request", kwargs={"uuid": case.uuid})
        return self.done(url, "来信已归入本件。")

    def _case(self, number: str) -> DisclosureRequest:
        visible = queries.visible_to(self.seat.person, self.seat.today).filter(body=self.body())
        exact = Q(number=number.strip()) | Q(receipt_number=number.strip().upper())
        case = visible.filter(exact).first()
        if case is None:
            sentence = "没有找到这个登记号或者回执号的申请，请核对后填写完整。"
            raise Refusal("mail.no_case", sentence, fields={"number": sentence})
        return case


class Aside(MailDeed):
    """Say that it is no request."""

    title = "认定不是申请"
    form_class = forms.AsideMail
    submit = "认定不是申请"

    def act(self, form: forms.AsideMail) -> HttpResponse:
        mail_intake.set_aside(
            mail=self.mail,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(reverse("desk:request_mails"), "已认定不是申请；需要时可以放回。")
