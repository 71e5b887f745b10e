"""After or instead of the reply: withdrawn, closed, filed away, handled again by order."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.concluding import WITHDRAWN, end
from gongkai.disclosure.actions.deriving import derive
from gongkai.disclosure.casework import locked, refresh, refuse_future, write_down
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest
from gongkai.disclosure.retention import purge_day
from gongkai.disclosure.values import ReopenOrder
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Channel
from gongkai.orgs.models import Person

BASIS = "《条例》第四十五条"
ENDED_STATES = ("replied", "closed", "archived")


@transaction.atomic
def withdraw(*, request: DisclosureRequest, by: Person | None, now: datetime) -> DisclosureRequest:
    """The applicant takes the request back; `by` is None on his own page. Counted as 其他."""
    kept, today = locked(request), civil_day(now)
    if by is not None:
        policies.may_handle(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "withdraw")
    before = kept.state
    kept.closed_at, kept.purge_on = now, purge_day(kept.body, today)
    end(kept, WITHDRAWN, today, by=by, now=now)
    change = Change(before, kept.state, "申请人撤回", data={"on": today})
    write_down("request.withdrawn", request=kept, by=by, change=change, applicant_acts=True)
    return kept


@transaction.atomic
def close(*, request: DisclosureRequest, by: Person | None, now: datetime) -> DisclosureRequest:
    """Nothing is left to do after the reply; the time of keeping personal data begins."""
    kept, today = locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "close")
    before = kept.state
    kept.closed_at, kept.purge_on = now, purge_day(kept.body, today)
    refresh(kept)
    write_down("request.closed", request=kept, by=by, change=Change(before, kept.state, BASIS))
    return kept


@transaction.atomic
def file_away(*, request: DisclosureRequest, by: Person | None, now: datetime) -> DisclosureRequest:
    """Put the closed file into the archive; no deed follows except purging."""
    kept = locked(request)
    policies.may_lead(by, kept, civil_day(now)).require(BASIS)
    REQUEST_FLOW.step(kept.state, "file_away")
    before = kept.state
    kept.archived_at = now
    kept.state = "archived"
    kept.save(update_fields=["archived_at", "state"])
    write_down("request.archived", request=kept, by=by, change=Change(before, kept.state, BASIS))
    return kept


@transaction.atomic
def reopen(
    *, request: DisclosureRequest, order: ReopenOrder, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Handle an ended request again by order of a review body or court: a new request of its own.

    The first reply stays as it was counted; the new term runs from the day of the order.
    """
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require("行政复议决定、行政裁判")
    if kept.state not in ENDED_STATES or not kept.outcome:
        raise Refusal("reopen.not_ended", "这件申请还没有答复，不需要重新办理。")
    refuse_future(order.ordered_on, today, "ordered_on")
    if kept.replied_on is not None and order.ordered_on < kept.replied_on:
        sentence = "决定或者裁判的日期早于原答复，请核对。"
        raise Refusal("reopen.too_early", sentence, fields={"ordered_on": sentence})
    if not order.authority.strip():
        sentence = "请填写作出决定的复议机关或者法院。"
        raise Refusal("reopen.no_authority", sentence, fields={"authority": sentence})
    if order.remedy is not None and order.remedy.request_id != kept.pk:
        raise Refusal("reopen.other_case", "所选的复议诉讼不属于这件申请，请重新选择。")
    fields = {
        "reopened_from": kept,
        "channel": Channel.OTHER.value,
        "arrived_on": order.ordered_on,
        "confirmed_on": None,
        "received_on": order.ordered_on,
        "received_basis": f"{order.authority.strip()}责令重新答复"[:200],
        "law_day": order.ordered_on,
    }
    made = derive(kept, fields, now)
    refresh(made)
    data: dict[str, object] = {"origin": kept.number, "ordered_on": order.ordered_on}
    write_down(
        "request.reopened", request=made, by=by, change=Change(to_state=made.state, data=data)
    )
    return made
