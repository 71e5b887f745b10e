"""The search index follows the journal, holds published text only, and loses nothing twice."""

from __future__ import annotations

import pytest
from django.db import transaction

from gongkai.catalog import actions, indexing
from gongkai.journal.queries import head_seq
from gongkai.records import actions as records
from gongkai.records.choices import Validity
from gongkai.records.values import ValidityChange
from tests import factories
from tests.factories import NOW, Office
from tests.portal.fakes import MemoryIndex


def test_a_new_index_is_rebuilt_from_what_is_published(at: Office, index: MemoryIndex) -> None:
    entry = factories.published(at, text="正文里的话", document_number="云商字〔2026〕9号")
    factories.draft(at, text="没审查的话")
    done = indexing.catch_up()
    assert (done.indexed, done.behind) == (1, 0)
    (document,) = index.documents.values()
    assert document.id == entry.pk
    assert "正文里的话" in document.text
    assert document.numbers == (entry.index_number, "云商字〔2026〕9号")
    assert document.labels == {
        "body": (at.body.code,),
        "class": ("regulations", "documents"),
        "section": ("fagui",),
        "year": ("2026",),
        "legal_item": ("2019-20-01",),
        "genre": ("notice",),
        "validity": ("in_force",),
        "column": ("catalog",),
    }


def test_later_lines_are_followed_one_by_one(at: Office, index: MemoryIndex) -> None:
    factories.published(at)
    indexing.catch_up()
    second = factories.published(at)
    factories.draft(at)
    done = indexing.catch_up()
    assert (done.indexed, done.removed) == (1, 0)
    assert index.calls[-1] == ("index", (second.pk,), head_seq())
    assert indexing.catch_up().indexed == 0


def test_a_withdrawn_record_is_purged_with_all_it_said(at: Office, index: MemoryIndex) -> None:
    entry = factories.published(at, text="不能再看到的话")
    indexing.catch_up()
    actions.withdraw(record=entry.record, code="privacy", note="", by=at.officer, now=NOW)
    done = indexing.catch_up()
    assert done.removed == 1
    assert index.documents == {}
    assert index.calls[-1] == ("purge", (entry.pk,), head_seq())


def test_the_position_moves_only_with_the_last_commit(at: Office, index: MemoryIndex) -> None:
    gone = factories.published(at)
    indexing.catch_up()
    before = index.position()
    actions.withdraw(record=gone.record, code="error", note="有误", by=at.officer, now=NOW)
    here = factories.published(at)
    indexing.catch_up()
    assert index.calls[-2:] == [
        ("purge", (gone.pk,), before),
        ("index", (here.pk,), head_seq()),
    ]


def test_a_change_of_validity_changes_the_label(at: Office, index: MemoryIndex) -> None:
    entry = factories.published(at)
    indexing.catch_up()
    change = ValidityChange(Validity.REPEALED, "已被新办法废止", NOW.date())
    records.change_validity(record=entry.record, change=change, by=at.officer, now=NOW)
    indexing.catch_up()
    assert index.documents[entry.pk].labels["validity"] == ("repealed",)


def test_an_index_ahead_of_a_restored_journal_is_made_anew(at: Office, index: MemoryIndex) -> None:
    factories.published(at)
    index.at = head_seq() + 100
    assert indexing.catch_up().indexed == 1
    assert index.calls[-1][0] == "rebuild"


def test_a_crash_between_two_calls_is_made_up(
    at: Office, index: MemoryIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = factories.published(at)
    indexing.catch_up()
    actions.withdraw(record=gone.record, code="error", note="有误", by=at.officer, now=NOW)
    here = factories.published(at)
    kept = index.index

    def crash(*_given: object, **_named: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(index, "index", crash)
    with pytest.raises(OSError, match="disk full"):
        indexing.catch_up()
    monkeypatch.setattr(index, "index", kept)
    indexing.catch_up()
    assert list(index.documents) == [here.pk]
    assert index.position() == head_seq()


def test_a_publication_enqueues_the_follower_and_a_draft_does_not(at: Office) -> None:
    from gongkai.queue.models import Job

    def waiting() -> int:
        return Job.objects.filter(task__contains="follow_journal").count()

    with transaction.atomic():
        factories.draft(at)
    assert waiting() == 0
    factories.published(at)
    assert waiting() == 1
