"""Vector 63: nothing is published without a finished review; every other way says no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.catalog import actions
from gongkai.catalog.models import CatalogEntry
from gongkai.kit.refusal import Refusal
from gongkai.records.models import Record, RecordVersion
from gongkai.review import actions as review
from tests import factories as make
from tests.factories import Office

pytestmark = pytest.mark.django_db

Bring = Callable[[Record, Office], object]
UNFINISHED: dict[str, Bring] = {
    "draft": lambda record, at: None,
    "proposed": lambda record, at: make.propose(record, at),
    "verified": lambda record, at: make.verify(make.propose(record, at), at),
    "returned": lambda record, at: review.return_sheet(
        sheet=make.propose(record, at), reason="请改", by=at.verifier, now=make.NOW
    ),
    "withheld": lambda record, at: make.review_fully(
        record, at, attribute="withheld", ground="privacy", reason="含个人信息"
    ),
    "on_request": lambda record, at: make.review_fully(
        record, at, attribute="on_request", reason="仅供特定企业"
    ),
}


@pytest.mark.parametrize("name", UNFINISHED)
def test_the_action_refuses(name: str) -> None:
    at = make.office()
    record = make.draft(at)
    UNFINISHED[name](record, at)
    with pytest.raises(Refusal) as caught:
        actions.publish(record=record, by=at.officer, now=make.NOW)
    assert caught.value.code in ("publish.no_review", "publish.not_proactive")
    with pytest.raises(Refusal):
        later = make.NOW + timedelta(days=1)
        actions.schedule(record=record, not_before=later, by=at.officer, now=make.NOW)
    assert not CatalogEntry.objects.filter(record=record).exists()


@pytest.mark.parametrize("name", [n for n in UNFINISHED if n != "draft"])
def test_the_database_refuses_a_row_written_past_the_action(name: str) -> None:
    """An entry made by hand, with every field right but the review."""
    at = make.office()
    record = make.draft(at)
    UNFINISHED[name](record, at)
    sheet = record.sheets.order_by("-id").first()
    assert sheet is not None
    other = make.published(at)
    for version, using in (
        (sheet.version, sheet),
        (sheet.version, other.sheet),
        (other.version, other.sheet),
    ):
        entry = CatalogEntry(
            uuid=record.uuid, record=record, version=version, sheet=using, body=at.body,
            title=version.title, abstract=version.abstract, created_on=version.created_on,
            document_number=version.document_number, index_number="11Y/ZK-2026-999999",
            published_on=make.NOW.date(), released_on=make.NOW.date(),
            published_at=make.NOW, updated_at=make.NOW, year=2026,
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="finished review"), transaction.atomic():
            entry.save()
    with pytest.raises(DatabaseError, match="reviewed entry"), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(state="published")


def test_a_published_entry_cannot_be_bent_to_show_anything_else() -> None:
    at = make.office()
    entry = make.published(at)
    secret = make.draft(at, title="机密事项")
    make.propose(secret, at)
    version = secret.versions.get()
    rows = CatalogEntry.objects.filter(pk=entry.pk)
    changes: tuple[dict[str, object], ...] = (
        {"version": version},
        {"title": "改过的标题"},
        {"abstract": "改过的概述"},
        {"document_number": "改〔2026〕1号"},
        {"created_on": date(2026, 1, 1)},
        {"sheet": version.sheets.get()},
        {"record": secret},
    )
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_versiontext SET text = 'x'")
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordVersion.objects.filter(pk=entry.version_id).update(title="x")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_catalogentry WHERE id = %s", [entry.pk])


def test_what_was_taken_off_comes_back_only_by_a_new_review() -> None:
    at = make.office()
    entry = make.published(at)
    actions.withdraw(
        record=entry.record, code="error", note="附件有误", by=at.officer, now=make.NOW
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        CatalogEntry.objects.filter(pk=entry.pk).update(state="published")
    with pytest.raises(Refusal):
        actions.publish(record=entry.record, by=at.officer, now=make.NOW)
    actions.revise(record=entry.record, reason="换附件", by=at.officer, now=make.NOW)
    record = Record.objects.get(pk=entry.record_id)
    later = make.NOW + timedelta(days=2)
    again = make.publish(record, at, now=later)
    assert (again.state, again.published_on) == ("published", later.date())


def test_edits_after_the_decision_are_refused_and_a_revision_hides_until_reviewed() -> None:
    at = make.office()
    entry = make.published(at, title="关于甲的通知")
    record = entry.record
    from gongkai.records import actions as records

    record.refresh_from_db()
    with pytest.raises(Refusal):
        records.edit(record=record, fields={"title": "乙"}, by=at.clerk, now=make.NOW)
    actions.revise(record=record, reason="更正标题", by=at.officer, now=make.NOW)
    records.edit(record=record, fields={"title": "关于乙的通知"}, by=at.clerk, now=make.NOW)
    entry.refresh_from_db()
    assert entry.title == "关于甲的通知"
    record.refresh_from_db()
    make.publish(record, at)
    entry.refresh_from_db()
    assert (entry.title, entry.version.number) == ("关于乙的通知", 2)
    assert entry.published_on == make.NOW.date()


def test_a_new_decision_to_withhold_takes_the_public_version_off() -> None:
    at = make.office()
    entry = make.published(at)
    actions.revise(record=entry.record, reason="复查", by=at.officer, now=make.NOW)
    record = Record.objects.get(pk=entry.record_id)
    make.review_fully(record, at, attribute="withheld", ground="state_secret", reason="涉密")
    entry.refresh_from_db()
    assert (entry.state, entry.withdrawal_code) == ("withdrawn", "state_secret")
