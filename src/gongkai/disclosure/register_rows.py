"""A request as a row of the register: what is exported, and what a repeated row is compared to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.disclosure.models import DisclosureRequest, Step
from gongkai.disclosure.register_columns import COLUMNS
from gongkai.law.clock import Kind
from gongkai.orgs.models import Body

PUBLIC_KEYS = tuple(column.key for column in COLUMNS if not column.personal)
ALL_KEYS = tuple(column.key for column in COLUMNS)
_STEPS = {
    Kind.SUPPLEMENT_ASKED: "supplement_asked_on",
    Kind.SUPPLEMENTED: "supplemented_on",
    Kind.THIRD_PARTY_ASKED: "third_party_asked_on",
    Kind.OPINION_RECEIVED: "third_party_opinion_on",
    Kind.EXTENDED: "extended_on",
    Kind.FEE_NOTICED: "fee_noticed_on",
    Kind.FEE_PAID: "fee_paid_on",
}


def register_of(body: Body, year: int | None = None) -> QuerySet[DisclosureRequest]:
    """Every request of the body (received in a year), oldest first; joined ones count once."""
    rows = DisclosureRequest.objects.filter(body=body, joined_into__isnull=True)
    if year is not None:
        waiting = Q(received_on__isnull=True, arrived_on__year=year)
        rows = rows.filter(Q(received_on__year=year) | waiting)
    rows = rows.select_related("applicant", "fee", "earlier_reply")
    return rows.prefetch_related("steps", "remedies", "consultations", "letters").order_by("id")


def row_of(request: DisclosureRequest) -> dict[str, str]:
    """Every column, personal ones too, as texts; "" where nothing is known."""
    row = dict.fromkeys(ALL_KEYS, "")
    for key in ("number", "channel", "outcome", "subject", "document_number", "description"):
        row[key] = getattr(request, key)
    for key in ("received_on", "arrived_on", "replied_on"):
        row[key] = _day(getattr(request, key))
    who = request.applicant
    row |= {"applicant_kind": who.kind, "name": who.name}
    row |= {"phone": who.phone, "address": who.address}
    row["earlier_reply"] = request.earlier_reply.number if request.earlier_reply else ""
    row["ground"] = _ground(request) if request.outcome else ""
    return row | dict(_of_steps(request)) | dict(_of_fee(request)) | dict(_of_remedies(request))


def _ground(request: DisclosureRequest) -> str:
    """Of the letter that was served, or as an older register had it (in the last step)."""
    served = [each.ground for each in request.letters.all() if each.state == "served"]
    told = [step.ref for step in request.steps.all() if step.kind == Kind.REPLIED]
    return next((ground for ground in (*served, *told) if ground), "")


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _of_steps(request: DisclosureRequest) -> Iterator[tuple[str, str]]:
    """The first step of each kind: the register holds one consultation."""
    first: dict[str, Step] = {}
    for step in request.steps.all():
        first.setdefault(step.kind, step)
    parties = {row.ref: row for row in request.consultations.all() if row.kind == "third_party"}
    for kind, key in _STEPS.items():
        if kind not in first:
            continue
        step = first[kind]
        if kind is Kind.OPINION_RECEIVED and step.ref not in parties:
            continue
        yield key, _day(step.on)
        if kind is Kind.SUPPLEMENT_ASKED:
            yield "supplement_due_on", _day(step.due_on)
        if kind is Kind.EXTENDED:
            yield "extended_days", str(step.days)
        if kind is Kind.OPINION_RECEIVED:
            yield "third_party_opinion", parties[step.ref].opinion


def _of_fee(request: DisclosureRequest) -> Iterator[tuple[str, str]]:
    fee = getattr(request, "fee", None)
    if fee is not None:
        yield from (("fee_way", fee.way), ("fee_yuan", str(fee.amount_yuan)))
        yield from (("fee_noticed_on", _day(fee.noticed_on)), ("fee_paid_on", _day(fee.paid_on)))


def _of_remedies(request: DisclosureRequest) -> Iterator[tuple[str, str]]:
    # Newest first in the model: the oldest of a kind is written last and stays.
    for case in request.remedies.all():
        yield f"{case.kind}_filed_on", _day(case.filed_on)
        yield f"{case.kind}_authority", case.authority
        yield f"{case.kind}_outcome", case.outcome
        yield f"{case.kind}_ended_on", _day(case.ended_on)
