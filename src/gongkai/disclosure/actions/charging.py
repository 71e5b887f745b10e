"""The processing fee: priced by the law, noticed by letter, paid or not (国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.writing import draft_letter
from gongkai.disclosure.casework import (
    add_step,
    foresee,
    law_of,
    locked,
    refresh,
    refuse_future,
    write_down,
)
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import DisclosureRequest, Fee, Step
from gongkai.disclosure.queries import same_applicant
from gongkai.disclosure.values import Charge, LetterDraft
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import ClockEvent, Kind
from gongkai.law.fees import Quote, Usage, Way, earlier_in_month, quote
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

BASIS = "国办函〔2020〕109号"


def quote_for(request: DisclosureRequest, charge: Charge) -> Quote:
    """The price by both ways, counting the applicant's earlier units of the same month."""
    if request.received_on is None:
        raise Refusal("request.not_confirmed", "收到之日确定以后才能计费。", BASIS)
    earlier = earlier_in_month(_earlier(request, request.received_on), request.received_on)
    usage = Usage(earlier, charge.units, charge.pages or None)
    # Priced by the law of the case, which a decision may have set to another day (`set_law`).
    return quote(usage, on=request.law_day or request.received_on)


def _earlier(request: DisclosureRequest, on: date) -> list[tuple[date, int]]:
    """(day, units) of the same applicant's requests before this one, in its month."""
    rows = same_applicant(request).filter(
        received_on__year=on.year, received_on__month=on.month, received_on__lte=on
    )
    return [
        (row.received_on, row.fee.units if hasattr(row, "fee") else 1)
        for row in rows.select_related("fee")
        if row.received_on is not None and (row.received_on < on or row.pk < request.pk)
    ]


@transaction.atomic
def charge(*, request: DisclosureRequest, charge: Charge, by: Person | None, now: datetime) -> Fee:
    """Price the request by one way and draft the notice; the clock stops once it is served.

    Refused when nothing is to be paid, when a fee was priced before, and where the law of the
    day of receipt has no fee.
    """
    kept, today = locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "charge")
    if hasattr(kept, "fee"):
        raise Refusal("fee.charged_already", "这件申请已经核定过信息处理费，不能重复收取。", BASIS)
    foresee(kept, ClockEvent(Kind.FEE_NOTICED, today))
    if charge.way not in {way.value for way in Way}:
        sentence = "请选择按件计收，还是按量计收。"
        raise Refusal("fee.no_way", sentence, BASIS, {"way": sentence})
    priced = quote_for(kept, charge)
    amount = priced.amount(Way(charge.way))
    if amount == 0:
        raise Refusal("fee.nothing", "按标准不收费，不必发收费通知，请直接办理。", BASIS)
    fee = Fee(
        request=kept,
        way=charge.way,
        units=charge.units,
        pages=charge.pages or 0,
        amount_yuan=amount,
        tariff=priced.tariff.key,
    )
    save_checked(fee, code="fee.not_valid")
    kept.fee = fee
    _note("request.charged", kept, by, {"amount": amount, "way": charge.way})
    draft_letter(request=kept, draft=LetterDraft("fee", {}), by=by, now=now)
    return fee


@transaction.atomic
def record_delivery(*, fee: Fee, on: date, by: Person | None, now: datetime) -> Fee:
    """The day the applicant got a posted notice: the twenty working days to pay run from there."""
    kept = locked(fee.request)
    policies.may_handle(by, kept, civil_day(now)).require(BASIS)
    refuse_future(on, civil_day(now))
    step = Step.objects.filter(request=kept, kind=Kind.FEE_NOTICED.value).first()
    if step is None or step.delivered_on is not None or on < step.on:
        sentence = "请核对送达日期：通知发出以后才能登记，不能早于发出日期，也不能登记第二次。"
        raise Refusal("fee.delivery", sentence, BASIS, {"on": sentence})
    step.delivered_on = on
    step.save(update_fields=["delivered_on"])
    clock = refresh(kept)
    row = Fee.objects.select_for_update(no_key=True).get(pk=fee.pk)
    row.noticed_on = on
    row.due_on = clock.fee_due().on if clock and clock.fee_noticed else row.due_on
    save_checked(row, code="fee.not_valid", only=("noticed_on", "due_on"))
    _note("request.fee_noticed", kept, by, {"on": on, "due_on": row.due_on})
    return row


@transaction.atomic
def pay(
    *,
    fee: Fee,
    on: date,
    receipt_number: str = "",
    reason: str = "",
    by: Person | None,
    now: datetime,
) -> Fee:
    """Register the payment; the whole term runs anew. Past the last day a `reason` is needed."""
    kept = locked(fee.request)
    policies.may_handle(by, kept, civil_day(now)).require(BASIS)
    REQUEST_FLOW.step(kept.state, "pay")
    row = Fee.objects.select_for_update(no_key=True).get(pk=fee.pk)
    before = kept.state
    add_step(kept, ClockEvent(Kind.FEE_PAID, on, reason=reason.strip()), by=by, now=now)
    row.paid_on, row.receipt_number = on, receipt_number.strip()
    save_checked(row, code="fee.not_valid", only=("paid_on", "receipt_number"))
    data: dict[str, object] = {"on": on, "due_on": kept.due_on}
    _note("request.fee_paid", kept, by, data, (before, kept.state))
    return row


def fee_law(request: DisclosureRequest) -> bool:
    """Whether the law of the case knows the processing fee at all."""
    return law_of(request).has("fee_payment")


def _note(
    event: str,
    request: DisclosureRequest,
    by: Person | None,
    data: dict[str, object],
    states: tuple[str, str] = ("", ""),
) -> None:
    write_down(event, request=request, by=by, change=Change(*states, BASIS, data=data))
