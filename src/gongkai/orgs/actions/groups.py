"""Seats in the groups of a body, and its named duties."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs import policies
from gongkai.orgs.actions.writing import need_reason, write_down
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Duty, GroupKind, GroupSeat, Person
from gongkai.orgs.values import DutyText, SeatOffer


@transaction.atomic
def seat(*, body: Body, offer: SeatOffer, by: Person | None, now: datetime) -> GroupSeat:
    """Seat a person in the steering group, its office, the review group or the reception."""
    today = civil_day(now)
    policies.may_keep_groups(by, body, today).require()
    row = GroupSeat(
        body=body,
        group=offer.group,
        title=offer.title,
        person=offer.person,
        ordinal=offer.ordinal,
        from_on=offer.from_on or today,
    )
    save_checked(row, code="seat.not_valid")
    write_down("seat.taken", row=row, by=by, body=body, change=Change(data=_named(row)))
    return row


@transaction.atomic
def unseat(*, seat: GroupSeat, by: Person | None, now: datetime) -> GroupSeat:
    """End a seat from today on."""
    today = civil_day(now)
    policies.may_keep_groups(by, seat.body, today).require()
    kept = GroupSeat.objects.select_for_update(no_key=True).get(pk=seat.pk)
    if kept.until is not None and kept.until <= today:
        raise Refusal("seat.already_ended", "这个席位已经结束，不必再改。请刷新页面。")
    kept.until = max(today, kept.from_on)
    kept.save(update_fields=["until"])
    write_down("seat.vacated", row=kept, by=by, body=kept.body, change=Change(data=_named(kept)))
    return kept


def _named(row: GroupSeat) -> dict[str, object]:
    return {"group": GroupKind(row.group).label, "title": row.title, "person_id": row.person_id}


@transaction.atomic
def assign_duty(*, body: Body, duty: DutyText, by: Person | None, now: datetime) -> Duty:
    """Enter a duty of a section or of a person."""
    policies.may_keep_groups(by, body, civil_day(now)).require()
    row = Duty(body=body)
    _word(row, duty)
    write_down("duty.assigned", row=row, by=by, body=body, change=Change(data=_worded(row)))
    return row


@transaction.atomic
def edit_duty(*, duty: Duty, wording: DutyText, by: Person | None, now: datetime) -> Duty:
    """Reword a duty or give it to somebody else."""
    policies.may_keep_groups(by, duty.body, civil_day(now)).require()
    kept = Duty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    _word(kept, wording)
    write_down("duty.edited", row=kept, by=by, body=kept.body, change=Change(data=_worded(kept)))
    return kept


@transaction.atomic
def drop_duty(*, duty: Duty, reason: str, by: Person | None, now: datetime) -> None:
    """Strike a duty out; the journal keeps its title and text."""
    why = need_reason(reason)
    policies.may_keep_groups(by, duty.body, civil_day(now)).require()
    kept = Duty.objects.select_for_update(no_key=True).get(pk=duty.pk)
    change = Change(reason=why, data=_worded(kept) | {"text": kept.text})
    write_down("duty.dropped", row=kept, by=by, body=kept.body, change=change)
    kept.delete()


def _word(row: Duty, wording: DutyText) -> None:
    for holder in (wording.section, wording.person):
        if holder is not None and holder.body_id != row.body_id:
            raise Refusal("duty.foreign_holder", f"{holder}不属于本机关，请重新选择。")
    row.title, row.text, row.ordinal = wording.title, wording.text, wording.ordinal
    row.section, row.person = wording.section, wording.person
    save_checked(row, code="duty.not_valid")


def _worded(row: Duty) -> dict[str, object]:
    return {"title": row.title, "section_id": row.section_id, "person_id": row.person_id}
