"""Publication, its true date, orders for later, withdrawal, the guide."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.catalog import actions
from gongkai.catalog.models import CatalogEntry, PublicationOrder
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.orgs import actions as orgs
from gongkai.orgs.models import RoleGrant
from gongkai.records.models import Record
from tests import factories as make

pytestmark = pytest.mark.django_db
SOON = make.NOW + timedelta(hours=2)


def ready(at: make.Office) -> Record:
    record = make.draft(at)
    make.review_fully(record, at)
    record.refresh_from_db()
    return record


def test_the_date_is_the_true_one_or_names_the_old_platform() -> None:
    at = make.office()
    assert make.published(at).published_on == make.NOW.date()
    old = make.published(
        at,
        created_on=date(2008, 12, 24),
        first_published_on=date(2008, 12, 26),
        carried_from="原信息公开系统",
    )
    assert (old.published_on, old.released_on) == (date(2008, 12, 26), make.NOW.date())
    rows = CatalogEntry.objects.filter(carried_from="")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(published_on=date(2026, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        CatalogEntry.objects.filter(pk=old.pk).update(published_on=date(2030, 1, 1))


def test_only_the_disclosure_office_publishes() -> None:
    at = make.office()
    record = ready(at)
    for other in (at.clerk, at.verifier, at.leader, make.office().officer):
        with pytest.raises(Refusal) as caught:
            actions.publish(record=record, by=other, now=make.NOW)
        assert caught.value.code == "catalog.not_office"


def test_twice_is_refused_and_gives_no_second_number() -> None:
    at = make.office()
    record = ready(at)
    first = actions.publish(record=record, by=at.officer, now=make.NOW)
    with pytest.raises(Refusal):
        actions.publish(record=record, by=at.officer, now=make.NOW)
    assert CatalogEntry.objects.get(record=record).index_number == first.index_number


def test_an_order_is_carried_out_at_its_moment_and_not_before() -> None:
    at = make.office()
    record = ready(at)
    for bad in (make.NOW, make.NOW - timedelta(days=1), make.NOW + timedelta(days=400)):
        with pytest.raises(Refusal):
            actions.schedule(record=record, not_before=bad, by=at.officer, now=make.NOW)
    actions.schedule(record=record, not_before=SOON, by=at.officer, now=make.NOW)
    with pytest.raises(Refusal):
        actions.schedule(record=record, not_before=SOON, by=at.officer, now=make.NOW)
    assert actions.carry_out_orders(now=SOON - timedelta(seconds=1)) == 0
    late = SOON + timedelta(days=1)
    assert actions.carry_out_orders(now=late) == 1
    assert actions.carry_out_orders(now=late) == 0
    assert CatalogEntry.objects.get(record=record).published_at == late


def test_an_order_that_became_impossible_is_closed_with_its_sentence() -> None:
    at = make.office()
    record = ready(at)
    order = actions.schedule(record=record, not_before=SOON, by=at.officer, now=make.NOW)
    grant = RoleGrant.objects.get(person=at.officer)
    orgs.revoke(grant=grant, reason="调离", by=None, now=make.NOW)
    assert actions.carry_out_orders(now=SOON) == 0
    order.refresh_from_db()
    assert order.cancelled_at == SOON
    assert "政府信息公开工作机构" in order.failure
    assert not CatalogEntry.objects.filter(record=record).exists()


def test_a_cancelled_order_does_nothing() -> None:
    at = make.office()
    record = ready(at)
    order = actions.schedule(record=record, not_before=SOON, by=at.officer, now=make.NOW)
    actions.cancel_order(order=order, by=at.officer, now=make.NOW)
    assert actions.carry_out_orders(now=SOON) == 0
    with pytest.raises(Refusal):
        actions.cancel_order(order=order, by=at.officer, now=make.NOW)
    assert PublicationOrder.objects.filter(done_at__isnull=True).count() == 1


def test_withdrawal_needs_code_and_note_and_secrets_tell_nothing() -> None:
    at = make.office()
    entry = make.published(at)
    for code, note in (("", "x"), ("whim", "x"), ("error", " ")):
        with pytest.raises(Refusal):
            actions.withdraw(record=entry.record, code=code, note=note, by=at.officer, now=make.NOW)
    done = actions.withdraw(
        record=entry.record, code="state_secret", note="某某工程", by=at.officer, now=make.NOW
    )
    assert (done.state, done.withdrawal_note) == ("withdrawn", "")


def test_each_step_is_one_line_and_one_after_another() -> None:
    at = make.office()
    before = Entry.objects.order_by("-seq").values_list("seq", flat=True)[0]
    make.published(at)
    events = list(
        Entry.objects.filter(seq__gt=before).order_by("seq").values_list("event", flat=True)
    )
    assert events == [
        "record.captured",
        "record.proposed",
        "record.verified",
        "record.decided",
        "record.published",
    ]


def test_a_guide_is_published_only_when_it_holds_what_article_12_asks() -> None:
    at = make.office()
    guide = actions.save_guide(body=at.body, content={}, note="", by=at.officer, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        actions.publish_guide(guide=guide, by=at.officer, now=make.NOW)
    assert len(caught.value.fields) == 9
    full = dict.fromkeys(caught.value.fields, "已写明")
    again = actions.save_guide(body=at.body, content=full, note="", by=at.officer, now=make.NOW)
    assert again.pk == guide.pk
    actions.publish_guide(guide=again, by=at.officer, now=make.NOW)
    with pytest.raises(Refusal):
        actions.publish_guide(guide=again, by=at.officer, now=make.NOW)
    second = actions.save_guide(body=at.body, content=full, note="", by=at.officer, now=make.NOW)
    assert second.number == 2
