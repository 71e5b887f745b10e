"""Bodies, sections, people, groups and duties."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.journal import events
from gongkai.journal.models import Entry
from gongkai.journal.verify import verify
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions, queries
from gongkai.orgs.models import Duty, GroupKind, GroupSeat, Person, Role
from gongkai.orgs.values import DutyText, SeatOffer
from tests.orgs.conftest import NOW, Town

TODAY = date(2026, 11, 23)


def test_the_tree_lists_parents_before_children(town: Town) -> None:
    actions.create_body(
        fields={"code": "D1-CZ", "name": "青石区财政局", "parent": town.district},
        by=town.system,
        now=NOW,
    )
    tree = [(depth, body.code) for depth, body in queries.body_tree()]
    assert tree == [(0, "D1"), (1, "D1-CZ"), (1, "D1-SW")]


def test_a_body_cannot_come_under_itself(town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        actions.edit_body(
            body=town.district, fields={"parent": town.bureau}, by=town.system, now=NOW
        )
    assert refused.value.code == "orgs.body_ring"


def test_a_body_with_children_is_not_taken_out_of_use(town: Town) -> None:
    with pytest.raises(Refusal, match="1个在用的机关"):
        actions.deactivate_body(body=town.district, reason="撤并", by=town.system, now=NOW)
    actions.deactivate_body(body=town.bureau, reason="撤并", by=town.system, now=NOW)
    actions.deactivate_body(body=town.district, reason="撤并", by=town.system, now=NOW)


def test_the_refusal_names_the_field_by_its_label(town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        actions.create_body(fields={"code": "D1", "name": ""}, by=None, now=NOW)
    assert set(refused.value.fields) == {"code", "name"}
    assert refused.value.fields["name"].startswith("名称：")


def test_nothing_changed_writes_nothing_down(town: Town) -> None:
    before = Entry.objects.count()
    actions.edit_body(body=town.bureau, fields={"code": "D1-SW"}, by=town.system, now=NOW)
    assert Entry.objects.count() == before


def test_a_section_in_use_stays(town: Town) -> None:
    town.person("li", Role.CASE_OFFICER, town.section)
    with pytest.raises(Refusal, match="1项角色"):
        actions.deactivate_section(section=town.section, reason="撤销", by=town.system, now=NOW)


def test_an_account_never_gets_the_superuser_flag(town: Town) -> None:
    with pytest.raises(ValueError, match="unknown fields"):
        actions.create_person(
            fields={"username": "x", "name": "x", "is_superuser": True}, by=None, now=NOW
        )


def test_a_weak_password_is_refused_with_the_rule(town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        actions.create_person(
            fields={"username": "x", "name": "x"}, password="short", by=None, now=NOW
        )
    assert "password" in refused.value.fields


def test_an_issued_password_works_once_told_and_must_be_changed(town: Town) -> None:
    clerk = town.person("li")
    password = actions.issue_password(person=clerk, by=town.security, now=NOW)
    kept = Person.objects.get(pk=clerk.pk)
    assert kept.check_password(password)
    assert kept.must_change_password
    lines = [str(vars(e)) for e in Entry.objects.all()]
    assert not any(password in line for line in lines)


def test_nobody_sets_a_password_for_somebody_else(town: Town) -> None:
    clerk = town.person("li")
    with pytest.raises(Refusal, match="只能修改自己的密码"):
        actions.set_password(
            person=clerk, password="plum-blossom-33-west", by=town.security, now=NOW
        )


def test_seats_are_taken_and_vacated(town: Town) -> None:
    office = town.person("ma", Role.DISCLOSURE_OFFICE)
    offer = SeatOffer(GroupKind.STEERING, "组长", office)
    row = actions.seat(body=town.bureau, offer=offer, by=office, now=NOW)
    assert [s.title for s in queries.seats(town.bureau, TODAY, GroupKind.STEERING)] == ["组长"]
    actions.unseat(seat=row, by=office, now=NOW)
    assert not queries.seats(town.bureau, TODAY).exists()
    assert GroupSeat.objects.count() == 1


def test_duties_are_kept_in_order_and_the_journal_keeps_a_dropped_one(town: Town) -> None:
    office = town.person("ma", Role.DISCLOSURE_OFFICE)
    for ordinal, title in ((2, "录入"), (1, "清理")):
        duty = DutyText(title, f"负责{title}", section=town.section, ordinal=ordinal)
        actions.assign_duty(body=town.bureau, duty=duty, by=office, now=NOW)
    assert [d.title for d in queries.duties(town.bureau)] == ["清理", "录入"]
    dropped = Duty.objects.get(title="录入")
    actions.drop_duty(duty=dropped, reason="并入办公室", by=office, now=NOW)
    assert Entry.objects.get(event="duty.dropped").data["text"] == "负责录入"


def test_a_duty_goes_to_the_bodys_own_section(town: Town) -> None:
    foreign = actions.create_section(
        body=town.district, fields={"code": "ZH", "name": "综合科"}, by=None, now=NOW
    )
    duty = DutyText("清理", section=foreign)
    with pytest.raises(Refusal, match="不属于本机关"):
        actions.assign_duty(body=town.bureau, duty=duty, by=None, now=NOW)


def test_every_line_reads_as_a_sentence_and_the_chain_holds(town: Town) -> None:
    town.person("li", Role.CASE_OFFICER)
    for line in Entry.objects.all():
        assert "{" not in events.sentence(line)
        assert "—" not in events.sentence(line)
    assert verify().sound
