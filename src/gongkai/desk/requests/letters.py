"""Letters of a case: draft, look at, change, submit, approve, return, void, serve."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from gongkai.desk.page import FormPage
from gongkai.desk.requests import letter_forms as forms
from gongkai.desk.requests import words
from gongkai.desk.requests.case_page import CasePage, DeedPage
from gongkai.desk.requests.entry_forms import beside_file, upload_of
from gongkai.desk.views.bulk import named
from gongkai.disclosure import (
    casework,
    letter_documents,
    letter_parts,
    letter_policies,
    policies,
    store,
)
from gongkai.disclosure.actions import papers, sending, writing
from gongkai.disclosure.letter_flow import LETTER_FLOW
from gongkai.disclosure.models import (
    FilePart,
    IncomingMail,
    Letter,
    LetterState,
    MailKind,
    SealedFile,
)
from gongkai.disclosure.values import LetterDraft
from gongkai.kit.refusal import Refusal
from gongkai.law.service import Service, Way


class NewLetter(DeedPage[forms.Draft]):
    """A letter the case fills by itself: receipt, notice of consultation."""

    deed = "request_letter"
    form_class = forms.Draft
    submit = "草拟"
    intro = "其他文书在各自的环节里草拟：补正、征求意见、延期、收费、答复。"

    def act(self, form: forms.Draft) -> HttpResponse:
        letter = writing.draft_letter(
            request=self.case,
            draft=LetterDraft(form.cleaned_data["kind"], {}),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.drafted(letter)


class LetterPage(CasePage):
    """A page about one letter of the case."""

    step = ""
    label = ""

    @cached_property
    def letter(self) -> Letter:
        """The letter of the address, of this very case."""
        return get_object_or_404(
            self.case.letters.select_related("drafted_by", "approved_by", "paper"),
            pk=self.kwargs["pk"],
        )

    @property
    def name(self) -> str:
        """The kind of the letter in words."""
        return words.letter(self.letter.kind)

    def here(self) -> str:
        """The letter's own page."""
        return self.url("request_paper", pk=self.letter.pk)

    def frame(self) -> dict[str, Any]:
        if "letter" not in self.__dict__:
            return super().frame()
        return {
            **super().frame(),
            "letter": self.letter,
            "letter_name": self.name,
            "back_url": self.here() if self.step else self.url(),
            "back_label": f"回到{self.name}" if self.step else f"回到{self.case.number}",
        }


class LetterForm(LetterPage):
    """A deed on a letter with a form of its own: for those who handle the case."""

    template = "desk/requests/form.html"

    def allow(self) -> None:
        super().allow()
        policies.may_handle(self.seat.person, self.case, self.seat.today).require(policies.BASIS)
        LETTER_FLOW.step(self.letter.state, self.step)
        self.title = f"{self.label}：{self.name}"


class Paper(LetterPage):
    """The letter as it will stand, and what can be done with it now."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """Text, state, attachments, sendings."""
        letter, seat = self.letter, self.seat
        self.title = f"{self.name} {letter.number}".strip()
        can = LETTER_FLOW.can
        handles, state = self.may_handle(), letter.state
        judge = letter_policies.may_approve(seat.person, letter, seat.today)
        submitted = state == LetterState.SUBMITTED
        has_text = bool(casework.parts_of(letter))
        return self.show(
            "desk/requests/letter.html",
            text=letter_documents.letter_text(letter) if has_text else "",
            attachments=letter.attachments.all(),
            sendings=[(s, words.WAYS.get(s.way, s.way)) for s in letter.sendings.all()],
            outcome=words.outcome(letter.outcome) if letter.outcome else "",
            may_edit=handles and can(state, "edit"),
            may_submit=handles and can(state, "submit"),
            may_approve=submitted and bool(judge),
            not_approver=judge.reason if submitted and not judge else "",
            may_serve=handles and (can(state, "serve") or can(state, "serve_again")),
            may_mail=_may_mail(letter) if handles else False,
            bounces=IncomingMail.objects.filter(sending__letter=letter, kind=MailKind.BOUNCE),
            may_void=handles and can(state, "void"),
            is_reply=bool(letter.outcome),
            lacks_copy=letter.kind == "partial"
            and can(state, "edit")
            and not letter.attachments.exists(),
        )


def _may_mail(letter: Letter) -> bool:
    """Approved or served, to an applicant who gave an address."""
    ready = letter.state in (LetterState.APPROVED, LetterState.SERVED)
    return ready and not letter.ref and bool(letter.request.applicant.email)


class Print(LetterPage):
    """The letter as PDF, DOCX or text; served, the paper as it was sent."""

    def get(self, request: HttpRequest, uuid: UUID, pk: int, kind: str = "pdf") -> HttpResponseBase:
        """The document."""
        letter = self.letter
        if kind == "docx":
            content, media = letter_documents.letter_docx(letter), letter_documents.DOCX_TYPE
        elif letter.paper is not None:
            content = store.read(file=letter.paper, by=self.seat.person, now=self.seat.now)
            media = letter.paper.media_type
        else:
            content, media = letter_documents.letter_pdf(letter), letter_documents.PDF_TYPE
        extension = "docx" if media == letter_documents.DOCX_TYPE else "pdf"
        response = HttpResponse(content, content_type=media)
        response.headers["Cache-Control"] = "no-store"
        return named(response, letter_documents.file_name(letter, extension))


class Move(LetterPage):
    """Submit or approve: one press, no words."""

    move = ""

    def post(self, request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
        """Do it, and show the letter again."""
        who, now = self.seat.person, self.seat.now
        if self.move == "submit":
            writing.submit(letter=self.letter, by=who, now=now)
            return self.done(self.here(), "已提交审批。")
        letter = writing.approve(letter=self.letter, by=who, now=now)
        return self.done(self.here(), f"已审批，文号{letter.number}。请登记送达。")


class Edit(LetterForm, FormPage[forms.Parts]):
    """Change what a person wrote; the program's own parts stay."""

    form_class = forms.Parts
    step = "edit"
    label = "修改"

    def form_kwargs(self) -> dict[str, Any]:
        return {"parts": letter_parts.editable(self.letter)}

    def initial(self) -> dict[str, Any]:
        return dict(casework.parts_of(self.letter))

    def act(self, form: forms.Parts) -> HttpResponse:
        writing.edit_letter(
            letter=self.letter,
            parts={key: str(value) for key, value in form.cleaned_data.items()},
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.here(), "已修改。")


class Attach(LetterForm, FormPage[forms.Attachments]):
    """Which reply files go with it."""

    form_class = forms.Attachments
    step = "edit"
    label = "附件"

    def form_kwargs(self) -> dict[str, Any]:
        return {"papers": reply_files(self.letter.request.files.all())}

    def initial(self) -> dict[str, Any]:
        return {"attachments": [file.pk for file in self.letter.attachments.all()]}

    def act(self, form: forms.Attachments) -> HttpResponse:
        writing.attach(
            letter=self.letter,
            files=form.cleaned_data["attachments"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.here(), "附件已更新。")


def reply_files(files: Any) -> Any:
    """Of the files of a case, those that may go out."""
    return files.filter(part=FilePart.REPLY, purged_at__isnull=True).order_by("id")


class SendBack(LetterPage, FormPage[forms.WithReason]):
    """Back to its draft, with what is to be changed."""

    template = "desk/requests/form.html"
    form_class = forms.WithReason
    step = "send_back"
    submit = "退回修改"

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_approve(person, self.letter, today).require(policies.BASIS)
        LETTER_FLOW.step(self.letter.state, self.step)
        self.title = f"退回修改：{self.name}"

    def act(self, form: forms.WithReason) -> HttpResponse:
        writing.return_letter(
            letter=self.letter,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.here(), "已退回草拟人修改。")


class Void(LetterForm, FormPage[forms.WithReason]):
    """Take a letter back before it is served."""

    form_class = forms.WithReason
    step = "void"
    label = "作废"
    submit = "作废"

    def context(self) -> dict[str, Any]:
        return {"grave": True, "intro": "作废后不能恢复；已给的文号不再使用。"}

    def act(self, form: forms.WithReason) -> HttpResponse:
        writing.void(
            letter=self.letter,
            reason=form.cleaned_data["reason"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.url(), f"{self.name}已作废。")


class Serve(LetterForm, FormPage[forms.Serve]):
    """Register how, when and with what evidence the letter was served."""

    form_class = forms.Serve
    label = "登记送达"
    submit = "登记送达"

    def allow(self) -> None:
        served = self.letter.state == LetterState.SERVED
        self.step = "serve_again" if served else "serve"
        super().allow()

    def context(self) -> dict[str, Any]:
        intro = "只能通过邮政企业寄送，不得交其他快递企业，不得要求收件人付邮费。"
        if self.letter.outcome and self.step == "serve":
            intro += "登记后本件即为已答复，不能更改。"
        return {"intro": f"发给：{self.letter.addressee}。{intro}"}

    def on_refusal(self, form: forms.Serve, refusal: Refusal) -> None:
        super().on_refusal(form, beside_file(form, refusal))

    @transaction.atomic
    def act(self, form: forms.Serve) -> HttpResponse:
        data = form.cleaned_data
        way = Way(data["way"])
        letter = Letter.objects.get(pk=self.letter.pk)
        sending.serve(
            letter=letter,
            service=Service(way, data["posted_on"], data["signed_on"]),
            evidence=self._evidence(form),
            tracking=data["tracking"],
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(self.here(), f"{self.name}已登记送达。")

    def _evidence(self, form: forms.Serve) -> SealedFile | None:
        for upload in upload_of(form.cleaned_data["evidence"], FilePart.EVIDENCE):
            return papers.add_file(
                request=self.case, upload=upload, by=self.seat.person, now=self.seat.now
            )
        return None
