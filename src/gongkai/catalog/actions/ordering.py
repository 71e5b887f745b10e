"""Scheduled publication: an order now, carried out by the worker at its moment, never before."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from gongkai.catalog import policies
from gongkai.catalog.actions.publishing import finished_review, publish
from gongkai.catalog.models import PublicationOrder
from gongkai.journal.values import SYSTEM, Change
from gongkai.kit.dates import CHINA, civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person, Role
from gongkai.records.flow import RECORD_FLOW
from gongkai.records.models import Record
from gongkai.records.writing import locked, write_down

BASIS = "《条例》第二十六条"
FARTHEST = timedelta(days=366)


@transaction.atomic
def schedule(
    *, record: Record, not_before: datetime, by: Person, now: datetime
) -> PublicationOrder:
    """Order a reviewed record to be published at a later moment.

    The publication bears the moment at which it really happens (国办秘函〔2019〕19号).
    """
    kept = locked(record)
    policies.may_publish(by, kept.body, civil_day(now)).require(BASIS)
    RECORD_FLOW.step(kept.state, "publish")
    sheet = finished_review(kept)
    if not now < not_before <= now + FARTHEST:
        sentence = "定时发布的时间须在现在以后、一年以内。要现在发布，请直接点“发布”。"
        raise Refusal("schedule.bad_moment", sentence, BASIS, {"not_before": sentence})
    order = PublicationOrder(
        record=kept, sheet=sheet, not_before=not_before, ordered_by=by, ordered_at=now
    )
    save_checked(order, code="schedule.not_valid")
    shown = not_before.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    _write("publication.ordered", kept, by, Change(basis=BASIS, data={"not_before": shown}))
    return order


@transaction.atomic
def cancel_order(*, order: PublicationOrder, by: Person, now: datetime) -> PublicationOrder:
    """Take an order back before it is carried out."""
    kept = locked(order.record)
    policies.may_publish(by, kept.body, civil_day(now)).require(BASIS)
    row = PublicationOrder.objects.select_for_update(no_key=True).get(pk=order.pk)
    if row.done_at or row.cancelled_at:
        raise Refusal("schedule.over", "这个定时发布已经办完或取消。请刷新页面。")
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    _write("publication.cancelled", kept, by, Change(basis=BASIS))
    return row


def carry_out_orders(*, now: datetime) -> int:
    """Publish every record whose moment has come; each in its own transaction. The number done.

    Repeating is harmless. An order that is refused (review reopened, role lost) is closed with
    the sentence, and the desk shows it.
    """
    waiting = PublicationOrder.objects.filter(
        done_at__isnull=True, cancelled_at__isnull=True, not_before__lte=now
    )
    return sum(_carry_out(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


def _carry_out(pk: int, now: datetime) -> int:
    try:
        with transaction.atomic():
            order = PublicationOrder.objects.select_related("record", "ordered_by").get(pk=pk)
            locked(order.record)
            order = PublicationOrder.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
            if order.done_at or order.cancelled_at:
                return 0
            publish(record=order.record, by=order.ordered_by, now=now)
            order.done_at = now
            order.save(update_fields=["done_at"])
            return 1
    except Refusal as refusal:
        _close_failed(pk, refusal, now)
        return 0


@transaction.atomic
def _close_failed(pk: int, refusal: Refusal, now: datetime) -> None:
    order = PublicationOrder.objects.select_for_update(no_key=True).get(pk=pk)
    order.cancelled_at, order.failure = now, refusal.sentence[:300]
    order.save(update_fields=["cancelled_at", "failure"])
    change = Change(basis=refusal.basis, reason=order.failure)
    write_down("publication.failed", record=order.record, by=None, role=SYSTEM.role, change=change)


def _write(event: str, record: Record, by: Person, change: Change) -> None:
    write_down(event, record=record, by=by, role=Role.DISCLOSURE_OFFICE, change=change)
