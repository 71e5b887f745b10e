"""What of the requests stands in 待办: what presses, what nobody has yet, what waits for me."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.desk.requests.case_page import AT_REQUESTS
from gongkai.desk.seat import Seat
from gongkai.disclosure import queries, reminder_mail
from gongkai.disclosure.models import (
    IncomingMail,
    Letter,
    LetterState,
    Mailbox,
    MailState,
    RequestState,
)
from gongkai.orgs.models import Role

APPROVERS = (Role.DISCLOSURE_OFFICE, Role.RESPONSIBLE_LEADER)


@dataclass(frozen=True, slots=True)
class Heap:
    """A kind of work: how much of it, where it is done, how it presses."""

    label: str
    count: int
    url: str
    tone: str = ""


def of(seat: Seat) -> list[Heap]:
    """The heaps of this seat; none where there is nothing to do."""
    if not seat.holds(*AT_REQUESTS):
        return []
    visible = queries.visible_to(seat.person, seat.today)
    counted, listed = queries.counts(visible, seat.today), reverse("desk:requests")
    waiting = counted.states[RequestState.AWAITING_CONFIRMATION]
    told = reminder_mail.waiting(seat.person).filter(reminder__request__in=visible.values("pk"))
    found = [
        Heap("期限提醒", told.count(), reverse("desk:request_reminders"), "amber"),
        Heap("公开申请已超期", counted.overdue, f"{listed}?due=overdue", "overdue"),
        Heap("公开申请7日内到期", counted.due_this_week, f"{listed}?due=week", "amber"),
        Heap("公开申请在办", counted.open, listed),
    ]
    if seat.holds(Role.DISCLOSURE_OFFICE):
        confirm = f"{listed}?state={RequestState.AWAITING_CONFIRMATION}"
        nobody = queries.unassigned(visible).count()
        found += [
            *_mail(seat),
            Heap("申请待双方确认", waiting, confirm, "brand"),
            Heap("申请待交办", nobody, f"{listed}?due=unassigned", "brand"),
        ]
    if seat.holds(*APPROVERS):
        found.append(Heap("文书待审批", _letters(seat), f"{listed}?due=letters", "brand"))
    return [heap for heap in found if heap.count]


def _mail(seat: Seat) -> list[Heap]:
    """Mails that wait, and a mailbox that cannot be read."""
    rows = IncomingMail.objects.filter(body=seat.body, state=MailState.WAITING)
    failing = Mailbox.objects.filter(body=seat.body, is_on=True).exclude(failure="")
    url = reverse("desk:request_mails")
    return [
        Heap("邮箱来信待处理", rows.count(), url, "brand"),
        Heap("收件邮箱连不上", failing.count(), reverse("desk:request_mailbox"), "overdue"),
    ]


def _letters(seat: Seat) -> int:
    """Letters handed in for approval by somebody else."""
    visible = queries.visible_to(seat.person, seat.today)
    waiting = Letter.objects.filter(
        request__in=visible.order_by().values("pk"), state=LetterState.SUBMITTED
    )
    return waiting.exclude(drafted_by=seat.person).count()
