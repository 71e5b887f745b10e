"""The one place where a request ends: one outcome, on one day, in time or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.casework import (
    add_step,
    clock_of,
    law_of,
    locked,
    refuse_future,
    repeat_clock,
    write_down,
)
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import Consultation, DisclosureRequest
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import ClockEvent, Kind, State
from gongkai.law.replies import Outcome
from gongkai.law.replies import outcome as outcome_of
from gongkai.orgs.models import Person

WITHDRAWN = "other"


@transaction.atomic
def conclude(
    *,
    request: DisclosureRequest,
    outcome: str,
    on: date,
    by: Person | None,
    now: datetime,
    earlier_reply: DisclosureRequest | None = None,
) -> DisclosureRequest:
    """End a request: called when the letter with its outcome is served, on the day that counts.

    Raises `Refusal` when it has ended, when the law of the case does not know the outcome, or
    when a step the outcome rests on is missing (a term that has not passed, a party not told).
    """
    kept = locked(request)
    policies.may_handle(by, kept, civil_day(now)).require(policies.BASIS)
    REQUEST_FLOW.step(kept.state, "reply")
    found = outcome_of(outcome)
    found.cite(law_of(kept))
    require_grounds(kept, found.key, on)
    if earlier_reply is not None:
        kept.earlier_reply = earlier_reply
        kept.save(update_fields=["earlier_reply"])
    return _end(kept, found, on, by, now)


@transaction.atomic
def register_reply(
    *, request: DisclosureRequest, outcome: str, on: date, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Register a reply of an imported register, given outside the system; its letter is there."""
    kept = locked(request)
    policies.may_lead(by, kept, civil_day(now)).require(policies.BASIS)
    REQUEST_FLOW.step(kept.state, "reply")
    if not kept.imported_from:
        raise Refusal(
            "reply.needs_letter",
            "只有从原有台账导入的申请可以直接登记答复；其他申请请草拟、审批并送达答复文书。",
            "《条例》第三十六条",
        )
    found = outcome_of(outcome)
    found.cite(law_of(kept))
    return _end(kept, found, on, by, now)


def _end(
    request: DisclosureRequest, found: Outcome, on: date, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Set outcome and day, stop the clock, write it down. The request is locked and checked."""
    refuse_future(on, civil_day(now))
    before = request.state
    end(request, found.key, on, by=by, now=now)
    write_down(
        "request.replied",
        request=request,
        by=by,
        change=Change(
            from_state=before,
            to_state=request.state,
            basis="、".join(str(cite) for cite in found.cite(law_of(request))),
            data={
                "on": on,
                "outcome": found.label,
                "key": found.key,
                "row": found.row,
                "in_time": request.in_time,
            },
        ),
    )
    return request


def end(
    request: DisclosureRequest, outcome: str, on: date, *, by: Person | None, now: datetime
) -> None:
    """Outcome, day and the last step in one row write; never a second time (trigger)."""
    if request.received_on is None:
        # Nothing was received in the law's sense: only a withdrawal or the like can end it.
        if outcome != WITHDRAWN:
            raise Refusal(
                "request.not_confirmed",
                "这件申请的收到之日还没有确定。请先登记双方确认，再答复。",
                "《条例》第三十一条",
            )
        request.outcome, request.replied_on, request.in_time = outcome, on, True
        repeat_clock(request, None)
        return
    request.outcome, request.replied_on = outcome, on
    add_step(request, ClockEvent(Kind.REPLIED, on), by=by, now=now)


def require_grounds(request: DisclosureRequest, key: str, on: date) -> None:
    check = _GROUNDS.get(key)
    if check is not None:
        check(request, on)


def _no_supplement(request: DisclosureRequest, on: date) -> None:
    clock = clock_of(request)
    asked = clock.supplement_asked if clock else None
    waiting = clock is not None and clock.state is State.AWAITING_SUPPLEMENT
    last = asked.due_on if asked else None
    if not waiting or (last is not None and on <= last):
        raise Refusal(
            "reply.supplement_not_missed",
            "补正期限还没有过，或者没有在等待补正，不能按逾期不补正办结。请核对补正告知和期限。",
            "《条例》第三十条",
        )


def _no_fee(request: DisclosureRequest, on: date) -> None:
    clock = clock_of(request)
    waiting = clock is not None and clock.state is State.AWAITING_FEE
    if clock is None or not waiting or on <= clock.fee_due().on:
        raise Refusal(
            "reply.fee_not_missed",
            "缴费期限还没有过，或者没有在等待缴费，不能按逾期不缴费办结。请核对收费通知和期限。",
            "国办函〔2020〕109号",
        )


def _parties_asked(request: DisclosureRequest, on: date) -> list[Consultation]:
    """Art. 32: whoever was asked is heard first, also where only a part is given."""
    parties = list(request.consultations.filter(kind="third_party", asked_on__isnull=False))
    if any(not party.opinion for party in parties):
        raise Refusal(
            "reply.party_not_heard",
            "还有第三方的意见没有收回或者登记逾期，不能决定公开。请先登记意见。",
            "《条例》第三十二条",
        )
    return parties


def _parties_heard(request: DisclosureRequest, on: date) -> None:
    """Art. 32: whoever objects with a sound reason is told before all is given."""
    parties = _parties_asked(request, on)
    untold = [
        party
        for party in parties
        if party.opinion == "disagrees" and party.reason_is_sound and not party.override_notice_on
    ]
    if untold:
        raise Refusal(
            "reply.party_not_told",
            "第三方有合理理由不同意公开。决定公开的，须先将公开的内容和理由书面告知第三方。",
            "《条例》第三十二条",
        )


_GROUNDS: dict[str, Callable[[DisclosureRequest, date], object]] = {
    "abandoned_no_supplement": _no_supplement,
    "abandoned_no_fee": _no_fee,
    "granted": _parties_heard,
    "partly_granted": _parties_asked,
}
