"""Sending a letter to the applicant by mail: what goes where, then one press."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from gongkai.desk.forms.base import DeskForm
from gongkai.desk.page import FormPage
from gongkai.desk.requests.letters import LetterForm
from gongkai.disclosure import letter_mail
from gongkai.disclosure.actions import mailing
from gongkai.disclosure.models import IncomingMail, LetterState, MailKind


class NoFields(DeskForm):
    """Nothing to type: the address is that of the case."""


class MailLetter(LetterForm, FormPage[NoFields]):
    """Serve the letter over the net, by mail, today."""

    template = "desk/requests/letter_mail.html"  # type: ignore[misc]
    form_class = NoFields
    label = "用电子邮件发送"
    submit = "发送并登记送达"

    def allow(self) -> None:
        served = self.letter.state == LetterState.SERVED
        self.step = "serve_again" if served else "serve"
        super().allow()

    def context(self) -> dict[str, Any]:
        letter = self.letter
        return {
            "address": self.case.applicant.email,
            "sender": letter_mail.sender_of(letter),
            "subject": letter_mail.subject_of(letter),
            "enclosed": list(letter.attachments.order_by("id")),
            "first": self.step == "serve",
            "bounces": bounces_of(letter.pk),
        }

    def act(self, form: NoFields) -> HttpResponse:
        mailing.serve_by_mail(letter=self.letter, by=self.seat.person, now=self.seat.now)
        said = f"{self.name}已登记送达并交付发送；发出后凭证记入案卷，被退回会提醒您。"
        return self.done(self.here(), said)


def bounces_of(letter_pk: int) -> Any:
    """The reports that came back on mailings of a letter, the newest first."""
    rows = IncomingMail.objects.filter(sending__letter_id=letter_pk, kind=MailKind.BOUNCE)
    return rows.order_by("-arrived_at")
