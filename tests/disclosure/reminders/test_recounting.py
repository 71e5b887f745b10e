"""A holiday notice of 2027, then one that amends it: each open case with its own trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from gongkai.disclosure import reminder_mail
from gongkai.disclosure.actions import assigning
from gongkai.disclosure.models import DisclosureRequest, Reminder
from gongkai.disclosure.values import Desk
from gongkai.journal import events
from gongkai.journal.models import Entry
from gongkai.orgs import actions as orgs
from gongkai.orgs import calendar
from gongkai.orgs.values import DayOff, NoticeText
from tests.disclosure.conftest import at, filed, fresh
from tests.factories import Office


@pytest.fixture(autouse=True)
def _own_calendar() -> Iterator[None]:
    yield
    calendar.forget()


def load(number: str, days: int, *, issued_on: date) -> None:
    off = [DayOff(date(2027, 1, 1) + timedelta(days=n), "元旦") for n in range(days)]
    notice = NoticeText(2027, number, tuple(off), issued_on=issued_on)
    orgs.load_notice(notice=notice, by=None, now=at(issued_on.year, issued_on.month, issued_on.day))


def case_of(office: Office, on: date) -> DisclosureRequest:
    made = filed(office, on).request
    return assigning.assign(
        request=made,
        to=Desk(section=office.section, case_officer=office.clerk),
        by=office.officer,
        now=at(on.year, on.month, on.day),
    )


def lines(case: DisclosureRequest, event: str) -> list[Entry]:
    return list(Entry.objects.filter(event=event, subject_id=case.pk).order_by("seq"))


def test_the_first_notice_certifies_and_the_second_moves(office: Office) -> None:
    case = case_of(office, date(2026, 12, 15))
    short = case_of(office, date(2026, 11, 2))  # due in 2026: no notice of 2027 reaches it
    assert (case.due_on, case.due_provisional) == (date(2027, 1, 13), True)
    # As the statute has it: 1 January is off. The date stays, and stops being provisional.
    load("国办发明电〔2026〕9号", 1, issued_on=date(2026, 12, 16))
    kept = fresh(case)
    assert (kept.due_on, kept.due_provisional) == (date(2027, 1, 13), False)
    (line,) = lines(case, "request.due_certified")
    assert "2027-01-13不再是暂定" in events.sentence(line)
    assert lines(case, "request.due_moved") == [] and not Reminder.objects.exists()
    # Four more days off, of which Monday to Tuesday are working days.
    load("国办发明电〔2027〕1号", 5, issued_on=date(2026, 12, 20))
    assert fresh(case).due_on == date(2027, 1, 15)
    (line,) = lines(case, "request.due_moved")
    assert "国办发明电〔2027〕1号" in events.sentence(line)
    assert "由2027-01-13改为2027-01-15" in events.sentence(line)
    assert lines(short, "request.due_moved") == lines(short, "request.due_certified") == []
    (copy,) = reminder_mail.waiting(office.clerk)
    assert "由2027-01-13改为2027-01-15（国办发明电〔2027〕1号）" in reminder_mail.sentence(
        copy.reminder, date(2026, 12, 20)
    )
    assert reminder_mail.waiting(office.officer).count() == 0


def test_a_stopped_clock_is_not_touched(office: Office) -> None:
    case = case_of(office, date(2026, 12, 15))
    DisclosureRequest.objects.filter(pk=case.pk).update(due_on=None, state="awaiting_supplement")
    load("国办发明电〔2026〕9号", 5, issued_on=date(2026, 12, 16))
    assert fresh(case).due_on is None and not Reminder.objects.exists()
