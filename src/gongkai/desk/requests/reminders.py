"""What I am reminded of: near due dates, moved ones, letters that came back; and when to remind."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.desk import paging
from gongkai.desk.forms.base import DeskForm
from gongkai.desk.page import DeskView, FormPage
from gongkai.desk.requests.case_page import AT_REQUESTS
from gongkai.disclosure import policies, queries, reminder_mail, reminder_rules
from gongkai.disclosure.actions import reminding
from gongkai.orgs.models import Role

KEEPERS = (Role.DISCLOSURE_OFFICE, Role.SYSTEM_ADMIN)
MOST_AT_ONCE = 200


class Reminders(DeskView):
    """My own list, until I have seen it."""

    roles = AT_REQUESTS
    task = "requests"
    title = "期限提醒"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What still matters, the newest first."""
        seat = self.seat
        visible = queries.visible_to(seat.person, seat.today).order_by().values("pk")
        mine = reminder_mail.waiting(seat.person).filter(reminder__request__in=visible)
        page = paging.page_of(mine, request.GET.get("page"))
        return self.show(
            "desk/requests/reminders.html",
            page=page,
            rows=[(c, c.reminder, reminder_mail.sentence(c.reminder, seat.today)) for c in page],
            may_set=seat.holds(*KEEPERS),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the ticked ones off the list."""
        keys = [k for k in request.POST.getlist("copy")[:MOST_AT_ONCE] if k.isascii()]
        numbers = [int(k) for k in keys if k.isdigit() and len(k) <= 12]
        count = reminding.note_seen(person=self.seat.person, keys=numbers, now=self.seat.now)
        said = f"已阅知{count}项。" if count else "没有勾选任何一项。"
        return self.done(reverse("desk:request_reminders"), said)


class Days(django_forms.IntegerField):
    """A number of working days; empty for never."""

    def __init__(self, label: str, hint: str = "") -> None:
        most = reminder_rules.MOST_DAYS
        sentence = f"“{label}”请填0至{most}的整数，不提醒就空着。"
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            min_value=0,
            max_value=most,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
        )


class WarningsForm(DeskForm):
    """At how many working days before the due date each level is told."""

    optional_mark = ""

    case_officer = Days("提前几个工作日提醒经办人", "还没有指定经办人的，提醒科室负责人。")
    section_head = Days("提前几个工作日提醒科室负责人")
    disclosure_office = Days("提前几个工作日提醒公开工作机构")
    responsible_leader = Days("提前几个工作日提醒主管领导")


class Warnings(FormPage[WarningsForm]):
    """The set distances of the body."""

    roles = KEEPERS
    task = "requests"
    title = "到期提醒的天数"
    form_class = WarningsForm

    def allow(self) -> None:
        super().allow()
        person, today = self.seat.person, self.seat.today
        policies.may_set_up(person, self.body(), today).require(policies.BASIS)

    def initial(self) -> dict[str, Any]:
        return dict(reminder_rules.rules_of(self.body().profile))

    def context(self) -> dict[str, Any]:
        return {
            "back_url": reverse("desk:home"),
            "back_label": "待办",
            "intro": (
                "期限临近时提醒经办人，更近时逐级提醒。每天早上查一次；"
                "同一期限、同一天数只提醒一次，期限变了重新提醒。超期时提醒所有填了天数的人。"
            ),
        }

    def act(self, form: WarningsForm) -> HttpResponse:
        reminding.set_warnings(
            body=self.body(), distances=form.cleaned_data, by=self.seat.person, now=self.seat.now
        )
        return self.done(reverse("desk:request_warnings"), "已保存。")
