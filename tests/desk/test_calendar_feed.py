"""The calendar to subscribe to: the address is the key, a wrong one tells nothing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.desk import feeds
from gongkai.desk.models import CalendarFeed
from gongkai.disclosure.actions import assigning
from gongkai.disclosure.values import Desk
from gongkai.journal.models import Entry
from gongkai.orgs.models import Person, RoleGrant
from tests import factories
from tests.desk.conftest import SignIn
from tests.disclosure.conftest import at, filed
from tests.factories import Office


@pytest.fixture(autouse=True)
def _settled(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "timezone", SimpleNamespace(now=lambda: factories.NOW))


def address(browser: Client) -> str:
    page = browser.post(reverse("desk:account_calendar")).content.decode()
    found = re.search(r"(/desk/calendar/[\w-]{43}\.ics)</code>", page)
    assert found, page
    return found[1]


def unfolded(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    return answer.content.decode().replace("\r\n ", "")


def test_every_due_date_i_may_see_and_no_word_of_a_case(
    office: Office, sign_in: SignIn, client: Client
) -> None:
    mine = filed(office, date(2026, 11, 2)).request
    assigning.assign(
        request=mine,
        to=Desk(section=office.section, case_officer=office.clerk),
        by=office.officer,
        now=at(2026, 11, 2),
    )
    mine.refresh_from_db()
    others = filed(office, date(2026, 11, 2)).request
    paper = factories.draft(office)
    text = unfolded(client, address(sign_in(office.clerk)))
    assert f"SUMMARY:{mine.number}：答复" in text and others.number not in text
    assert "DTSTART;VALUE=DATE:20261130" in text
    assert f"DTSTART;VALUE=DATE:{paper.publish_due_on:%Y%m%d}" in text
    assert "赵小满" not in text and "梅花街" not in text and paper.title not in text
    at_office = sign_in(office.officer)
    office_text = unfolded(client, address(at_office))
    assert mine.number in office_text and others.number in office_text
    # The same day keeps its name when fetched again, so that calendar programs replace it.
    again = unfolded(client, address(at_office))
    assert re.findall(r"UID:.*", again) == re.findall(r"UID:.*", office_text)


def test_a_wrong_a_former_a_revoked_and_a_closed_key_get_the_same_answer(
    office: Office, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(office.clerk)
    first = address(browser)
    second = address(browser)
    wrong = client.get(first)
    assert wrong.status_code == 404 and client.get(second).status_code == 200
    assert str(CalendarFeed.objects.get().used_on) == "2026-11-02"
    browser.post(reverse("desk:account_calendar"), {"revoke": "1"})
    third = address(browser)
    Person.objects.filter(pk=office.clerk.pk).update(is_active=False)
    for where in (second, third, f"/desk/calendar/{'x' * 43}.ics", "/desk/calendar/钥匙.ics"):
        answer = client.get(where)
        assert (answer.status_code, answer.content) == (404, wrong.content)
    assert client.post(third).content == wrong.content
    events = Entry.objects.filter(event__startswith="account.calendar").order_by("seq")
    assert [e.event.rsplit("_", 1)[-1] for e in events] == ["made", "made", "revoked", "made"]


def test_the_secret_is_kept_nowhere_and_roles_are_those_of_the_day(
    office: Office, sign_in: SignIn, client: Client
) -> None:
    case = filed(office, date(2026, 11, 2)).request
    where = address(sign_in(office.officer))
    secret = where.rsplit("/", 1)[-1].removesuffix(".ics")
    assert secret not in str(CalendarFeed.objects.values().get())
    assert case.number in unfolded(client, where)
    RoleGrant.objects.filter(person=office.officer).update(until=date(2026, 11, 2))
    assert case.number not in unfolded(client, where)
