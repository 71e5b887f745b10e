"""Near due dates are told once, to the right people, by list and by mail."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure import reminder_mail, reminder_rules, tasks
from gongkai.disclosure.actions import assigning, reminding
from gongkai.disclosure.models import DisclosureRequest, Reminder, ReminderCopy
from gongkai.disclosure.reminder_rules import OVERDUE, USUAL, distance_of, rules_of, told_at
from gongkai.disclosure.values import Desk
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Person, Role
from gongkai.queue.run import drain
from tests import factories
from tests.disclosure.conftest import answered, at, filed
from tests.factories import Office

# Received on Monday 2 November 2026; twenty working days end on Monday 30 November.
RECEIVED, DUE = date(2026, 11, 2), date(2026, 11, 30)


def given_to_clerk(office: Office) -> DisclosureRequest:
    made = filed(office, RECEIVED).request
    return assigning.assign(
        request=made,
        to=Desk(section=office.section, case_officer=office.clerk),
        by=office.officer,
        now=at(2026, 11, 2),
    )


def head_of(office: Office) -> Person:
    return factories.person("科长己", Role.SECTION_HEAD, office.body, office.section)


def told(distance: int) -> set[str]:
    copies = ReminderCopy.objects.filter(reminder__distance=distance).select_related("person")
    return {copy.person.name for copy in copies}


def warn_on(day: int, month: int = 11) -> int:
    return reminding.warn_due(now=at(2026, month, day, 7))


RULES = st.dictionaries(st.sampled_from(reminder_rules.LEVELS), st.integers(0, 60))


@given(st.integers(-40, 80), RULES)
def test_the_nearest_reached_distance_is_the_one_told(left: int, rules: dict[str, int]) -> None:
    found = distance_of(left, rules)
    if not rules or left > max(rules.values()):
        assert found is None
    elif left < 0:
        assert found == OVERDUE and set(told_at(OVERDUE, rules)) == set(rules)
    else:
        assert found is not None and found in rules.values() and found >= left
        assert not [d for d in rules.values() if left <= d < found]
        assert told_at(found, rules)


@pytest.mark.parametrize(
    ("profile", "rules"),
    [
        ({}, dict(USUAL)),
        (None, dict(USUAL)),
        ({"request_warnings": {"case_officer": 8}}, {"case_officer": 8}),
        ({"request_warnings": {"case_officer": True, "section_head": 99, "x": 3}}, {}),
        ({"request_warnings": {}}, {}),
    ],
)
def test_the_rules_are_the_profiles_or_the_usual(profile: object, rules: dict[str, int]) -> None:
    assert rules_of(profile) == rules


def test_it_climbs_as_the_day_comes_nearer(office: Office) -> None:
    given_to_clerk(office)
    head_of(office)
    assert warn_on(20) == 0  # six working days left
    assert warn_on(23) == 1  # five
    assert told(5) == {"经办甲"}
    assert warn_on(23) == 0 and warn_on(24) == 0
    assert warn_on(25) == 1  # three
    assert told(3) == {"经办甲", "科长己"}
    assert warn_on(27) == 1 and told(1) == {"经办甲", "科长己", "公开丁"}
    assert warn_on(30) == 0  # due today: told already
    assert warn_on(1, 12) == 1 and told(-1) == {"经办甲", "科长己", "公开丁"}
    assert warn_on(2, 12) == 0
    # One line on the list for one case, however often it was told of.
    assert reminder_mail.waiting(office.clerk).count() == 1
    assert Entry.objects.filter(event="request.reminded").count() == 4


def test_after_a_pause_of_the_worker_only_the_nearest_is_told(office: Office) -> None:
    given_to_clerk(office)
    assert warn_on(26) == 1
    assert list(Reminder.objects.values_list("distance", flat=True)) == [3]
    (copy,) = reminder_mail.waiting(office.clerk)
    assert "还有2个工作日" in reminder_mail.sentence(copy.reminder, date(2026, 11, 26))
    assert "今天到期" in reminder_mail.sentence(copy.reminder, DUE)
    assert "已超期" in reminder_mail.sentence(copy.reminder, date(2026, 12, 1))
    assert warn_on(26) == 0


def test_nobodys_case_is_the_disclosure_offices(office: Office) -> None:
    filed(office, RECEIVED)
    assert warn_on(23) == 1 and told(5) == {"公开丁"}


@pytest.mark.usefixtures("no_paper")
def test_an_answered_case_and_a_body_without_distances_are_left_alone(office: Office) -> None:
    case = given_to_clerk(office)
    reminding.set_warnings(body=office.body, distances={}, by=office.officer, now=at(2026, 11, 2))
    assert warn_on(30) == 0
    distances = {"case_officer": 5, "section_head": None}
    reminding.set_warnings(
        body=office.body, distances=distances, by=office.officer, now=at(2026, 11, 2)
    )
    assert warn_on(27) == 1 and told(5) == {"经办甲"}
    answered(case, office, date(2026, 11, 27))
    assert reminder_mail.waiting(office.clerk).count() == 0
    assert warn_on(1, 12) == 0


def test_a_changed_due_date_warns_anew(office: Office) -> None:
    case = given_to_clerk(office)
    assert warn_on(27) == 1
    DisclosureRequest.objects.filter(pk=case.pk).update(due_on=date(2026, 12, 28))
    assert warn_on(27) == 0 and reminder_mail.waiting(office.clerk).count() == 0
    assert reminding.warn_due(now=at(2026, 12, 25, 7)) == 1


def test_only_the_office_and_the_administrator_set_the_distances(office: Office) -> None:
    with pytest.raises(Refusal, match="公开工作机构或系统管理员"):
        reminding.set_warnings(body=office.body, distances={}, by=office.clerk, now=at(2026, 11, 2))
    with pytest.raises(Refusal, match="0至60"):
        reminding.set_warnings(
            body=office.body, distances={"case_officer": 61}, by=None, now=at(2026, 11, 2)
        )


def mailed(office: Office) -> datetime:
    Person.objects.filter(pk=office.clerk.pk).update(email="clerk@example.gov.cn")
    given_to_clerk(office)
    filed(office, RECEIVED)
    return at(2026, 11, 23, 7)


@pytest.mark.django_db(transaction=True)
def test_one_mail_tells_a_person_everything_and_nothing_of_the_case(
    data_dir: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = factories.office()
    now = mailed(office)
    monkeypatch.setattr(tasks, "timezone", SimpleNamespace(now=lambda: now))
    reminding.warn_due(now=now)
    assert mail.outbox == []
    drain()
    (message,) = mail.outbox
    assert message.to == ["clerk@example.gov.cn"] and message.subject == "公开申请提醒：1项"
    text = str(message.body)
    assert "答复期限2026-11-30，还有5个工作日" in text
    assert "赵小满" not in text and "梅花街" not in text
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert reminder_mail.send(Person.objects.get(pk=office.clerk.pk), now) == 0
    reminding.warn_due(now=now)
    drain()
    assert len(mail.outbox) == 1
