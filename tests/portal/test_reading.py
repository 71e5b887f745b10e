"""What a reader may see of a record: relations, versions, files, tombstones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.catalog import actions, reading
from gongkai.catalog.models import CatalogEntry, Generation, Showing
from gongkai.catalog.reading import Reading, Tombstone
from gongkai.records import actions as records
from tests import factories
from tests.factories import NOW, Office

LATER = NOW + timedelta(days=1)


def read(entry: CatalogEntry) -> Reading:
    found = reading.reading(entry.uuid)
    assert isinstance(found, Reading)
    return found


def revise(entry: CatalogEntry, at: Office, **fields: object) -> CatalogEntry:
    record = entry.record
    actions.revise(record=record, reason="更正", by=at.officer, now=LATER)
    record.refresh_from_db()
    records.edit(record=record, fields=fields, by=at.clerk, now=LATER)
    record.refresh_from_db()
    return factories.publish(record, at, now=LATER)


def test_relations_lead_only_to_what_is_published(at: Office) -> None:
    old, hidden = factories.published(at), factories.draft(at)
    new = factories.draft(at)
    factories.relate(new, at, "replaces", old.record)
    factories.relate(new, at, "amends", hidden, cited="《不该露面的文件》")
    factories.relate(new, at, "repeals", None, cited="《旧办法》")
    entry = factories.publish(new, at)
    shown = {(r.label, r.title, r.uuid) for r in read(entry).relations}
    assert shown == {("替代", old.title, old.uuid), ("废止", "《旧办法》", None)}
    assert [(r.label, r.uuid) for r in read(old).relations] == [("被替代于", entry.uuid)]


def test_a_relation_added_in_a_new_draft_is_not_shown_before_it_is_published(at: Office) -> None:
    entry = factories.published(at)
    actions.revise(record=entry.record, reason="补充", by=at.officer, now=LATER)
    entry.record.refresh_from_db()
    factories.relate(entry.record, at, "repeals", None, cited="《未审查的说法》")
    assert read(entry).relations == ()


def test_a_withdrawn_record_leaves_the_relations_of_others(at: Office) -> None:
    old, new = factories.published(at), factories.draft(at)
    factories.relate(new, at, "replaces", old.record)
    entry = factories.publish(new, at)
    actions.withdraw(record=old.record, code="error", note="有误", by=at.officer, now=LATER)
    assert read(entry).relations == ()


def test_both_versions_are_shown_after_a_revision(at: Office) -> None:
    entry = factories.published(at, abstract="原概述")
    again = revise(entry, at, abstract="新概述")
    found = read(again).entry
    assert found.abstract == "新概述"
    lines = reading.past_versions(found)
    assert [line.until_at is None for line in lines] == [True, False]
    assert lines[1].until_at == lines[0].from_at == LATER


@pytest.mark.parametrize("code", ["privacy", "error"])
def test_versions_before_a_withdrawal_stay_closed(at: Office, code: str) -> None:
    entry = revise(factories.published(at, abstract="含隐私"), at, abstract="仍含隐私")
    actions.withdraw(record=entry.record, code=code, note="说明", by=at.officer, now=LATER)
    entry.record.refresh_from_db()
    again = revise(entry, at, abstract="已处理")
    lines = reading.past_versions(read(again).entry)
    assert [line.version_id for line in lines] == [again.version_id]
    assert Showing.objects.filter(entry=entry).count() == 3


def test_a_tombstone_of_a_secret_tells_the_number_only(at: Office) -> None:
    entry = factories.published(at, title="不能再提的标题")
    actions.withdraw(record=entry.record, code="privacy", note="某人", by=at.officer, now=LATER)
    assert reading.reading(entry.uuid) == Tombstone(entry.index_number, "", "", "", None)


def test_a_tombstone_of_an_error_tells_why(at: Office) -> None:
    entry = factories.published(at)
    actions.withdraw(record=entry.record, code="error", note="附表有误", by=at.officer, now=LATER)
    found = reading.reading(entry.uuid)
    assert isinstance(found, Tombstone)
    assert (found.title, found.label, found.note) == (entry.title, "内容有误，待更正", "附表有误")
    assert found.withdrawn_on == LATER.date()


def test_drafts_are_not_there(at: Office) -> None:
    assert reading.reading(factories.draft(at).uuid) is None


def test_files_of_the_shown_version_only(at: Office) -> None:
    record = factories.draft(at)
    factories.attach(record, at, name="附件.pdf", content=b"%PDF-1", media_type="application/pdf")
    factories.attach(record, at, name="原件.doc", content=b"source", purpose="source")
    entry = factories.publish(record, at)
    (file,) = read(entry).files
    assert (file.name, file.size, file.media_type) == ("附件.pdf", 6, "application/pdf")
    assert reading.open_file(file.uuid) is not None
    actions.withdraw(record=record, code="error", note="有误", by=at.officer, now=LATER)
    assert reading.open_file(file.uuid) is None


def test_the_generation_turns_with_publication_and_withdrawal_but_not_with_drafts(
    at: Office,
) -> None:
    def number() -> int:
        return Generation.objects.get(pk=1).number

    entry = factories.published(at)
    first = number()
    factories.draft(at)
    actions.revise(record=entry.record, reason="更正", by=at.officer, now=LATER)
    assert number() == first
    actions.withdraw(record=entry.record, code="error", note="有误", by=at.officer, now=LATER)
    assert number() > first
