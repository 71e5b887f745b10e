"""The demo's requests: every state there is, led by the product's own actions, on any day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from gongkai.disclosure import queries
from gongkai.disclosure.models import DisclosureRequest, Letter, RequestState
from gongkai.kit.dates import CHINA
from gongkai.orgs import calendar as calendars
from gongkai.project.demo import house, requests
from gongkai.project.demo.content import table
from gongkai.project.demo.days import moment, workday

# A working day, and the Sunday in the middle of the spring holidays.
LOADED = [datetime(2026, 11, 23, 11, tzinfo=CHINA), datetime(2026, 2, 15, 8, tzinfo=CHINA)]


@pytest.fixture(scope="module", params=LOADED, ids=str)
def today(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[date]:
    folder = tmp_path_factory.mktemp("demo-requests")
    names = ("DATA", "FILES", "SECRETS", "INDEX")
    settings = {f"GONGKAI_{name}": folder / name.lower() for name in names}
    calendars.forget()
    with django_db_blocker.unblock(), override_settings(**settings), transaction.atomic():
        now = request.param
        opened = moment(workday(calendars.calendar(), now.date(), 66), 9)
        staff, _ = house.build(now=opened)
        assert requests.load(staff, now=now) == 16
        yield now.date()
        transaction.set_rollback(True)
    connection.close()


def of(course: str) -> DisclosureRequest:
    rows = table("requests")["requests"]
    name = next(row["name"] for row in rows if row["course"] == course)
    return next(r for r in DisclosureRequest.objects.all() if r.applicant.name == name)


def test_every_state_and_every_course(today: date) -> None:
    rows = DisclosureRequest.objects.all()
    assert set(rows.values_list("state", flat=True)) == set(RequestState.values)
    used = [row["course"] for row in table("requests")["requests"]]
    assert sorted(used) == sorted(requests.COURSES)
    assert not rows.filter(arrived_on__year__lt=today.year - 1).exists()


def test_one_is_overdue_and_the_others_are_not(today: date) -> None:
    assert [r.pk for r in queries.overdue(DisclosureRequest.objects.all(), today)] == [
        of("overdue").pk
    ]
    assert all(r.in_time for r in DisclosureRequest.objects.exclude(outcome=""))


def test_what_the_cases_show(today: date) -> None:
    assert of("refused").consultations.get().opinion == "disagrees"
    assert of("remedied").remedies.get().outcome == "upheld"
    assert of("extended").steps.get(kind="extended").days == 15
    assert of("supplemented").steps.filter(kind="supplemented").exists()
    assert of("granted").public_answer.released_at is not None
    served = Letter.objects.filter(state="served")
    assert served.count() == Letter.objects.count() >= 13
    assert not served.filter(paper__isnull=True).exists()


def test_numbers_follow_the_days(today: date) -> None:
    rows = DisclosureRequest.objects.order_by("arrived_on", "id")
    assert [r.pk for r in rows] == sorted(r.pk for r in rows)


@pytest.mark.django_db
def test_nothing_is_left_behind() -> None:
    assert not DisclosureRequest.objects.exists()
