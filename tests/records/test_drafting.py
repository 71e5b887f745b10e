"""Drafts: captured, edited by one person at a time, refused in clear sentences, thrown away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.records import actions, store
from gongkai.records.models import Record, RecordFile
from gongkai.records.values import Link, NewFile, ValidityChange
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_draft_has_its_deadline_and_one_line_in_the_journal() -> None:
    at = make.office()
    before = Entry.objects.count()
    record = make.draft(at, created_on=date(2026, 9, 18))
    assert record.publish_due_on == date(2026, 10, 22)  # law.md vector 7
    assert "第二十六条" in record.publish_due_basis
    assert Entry.objects.count() == before + 1


def test_beijing_counted_fifteen_days_while_its_rule_stood() -> None:
    at = make.office()
    assert make.draft(at, created_on=date(2018, 9, 17)).publish_due_on == date(2018, 10, 12)
    assert make.draft(at, created_on=date(2008, 12, 24)).publish_due_on == date(2009, 1, 22)


def test_before_the_decree_there_is_no_deadline() -> None:
    at = make.office()
    record = make.draft(at, created_on=date(2007, 12, 3))
    assert record.publish_due_on is None
    assert "之前" in record.publish_due_basis


def test_a_change_starts_the_twenty_days_again() -> None:
    at = make.office()
    record = make.draft(at, created_on=date(2026, 2, 6))
    edited = actions.edit(
        record=record, fields={"changed_on": date(2026, 9, 30)}, by=at.clerk, now=make.NOW
    )
    assert edited.publish_due_on == date(2026, 11, 3)


def test_what_another_saved_meanwhile_is_not_overwritten() -> None:
    at = make.office()
    record = make.draft(at)
    actions.edit(record=record, fields={"title": "甲"}, by=at.clerk, now=make.NOW, read_count=0)
    with pytest.raises(Refusal) as caught:
        actions.edit(record=record, fields={"title": "乙"}, by=at.clerk, now=make.NOW, read_count=0)
    assert caught.value.code == "record.changed_meanwhile"
    record.refresh_from_db()
    assert record.title == "甲"


def test_nothing_changed_writes_nothing() -> None:
    at = make.office()
    record = make.draft(at)
    before = Entry.objects.count()
    actions.edit(record=record, fields={"title": record.title}, by=at.clerk, now=make.NOW)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"created_on": date(2027, 1, 1)}, "created_on"),
        ({"created_on": date(1900, 1, 1)}, "created_on"),
        (
            {"first_published_on": date(2008, 1, 1), "carried_from": "旧站"},
            "first_published_on",
        ),
        ({"title": ""}, "title"),
        ({"title": "长" * 301}, "title"),
        ({"effective_from": date(2026, 1, 2), "expires_on": date(2026, 1, 1)}, "expires_on"),
        ({"law_override": "2019-05-15"}, "law_override_reason"),
    ],
)
def test_impossible_values_are_refused_beside_their_field(
    fields: dict[str, Any], field: str
) -> None:
    at = make.office()
    with pytest.raises(Refusal) as caught:
        make.draft(at, **fields)
    assert caught.value.fields[field]


def test_an_earlier_publication_names_its_place() -> None:
    at = make.office()
    with pytest.raises(Refusal) as caught:
        make.draft(at, created_on=date(2008, 12, 24), first_published_on=date(2008, 12, 26))
    assert "原来发布在哪里" in caught.value.sentence


def test_only_the_section_and_the_office_may_draft() -> None:
    at, elsewhere = make.office(), make.office()
    for stranger in (at.verifier, at.leader, elsewhere.clerk, elsewhere.officer):
        with pytest.raises(Refusal) as caught:
            actions.draft(
                body=at.body,
                fields={"title": "某件", "section": at.section},
                by=stranger,
                now=make.NOW,
            )
        assert caught.value.code == "record.not_yours"
    with pytest.raises(Refusal):
        actions.draft(
            body=at.body,
            fields={"title": "某件", "section": at.other_section},
            by=at.clerk,
            now=make.NOW,
        )


def test_a_draft_is_thrown_away_with_a_reason_but_never_after_a_review() -> None:
    at = make.office()
    record = make.draft(at)
    with pytest.raises(Refusal):
        actions.discard(record=record, reason=" ", by=at.clerk, now=make.NOW)
    actions.discard(record=record, reason="重复录入", by=at.clerk, now=make.NOW)
    assert not Record.objects.filter(pk=record.pk).exists()
    from gongkai.review import actions as review

    kept = make.draft(at)
    sheet = make.propose(kept, at)
    review.return_sheet(sheet=sheet, reason="请补充附件", by=at.verifier, now=make.NOW)
    kept.refresh_from_db()
    with pytest.raises(Refusal) as caught:
        actions.discard(record=kept, reason="不要了", by=at.clerk, now=make.NOW)
    assert caught.value.code == "record.has_history"


def test_files_are_kept_once_and_names_lose_their_paths() -> None:
    at = make.office()
    record = make.draft(at)
    name = "..\\..\\etc/passwd\u202e表.pdf"
    row = actions.attach(record=record, file=NewFile(name, b"abc"), by=at.clerk, now=make.NOW)
    assert row.name == "passwd表.pdf"
    assert store.read(row.file) == b"abc"
    with pytest.raises(Refusal) as caught:
        actions.attach(record=record, file=NewFile(name, b"abc"), by=at.clerk, now=make.NOW)
    assert caught.value.code == "file.twice"
    with pytest.raises(Refusal):
        actions.attach(record=record, file=NewFile("空.pdf", b""), by=at.clerk, now=make.NOW)
    actions.detach(file=row, by=at.clerk, now=make.NOW)
    assert not RecordFile.objects.filter(record=record).exists()


def test_relations_stay_within_the_body_and_never_point_to_themselves() -> None:
    at, elsewhere = make.office(), make.office()
    record, other = make.draft(at), make.draft(at)
    actions.relate(record=record, link=Link("repeals", other), by=at.clerk, now=make.NOW)
    for link in (
        Link("repeals", other),
        Link("amends", record),
        Link("amends"),
        Link("amends", make.draft(elsewhere)),
        Link("likes", other),
    ):
        with pytest.raises(Refusal):
            actions.relate(record=record, link=link, by=at.clerk, now=make.NOW)


def test_validity_changes_with_a_cause_and_reach_the_public_entry() -> None:
    at = make.office()
    entry = make.published(at)
    change = ValidityChange("repealed", "被云商发〔2026〕9号废止", make.NOW.date())
    actions.change_validity(record=entry.record, change=change, by=at.clerk, now=make.NOW)
    entry.refresh_from_db()
    assert (entry.validity, entry.repealed_on) == ("repealed", make.NOW.date())
    early = ValidityChange("lapsed", "到期", make.NOW.date() - timedelta(days=400))
    with pytest.raises(Refusal):
        actions.change_validity(record=entry.record, change=early, by=at.clerk, now=make.NOW)


def test_what_has_an_end_lapses_the_day_after_it() -> None:
    at = make.office()
    last = make.NOW.date()
    entry = make.published(at, effective_from=last - timedelta(days=9), expires_on=last)
    assert actions.lapse_expired(now=make.NOW) == 0
    assert actions.lapse_expired(now=make.NOW + timedelta(days=1)) == 1
    assert actions.lapse_expired(now=make.NOW + timedelta(days=1)) == 0
    entry.refresh_from_db()
    assert (entry.validity, entry.validity_cause) == ("lapsed", "有效期届满")
