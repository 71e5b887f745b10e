"""A request comes in: its row, applicant, files, numbers, secret, and its day of receipt."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongkai.disclosure import policies, uploads
from gongkai.disclosure.actions.papers import take_file
from gongkai.disclosure.actions.secrets import (
    digest_of,
    new_receipt_number,
    new_secret,
    open_with_secret,
    sending_index,
    told_again,
)
from gongkai.disclosure.casework import (
    index_applicant,
    law_of,
    locked,
    refresh,
    refuse_future,
    write_down,
)
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import Applicant, DisclosureRequest, RequestState
from gongkai.disclosure.values import Application, Filed
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.applications import ApplicantKind, check_application
from gongkai.law.guide import Gap
from gongkai.law.receipt import Arrival, Channel, receipt, require_open
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records.numbering import Grammar, allot

__all__ = [
    "applicant_confirms",
    "confirm",
    "file_request",
    "give_number",
    "keep_applicant",
    "new_receipt_number",
    "number_grammar",
    "office_confirms",
    "open_with_secret",
]
BASIS = "《条例》第二十九条至第三十一条"
DEFAULT_NUMBER = "依申请〔{year}〕{serial}号"
BY_APPLICANT = (Channel.WEB, Channel.EMAIL)


def file_request(
    *, body: Body, application: Application, arrival: Arrival, by: Person | None, now: datetime
) -> Filed:
    """Take a request in. Anybody may file; entering one for somebody is the staff's (`by`).

    Nothing is refused for being incomplete: what is missing comes back as `gaps`, the points of
    the one supplement notice (Art. 30). Refuses a day to come and a channel not announced. The
    same form sent again (`Application.once`), even at the same moment, gives the same request.
    """
    if by is not None:
        policies.may_register(by, body, civil_day(now)).require(BASIS)
    index = sending_index(body, application, arrival)
    before = _sent_before(index, application, now)
    if before is not None:
        return before
    try:
        return _file(body, application, arrival, (index, by, now))
    except (IntegrityError, Refusal):
        # The other half of a double click was quicker.
        before = _sent_before(index, application, now)
        if before is None:
            raise
        return before


def _sent_before(index: str | None, application: Application, now: datetime) -> Filed | None:
    """The request this very form made when it was sent before."""
    if index is None:
        return None
    rows = DisclosureRequest.objects.select_related("body", "applicant")
    found = rows.filter(sending_index=index).first()
    if found is None:
        return None
    return Filed(found, told_again(found, now), _gaps(found, application), again=True)


@transaction.atomic
def _file(
    body: Body,
    application: Application,
    arrival: Arrival,
    sent: tuple[str | None, Person | None, datetime],
) -> Filed:
    index, by, now = sent
    _check(body, application, arrival, civil_day(now))
    law = in_force(arrival.arrived_on, region=body.region)
    receipt(arrival, law=law)
    secret = new_secret(index)
    request = _row(body, application, arrival, by, now)
    request.sending_index, request.secret_digest = index, digest_of(secret)
    _fix_receipt(request, arrival)
    request.state = _first_state(request, by)
    save_checked(request, code="request.not_valid")
    give_number(request, now)
    keep_applicant(request, asdict(application.applicant))
    for upload in application.files:
        take_file(request, upload, by=by, now=now)
    refresh(request)
    write_down(
        "request.filed",
        request=request,
        by=by,
        change=Change(
            to_state=request.state,
            basis=request.received_basis,
            data={
                "channel": arrival.channel.label,
                "number": request.number,
                "received_on": request.received_on,
                "imported": bool(application.imported_from),
            },
        ),
        applicant_acts=arrival.channel in BY_APPLICANT,
    )
    return Filed(request, secret, _gaps(request, application))


def _check(body: Body, application: Application, arrival: Arrival, today: date) -> None:
    refuse_future(arrival.arrived_on, today, "arrived_on")
    if arrival.confirmed_on is not None:
        refuse_future(arrival.confirmed_on, today, "confirmed_on")
    if application.applicant.kind not in {kind.value for kind in ApplicantKind}:
        sentence = "请选择申请人类型：自然人，或者五类单位中的一类。"
        raise Refusal("request.applicant_kind", sentence, BASIS, {"kind": sentence})
    if len(application.files) > uploads.MOST_FILES:
        sentence = f"一次最多上传{uploads.MOST_FILES}个文件，请合并后再上传。"
        raise Refusal("upload.too_many", sentence, fields={"files": sentence})
    announced = body.profile.get("request_channels") if isinstance(body.profile, dict) else None
    if isinstance(announced, list):
        known = {c.value: c for c in Channel}
        require_open(arrival.channel, [known[c] for c in announced if c in known])


def _row(
    body: Body, application: Application, arrival: Arrival, by: Person | None, now: datetime
) -> DisclosureRequest:
    fields = {name: _clean(value) for name, value in asdict(application.asked).items()}
    return DisclosureRequest(
        body=body,
        receipt_number=new_receipt_number(arrival.arrived_on),
        channel=arrival.channel.value,
        arrived_on=arrival.arrived_on,
        arrived_at=now if by is None and not application.imported_from else None,
        confirmed_on=arrival.confirmed_on,
        taken_down_by=by if application.taken_down else None,
        imported_from=application.imported_from,
        created_at=now,
        **fields,
    )


def _clean(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _fix_receipt(request: DisclosureRequest, arrival: Arrival) -> None:
    fixed = receipt(arrival, law=law_of(request))
    request.received_on, request.received_basis = fixed.on, fixed.basis


def _first_state(request: DisclosureRequest, by: Person | None) -> str:
    if request.received_on is None:
        return RequestState.AWAITING_CONFIRMATION
    return RequestState.RECEIVED if by is None else RequestState.ACCEPTED


def _gaps(request: DisclosureRequest, application: Application) -> tuple[Gap, ...]:
    who, what = application.applicant, application.asked
    proof = any(file.part == "identity" for file in application.files)
    given = {
        "name": who.name,
        "identity": who.identity_number or ("有" if proof else ""),
        "contact": who.phone or who.email or who.address,
        "description": what.subject or what.document_number or what.description,
        "form_wanted": what.provided_as or what.provided_by,
        "assistance": who.assistance,
        "purpose": what.purpose,
    }
    return check_application(given, law=law_of(request), own_records=what.own_records)


def give_number(request: DisclosureRequest, now: datetime) -> None:
    """The register number of a request just inserted; one series per body and year."""
    request.number = allot(
        number_grammar(request.body),
        body=request.body,
        kind="request",
        year=request.arrived_on.year,
        subject=("request", request.pk),
        now=now,
    )
    request.save(update_fields=["number"])


def number_grammar(body: Body) -> Grammar:
    """How the body writes its register numbers (profile `request_number`)."""
    profile = body.profile if isinstance(body.profile, dict) else {}
    return Grammar(str(profile.get("request_number") or DEFAULT_NUMBER), restarts_yearly=True)


def keep_applicant(request: DisclosureRequest, fields: dict[str, str]) -> Applicant:
    """The applicant's row with its blind indexes."""
    clean = {name: value.strip() for name, value in fields.items()}
    applicant = Applicant(request=request, **clean)
    index_applicant(applicant)
    save_checked(applicant, code="request.applicant_not_valid")
    return applicant


@transaction.atomic
def confirm(
    *, request: DisclosureRequest, on: date, by: Person | None, now: datetime
) -> DisclosureRequest:
    """Register that both sides have confirmed on a day (by phone, on the counter, by letter)."""
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(BASIS)
    return _confirmed(kept, on, by, now)


@transaction.atomic
def office_confirms(
    *, request: DisclosureRequest, by: Person | None, now: datetime
) -> DisclosureRequest:
    """The office's half of the confirmation, today."""
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(BASIS)
    return _half(kept, "office_confirmed_on", by, now)


@transaction.atomic
def applicant_confirms(*, request: DisclosureRequest, now: datetime) -> DisclosureRequest:
    """The applicant's half of the confirmation, today, given on his own page."""
    return _half(locked(request), "applicant_confirmed_on", None, now)


def _half(
    request: DisclosureRequest, field: str, by: Person | None, now: datetime
) -> DisclosureRequest:
    REQUEST_FLOW.step(request.state, "confirm")
    if getattr(request, field) is None:
        setattr(request, field, civil_day(now))
        request.save(update_fields=[field])
        applicant = field == "applicant_confirmed_on"
        half = "申请人确认" if applicant else "机关确认"
        write_down(
            "request.confirmation_noted",
            request=request,
            by=by,
            change=Change(basis=BASIS, data={"half": half}),
            applicant_acts=applicant,
        )
    halves = (request.applicant_confirmed_on, request.office_confirmed_on)
    if halves[0] is None or halves[1] is None:
        return request
    return _confirmed(request, max(halves[0], halves[1]), by, now)


def _confirmed(
    request: DisclosureRequest, on: date, by: Person | None, now: datetime
) -> DisclosureRequest:
    REQUEST_FLOW.step(request.state, "confirm")
    refuse_future(on, civil_day(now))
    before = request.state
    if request.received_on is None:
        request.confirmed_on = on
        arrival = Arrival(Channel(request.channel), request.arrived_on, on)
        _fix_receipt(request, arrival)
    request.state = RequestState.ACCEPTED
    request.save(update_fields=["confirmed_on", "received_on", "received_basis", "state"])
    refresh(request)
    write_down(
        "request.confirmed",
        request=request,
        by=by,
        change=Change(
            from_state=before,
            to_state=request.state,
            basis=request.received_basis,
            data={"received_on": request.received_on, "due_on": request.due_on},
        ),
        applicant_acts=True,
    )
    return request
