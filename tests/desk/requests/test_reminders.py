"""The list of reminders and the set distances, on the desk."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from gongkai.disclosure.actions import reminding
from gongkai.disclosure.models import ReminderCopy
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import Moves
from tests.disclosure.conftest import at, filed
from tests.factories import Office


def test_what_is_near_stands_in_the_list_until_seen(
    office: Office, sign_in: SignIn, on_day: Moves
) -> None:
    case = filed(office, date(2026, 11, 2)).request
    on_day(11, 27)
    reminding.warn_due(now=at(2026, 11, 27, 7))
    browser = sign_in(office.officer)
    assert "期限提醒" in browser.get(reverse("desk:home")).content.decode()
    page = browser.get(reverse("desk:request_reminders")).content.decode()
    assert case.number in page and "还有1个工作日" in page
    copy = ReminderCopy.objects.get(person=office.officer)
    browser.post(reverse("desk:request_reminders"), {"copy": ["", "x", "9" * 13]})
    assert ReminderCopy.objects.filter(seen_at=None).count() == 1
    browser.post(reverse("desk:request_reminders"), {"copy": [str(copy.pk)]})
    assert "没有要提醒您的事项" in browser.get(reverse("desk:request_reminders")).content.decode()
    assert "期限提醒" not in browser.get(reverse("desk:home")).content.decode()


def test_nobody_takes_a_reminder_off_anothers_list(office: Office, sign_in: SignIn) -> None:
    filed(office, date(2026, 11, 2))
    reminding.warn_due(now=at(2026, 11, 27, 7))
    copy = ReminderCopy.objects.get(person=office.officer)
    sign_in(office.clerk).post(reverse("desk:request_reminders"), {"copy": [str(copy.pk)]})
    copy.refresh_from_db()
    assert copy.seen_at is None


def test_the_office_sets_the_distances(office: Office, sign_in: SignIn) -> None:
    browser, where = sign_in(office.officer), reverse("desk:request_warnings")
    assert 'value="5"' in browser.get(where).content.decode()
    answer = browser.post(where, {"case_officer": "90"})
    assert answer.status_code == 422 and "请填0至60的整数" in answer.content.decode()
    browser.post(where, {"case_officer": "8", "responsible_leader": "0"})
    office.body.refresh_from_db()
    assert office.body.profile["request_warnings"] == {"case_officer": 8, "responsible_leader": 0}
    assert office.body.profile["letter_word"] == "云商"
    assert sign_in(office.clerk).get(where).status_code == 403
