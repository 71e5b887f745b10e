"""Reminders of one person as one mail: numbers and days, no word of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, QuerySet

from gongkai.disclosure.actions.reminding import when_words, working_days_left
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.models import Reminder, ReminderCopy, ReminderKind
from gongkai.kit.dates import civil_day
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Person

MOST_LINES = 200
_FOOT = "请登录政府信息公开工作台，在“待办”里查看和办理。本邮件由系统自动发出，请勿回复。"


def waiting(person: Person) -> QuerySet[ReminderCopy]:
    """What of a person's list still matters: unseen, of open cases, of the date that holds."""
    copies = ReminderCopy.objects.filter(person=person, seen_at__isnull=True)
    due = copies.filter(reminder__kind=ReminderKind.DUE)
    open_ones = due.filter(
        reminder__request__state__in=OPEN_STATES,
        reminder__due_on=F("reminder__request__due_on"),
    )
    others = copies.exclude(reminder__kind=ReminderKind.DUE)
    return (open_ones | others).select_related("reminder__request").order_by("-id")


def sentence(reminder: Reminder, today: date) -> str:
    """A reminder in words, as things stand today."""
    number, due = reminder.request.number, reminder.due_on
    if reminder.kind == ReminderKind.MOVED:
        return f"{number}：答复期限由{reminder.from_on}改为{due}（{reminder.reason}）。"
    if reminder.kind == ReminderKind.UNDELIVERED:
        return f"{number}：用电子邮件发出的{reminder.reason}被退回，没有送到申请人。"
    left = working_days_left(due or today, today, calendar())
    return f"{number}：答复期限{due}，{when_words(left)}。"


def send(person: Person, now: datetime) -> int:
    """Mail what was not mailed yet, in one mail; the number of reminders told.

    The mail's Message-ID follows from the newest of them: sent twice, it is one mail.
    """
    copies = list(waiting(person).filter(mailed_at__isnull=True)[:MOST_LINES])
    if not copies or not person.email or not person.is_active:
        return 0
    compose(person, copies, civil_day(now)).send()
    ReminderCopy.objects.filter(pk__in=[c.pk for c in copies]).update(mailed_at=now)
    return len(copies)


def compose(person: Person, copies: Sequence[ReminderCopy], today: date) -> EmailMessage:
    """The mail."""
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">") or "localhost"
    lines = [sentence(copy.reminder, today) for copy in copies]
    return EmailMessage(
        subject=f"公开申请提醒：{len(lines)}项",
        body="\n".join([f"{person.name}，您好。", "", *lines, "", _FOOT]),
        to=[person.email],
        headers={
            "Message-ID": f"<reminder.{person.uuid}.{copies[0].pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
