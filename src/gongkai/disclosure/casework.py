"""What every deed on a request does in the same way: lock, clock, state, one journal line.

The steps are facts; clock, due date and state follow from them and are only repeated in the row,
so that lists need no counting.
"""

from __future__ import annotations

import json
from datetime import date, datetime

from gongkai.disclosure.models import (
    Applicant,
    DisclosureRequest,
    Letter,
    RequestState,
    Step,
)
from gongkai.disclosure.policies import WHOLE_BODY
from gongkai.disclosure.sealing import blind_index
from gongkai.journal.actions import append
from gongkai.journal.values import Actor, Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.clock import Clock, ClockEvent, Kind, State, run
from gongkai.law.model import Law
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Person, Role

CLOCK_FIELDS = ("state", "due_on", "due_provisional", "due_basis")
END_FIELDS = ("outcome", "replied_on", "in_time", "closed_at", "archived_at", "purge_on")
OPEN_STATES = (
    RequestState.RECEIVED,
    RequestState.AWAITING_CONFIRMATION,
    RequestState.ACCEPTED,
    RequestState.AWAITING_SUPPLEMENT,
    RequestState.CONSULTING,
    RequestState.AWAITING_FEE,
)
_OF_CLOCK = {
    State.RUNNING: RequestState.ACCEPTED,
    State.AWAITING_SUPPLEMENT: RequestState.AWAITING_SUPPLEMENT,
    State.CONSULTING: RequestState.CONSULTING,
    State.AWAITING_FEE: RequestState.AWAITING_FEE,
    State.ENDED: RequestState.REPLIED,
}
_FEWEST_DIGITS = 5
_CAPACITIES = (*WHOLE_BODY, Role.SECTION_HEAD, Role.CASE_OFFICER)


def locked(request: DisclosureRequest) -> DisclosureRequest:
    """The row as it stands now, held against everybody else until the transaction ends."""
    rows = DisclosureRequest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("body").get(pk=request.pk)


def law_of(request: DisclosureRequest) -> Law:
    """The law of the day of receipt (before it is fixed, of arrival), unless the case overrides."""
    day = request.law_day or request.received_on or request.arrived_on
    return in_force(day, region=request.body.region)


def events_of(request: DisclosureRequest) -> list[ClockEvent]:
    """The steps as the clock reads them, in order of their days."""
    return [_event(step) for step in Step.objects.filter(request=request).order_by("on", "id")]


def _event(step: Step) -> ClockEvent:
    return ClockEvent(
        Kind(step.kind), step.on, step.days, step.due_on, step.delivered_on, step.ref, step.reason
    )


def clock_of(request: DisclosureRequest) -> Clock | None:
    """The clock of the case, `None` while its day of receipt is not fixed."""
    if request.received_on is None:
        return None
    return run(request.received_on, events_of(request), law=law_of(request), calendar=calendar())


def foresee(request: DisclosureRequest, event: ClockEvent) -> Clock:
    """The clock as it would be with one event more; whatever the law does not allow is refused.

    An event recorded late takes its place among the others by its day.
    """
    if request.received_on is None:
        raise Refusal(
            "request.not_confirmed",
            "这件申请的收到之日还没有确定。请先登记双方确认，再办理这一步。",
            "《条例》第三十一条",
        )
    events = events_of(request)
    place = sum(1 for known in events if known.on <= event.on)
    events.insert(place, event)
    return run(request.received_on, events, law=law_of(request), calendar=calendar())


def add_step(
    request: DisclosureRequest, event: ClockEvent, *, by: Person | None, now: datetime
) -> Clock:
    """Record one event of the clock and bring the row in line. The request must be locked."""
    refuse_future(event.on, civil_day(now))
    clock = foresee(request, event)
    Step.objects.create(
        request=request,
        kind=event.kind.value,
        on=event.on,
        days=event.days,
        due_on=event.due_on,
        delivered_on=event.delivered_on,
        ref=event.ref,
        reason=event.reason,
        by=by,
        recorded_at=now,
    )
    repeat_clock(request, clock)
    return clock


def refuse_future(day: date, today: date, field: str = "on") -> None:
    """What has happened cannot have happened tomorrow."""
    if day > today:
        sentence = f"日期{day.isoformat()}还没有到，请核对后填写。"
        raise Refusal("request.future_day", sentence, fields={field: sentence})


def refresh(request: DisclosureRequest) -> Clock | None:
    """Write due date and state into the row from its steps; the clock they follow from."""
    clock = clock_of(request)
    repeat_clock(request, clock)
    return clock


def repeat_clock(request: DisclosureRequest, clock: Clock | None) -> None:
    """Copy what lists show from a clock into the row and save it, with its end if it has one."""
    due = clock.due if clock else None
    if clock is not None and clock.state is State.ENDED and request.in_time is None:
        request.in_time = clock.on_time()
    request.due_on = due.on if due else None
    request.due_provisional = bool(due and due.provisional)
    request.due_basis = due.basis[:200] if due else ""
    request.state = state_of(request, clock)
    request.save(update_fields=(*CLOCK_FIELDS, *END_FIELDS) if request.outcome else CLOCK_FIELDS)


def state_of(request: DisclosureRequest, clock: Clock | None) -> str:
    """The state that follows from the facts of the row and its clock."""
    if request.archived_at is not None:
        return RequestState.ARCHIVED
    if request.closed_at is not None:
        return RequestState.CLOSED
    if request.outcome:
        return RequestState.REPLIED
    if clock is None:
        return RequestState.AWAITING_CONFIRMATION
    if request.state == RequestState.RECEIVED and clock.state is State.RUNNING:
        return RequestState.RECEIVED
    return _OF_CLOCK[clock.state]


def write_down(
    event: str,
    *,
    request: DisclosureRequest,
    by: Person | None,
    change: Change,
    applicant_acts: bool = False,
) -> None:
    """One line in the journal. Its data are dates, numbers and keys, never words of a case."""
    if applicant_acts and by is None:
        actor = Actor(None, "申请人", "applicant", request.body_id)
    else:
        actor = orgs.actor(by, body=request.body, role=capacity(by, request))
    append(
        event=event,
        actor=actor,
        subject=Subject("request", request.pk, request.uuid),
        change=change,
    )


def capacity(person: Person | None, request: DisclosureRequest) -> str:
    """The role in which the person acts: the widest he was granted in the body."""
    if person is None:
        return "system"
    held = {g.role for g in person.grants.all() if g.body_id == request.body_id}
    return next((role for role in _CAPACITIES if role in held), "")


def index_applicant(applicant: Applicant) -> None:
    """Set the blind indexes (not saved): by identity number, and by name with phone or address."""
    number, name = applicant.identity_number, applicant.name
    reach = applicant.phone or applicant.email or applicant.address
    applicant.identity_index = blind_index("identity", number) if _names_one(number) else ""
    applicant.contact_index = (
        blind_index("contact", name, reach) if name.strip() and reach.strip() else ""
    )


def _names_one(number: str) -> bool:
    """Whether an identity number can tell one person: 无, 未提供, 见附件 are written there too."""
    return sum(c.isdigit() for c in number) >= _FEWEST_DIGITS


def addressee_of(request: DisclosureRequest, ref: str = "") -> str:
    """To whom a letter of the case goes: the applicant, or the party of consultation `ref`."""
    if ref:
        party = request.consultations.filter(ref=ref).first()
        if party is None:
            raise Refusal("letter.no_party", "没有找到这份文书对应的征求意见对象，请重新选择。")
        return party.party
    return request.applicant.name


def parts_of(letter: Letter) -> dict[str, str]:
    """What the letter states, key → text; empty once purged."""
    return dict(json.loads(letter.parts)) if letter.parts else {}
