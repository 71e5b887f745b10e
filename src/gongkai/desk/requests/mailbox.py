"""Setting up the announced mailbox, and reading it now."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.requests.mail_forms import MailboxForm
from gongkai.desk.requests.reminders import KEEPERS
from gongkai.disclosure import policies, tasks
from gongkai.disclosure.actions import mailbox_setting
from gongkai.disclosure.models import Mailbox
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role


class MailboxPage(FormPage[MailboxForm]):
    """The settings; the password goes in and never comes out."""

    roles = KEEPERS
    task = "requests"
    title = "收件邮箱"
    template = "desk/requests/mailbox.html"
    form_class = MailboxForm

    @cached_property
    def mailbox(self) -> Mailbox | None:
        """The mailbox there is."""
        return Mailbox.objects.filter(body=self.body()).first()

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_set_up(person, self.body(), today).require(policies.BASIS)

    def initial(self) -> dict[str, Any]:
        row = self.mailbox
        if row is None:
            return {"from_on": self.seat.today, "username": self.body().email}
        return {name: getattr(row, name) for name in mailbox_setting.FIELDS}

    def context(self) -> dict[str, Any]:
        office = self.seat.holds(Role.DISCLOSURE_OFFICE)
        back = "desk:request_mails" if office else "desk:home"
        return {
            "mailbox": self.mailbox,
            "back_url": reverse(back),
            "back_label": "邮箱来信" if office else "待办",
        }

    def act(self, form: MailboxForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        mailbox_setting.set_mailbox(
            body=self.body(),
            password=data.pop("password"),
            fields=data,
            by=self.seat.person,
            now=self.seat.now,
        )
        return self.done(
            reverse("desk:request_mailbox"), "已保存。可以现在收取一次，看看是否连得上。"
        )


class FetchNow(DeskView):
    """Have the mailbox read as soon as the worker gets to it."""

    roles = KEEPERS
    task = "requests"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask for it; the page says later what came."""
        body, person = self.body(), self.seat.person
        policies.may_set_up(person, body, self.seat.today).require(policies.BASIS)
        row = Mailbox.objects.filter(body=body).first()
        if row is None:
            raise Refusal("mailbox.none", "还没有设置收件邮箱，请先设置。")
        if not row.is_on:
            raise Refusal("mailbox.off", "收件邮箱没有开启收取，请先勾选“每五分钟收取一次”。")
        tasks.fetch_mailbox.enqueue(row.pk)
        office = self.seat.holds(Role.DISCLOSURE_OFFICE)
        back = "desk:request_mails" if office else "desk:request_mailbox"
        return self.done(reverse(back), "已安排收取，稍后刷新页面查看。")
