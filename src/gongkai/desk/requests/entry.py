"""Entering a request that came over the counter, by post, fax or mail; and its receipt."""

from __future__ import annotations

import json
import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.desk.page import FormPage
from gongkai.desk.requests import words
from gongkai.desk.requests.case_page import AT_REQUESTS, CasePage
from gongkai.desk.requests.entry_forms import Entry, beside_file
from gongkai.desk.requests.register import REGISTRARS
from gongkai.disclosure import policies
from gongkai.disclosure.actions import filing
from gongkai.disclosure.sealing import seal, unseal
from gongkai.disclosure.values import Filed
from gongkai.kit.refusal import Refusal

_SHOWN_ONCE = "request_receipt"
_COLUMN = "desk.receipt"


class New(FormPage[Entry]):
    """Write a request down as it came. Nothing is refused for being incomplete."""

    roles = REGISTRARS
    task = "requests"
    title = "登记申请"
    template = "desk/requests/new.html"
    form_class = Entry
    submit = "登记，出回执"

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_register(person, self.body(), today).require(filing.BASIS)

    def initial(self) -> dict[str, object]:
        return {"arrived_on": self.seat.today, "once": secrets.token_urlsafe(18)}

    def act(self, form: Entry) -> HttpResponse:
        filed = filing.file_request(
            body=self.body(),
            application=form.application(),
            arrival=form.arrival(),
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.entered(filed)

    def entered(self, filed: Filed) -> HttpResponse:
        """After entering: on to the receipt."""
        if filed.again:
            messages.warning(self.request, "这张表刚才已经登记过，没有重复登记。")
        if filed.secret:
            self._remember(filed)
        return HttpResponseRedirect(
            reverse("desk:request_receipt", kwargs={"uuid": filed.request.uuid})
        )

    def on_refusal(self, form: Entry, refusal: Refusal) -> None:
        super().on_refusal(form, beside_file(form, refusal))

    def _remember(self, filed: Filed) -> None:
        """Take the secret, sealed, over to the one page that shows it."""
        told = {"secret": filed.secret, "gaps": [gap.sentence for gap in filed.gaps]}
        sealed = seal(json.dumps(told, ensure_ascii=False), name=_COLUMN)
        self.request.session[_SHOWN_ONCE] = {"uuid": str(filed.request.uuid), "told": sealed}


class Receipt(CasePage):
    """The receipt to print: number and secret, the secret this one time."""

    roles = AT_REQUESTS

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """The receipt; opened again, it says that the secret cannot be shown again."""
        self.title = "申请回执"
        kept = request.session.get(_SHOWN_ONCE) or {}
        told: dict[str, object] = {}
        if kept.get("uuid") == str(self.case.uuid):
            told = json.loads(unseal(kept["told"], name=_COLUMN))
            del request.session[_SHOWN_ONCE]
        response = self.show(
            "desk/requests/receipt.html",
            secret=told.get("secret", ""),
            gaps=told.get("gaps", []),
            channel=words.channel(self.case.channel),
        )
        response.headers["Cache-Control"] = "no-store"
        return response
