"""Roles: who holds what on which day, and the separation of the administrators."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions, guards, queries
from gongkai.orgs.models import ADMINISTRATORS, Person, Role, RoleGrant
from gongkai.orgs.values import RoleAward
from tests.orgs.conftest import NOW, Town

TODAY = date(2026, 11, 23)


def test_a_granted_role_counts_from_its_day_until_its_day(town: Town) -> None:
    clerk = town.person("li")
    award = RoleAward(
        Role.CASE_OFFICER, town.bureau, from_on=date(2026, 12, 1), until=date(2026, 12, 3)
    )
    actions.grant(person=clerk, award=award, by=town.security, now=NOW)
    held = [d for d in range(1, 5) if queries.roles_of(clerk, date(2026, 12, d))]
    assert held == [1, 2]


def test_a_revoked_role_is_gone_the_same_day_and_the_journal_says_why(town: Town) -> None:
    clerk = town.person("li", Role.CASE_OFFICER)
    grant = RoleGrant.objects.get(person=clerk)
    actions.revoke(grant=grant, reason="调离", by=town.security, now=NOW)
    assert queries.roles_of(Person.objects.get(pk=clerk.pk), TODAY) == frozenset()
    line = Entry.objects.get(event="role.revoked")
    assert (line.reason, line.actor_id, line.data["label"]) == ("调离", town.security.pk, "经办人")


def test_revoking_needs_a_reason(town: Town) -> None:
    town.person("li", Role.CASE_OFFICER)
    grant = RoleGrant.objects.get(person__username="li")
    with pytest.raises(Refusal, match="写明理由"):
        actions.revoke(grant=grant, reason="  ", by=town.security, now=NOW)


def test_a_closed_account_holds_nothing(town: Town) -> None:
    clerk = town.person("li", Role.CASE_OFFICER)
    actions.deactivate(person=clerk, reason="退休", by=town.security, now=NOW)
    assert queries.roles_of(clerk, TODAY) == frozenset()
    assert not queries.people_with_role(town.bureau, Role.CASE_OFFICER, TODAY).exists()


@pytest.mark.parametrize("first", [*ADMINISTRATORS, Role.CASE_OFFICER, Role.AUDITOR])
@pytest.mark.parametrize("second", ADMINISTRATORS)
def test_an_administrator_holds_no_other_role(town: Town, first: str, second: str) -> None:
    person = town.person("wang", first)
    with pytest.raises(Refusal) as refused:
        award = RoleAward(second, town.district)
        actions.grant(person=person, award=award, by=town.security, now=NOW)
    assert refused.value.code == "role.separation"
    assert "必须是三个人" in refused.value.sentence
    assert RoleGrant.objects.filter(person=person).count() == 1


def test_the_database_refuses_what_the_action_is_not_asked(town: Town) -> None:
    person = town.person("wang", Role.CASE_OFFICER)
    rows = [
        RoleGrant(person=person, role=role, body=town.bureau, from_on=TODAY, until=until)
        for role in ADMINISTRATORS
        for until in (None, TODAY + timedelta(days=5))
    ]
    for row in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.bulk_create(rows[:1])
    other = town.person("zhao", Role.AUDIT_ADMIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.filter(person=other).update(person=person)


def test_the_triggers_name_the_same_administrators_as_the_table() -> None:
    assert "(" + ", ".join(f"'{role.value}'" for role in ADMINISTRATORS) + ")" == guards.ADMINS


def test_an_administrator_becomes_a_clerk_after_his_role_ended(town: Town) -> None:
    person = town.person("wang", Role.AUDIT_ADMIN)
    grant = RoleGrant.objects.get(person=person)
    actions.revoke(grant=grant, reason="轮岗", by=town.security, now=NOW)
    award = RoleAward(Role.CASE_OFFICER, town.bureau)
    actions.grant(person=person, award=award, by=town.security, now=NOW)
    assert queries.roles_of(person, TODAY) == {Role.CASE_OFFICER}


SPANS = st.tuples(st.integers(-9, 9), st.one_of(st.none(), st.integers(0, 9)))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(Role.values), SPANS), min_size=1, max_size=5))
def test_whatever_is_granted_no_day_mixes(
    town: Town, wishes: list[tuple[str, tuple[int, int | None]]]
) -> None:
    person = town.person("any")
    for role, (start, length) in wishes:
        begin = TODAY + timedelta(days=start)
        until = None if length is None else begin + timedelta(days=length)
        award = RoleAward(role, town.bureau, from_on=begin, until=until)
        try:
            actions.grant(person=person, award=award, by=town.security, now=NOW)
        except Refusal:
            continue
    for day in range(-12, 25):
        held = queries.grants_of(person, TODAY + timedelta(days=day))
        admins = [g for g in held if g.role in ADMINISTRATORS]
        assert not admins or len(held) == 1
    RoleGrant.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(username=f"any-{person.pk}")


def test_nobody_changes_his_own_roles(town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        award = RoleAward(Role.RESPONSIBLE_LEADER, town.bureau)
        actions.grant(person=town.security, award=award, by=town.security, now=NOW)
    assert refused.value.code == "orgs.own_roles"


def test_only_a_security_administrator_grants(town: Town) -> None:
    clerk = town.person("li", Role.CASE_OFFICER)
    award = RoleAward(Role.CASE_OFFICER, town.bureau)
    for by in (clerk, town.system):
        with pytest.raises(Refusal, match="安全管理员"):
            actions.grant(person=town.person(f"x{by.pk}"), award=award, by=by, now=NOW)


def test_the_last_security_administrator_stays(town: Town) -> None:
    other = town.person("sun", Role.SECURITY_ADMIN)
    mine = RoleGrant.objects.get(person=town.security)
    theirs = RoleGrant.objects.get(person=other)
    RoleGrant.objects.filter(pk=mine.pk).update(until=TODAY + timedelta(days=9))
    with pytest.raises(Refusal) as refused:
        actions.revoke(grant=theirs, reason="轮岗", by=town.security, now=NOW)
    assert refused.value.code == "role.last_security_admin"


def test_a_role_for_a_section_reaches_only_that_section(town: Town) -> None:
    other = actions.create_section(
        body=town.bureau, fields={"code": "FZK", "name": "法制科"}, by=town.system, now=NOW
    )
    clerk = town.person("li", Role.CASE_OFFICER, town.section)
    office = town.person("ma", Role.DISCLOSURE_OFFICE)

    def reaches(person: Person, role: str) -> list[bool]:
        return [
            queries.has_role_in_section(person, section, role, TODAY, body=town.bureau)
            for section in (town.section, other, None)
        ]

    assert reaches(clerk, Role.CASE_OFFICER) == [True, False, False]
    assert reaches(office, Role.DISCLOSURE_OFFICE) == [True, True, True]


def test_roles_are_read_once_per_person_object(
    town: Town, django_assert_num_queries: object
) -> None:
    clerk = Person.objects.get(pk=town.person("li", Role.CASE_OFFICER).pk)
    with django_assert_num_queries(1):  # type: ignore[operator]
        for _ in range(3):
            assert queries.has_role(clerk, town.bureau, Role.CASE_OFFICER, TODAY)


def test_an_administrator_above_reaches_down_but_not_up(town: Town) -> None:
    local = town.person("xu", Role.SYSTEM_ADMIN)
    assert queries.has_role_above(town.system, town.bureau, Role.SYSTEM_ADMIN, TODAY)
    assert not queries.has_role_above(local, town.district, Role.SYSTEM_ADMIN, TODAY)


def test_a_supervisor_sees_the_bodies_below(town: Town) -> None:
    head = town.person("gao")
    award = RoleAward(Role.SUPERVISOR, town.district)
    actions.grant(person=head, award=award, by=town.security, now=NOW)
    assert queries.supervised_bodies(head, TODAY) == (town.bureau,)
