"""Service 送达: by which way, which day counts, with what evidence; and mailing what was served."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import casework, letter_documents, letter_remedy, policies, store
from gongkai.disclosure.actions import serving
from gongkai.disclosure.actions.writing import held, note_letter, refuse_foreign
from gongkai.disclosure.letter_flow import LETTER_FLOW
from gongkai.disclosure.models import Letter, LetterState, SealedFile, Sending
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.service import Service, Way, served_on
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

__all__ = ["serve"]
BASIS = str(Cite("service_2016_235"))


def serve(
    *,
    letter: Letter,
    service: Service,
    evidence: SealedFile | None = None,
    tracking: str = "",
    by: Person | None,
    now: datetime,
) -> Sending:
    """Register that a letter was served; what the clock makes of it follows at once.

    The day that counts is told by `law.service` (posting day, signing day). By post the mail
    number or the receipt is needed. The paper as sent is kept with the case. A served letter may
    be served again (returned mail); that changes no day.
    """
    # Drawn before anything is locked: an approved letter changes no more.
    letter.refresh_from_db()
    paper = None
    if letter.state == LetterState.APPROVED:
        paper = letter_documents.issued(letter)
    with transaction.atomic():
        kept, today = held(letter), civil_day(now)
        policies.may_handle(by, kept.request, today).require(policies.BASIS)
        first = kept.state != LetterState.SERVED
        step = LETTER_FLOW.step(kept.state, "serve" if first else "serve_again")
        day = _day(kept, service, today)
        _check_evidence(kept, service, evidence, tracking)
        sending = _note(kept, service, day, (evidence, tracking, by, now))
        if first and paper is not None:
            _require_remedy(kept, day)
            kept.paper = store.keep(request=kept.request, upload=paper, by=by, now=now)
            kept.state = step.target
            kept.save(update_fields=["paper", "state"])
        note_letter(
            "letter.served",
            kept,
            by=by,
            states=("approved" if first else "served", kept.state),
            data={"number": kept.number, "on": day, "way": service.way.label},
        )
        if first:
            serving.apply_service(letter=kept, sending=sending, by=by, now=now)
    return sending


def _day(letter: Letter, service: Service, today: date) -> date:
    day = served_on(service)
    for given in (service.posted_on, service.signed_on):
        if given is not None:
            casework.refuse_future(given, today, "served_on")
    approved = civil_day(letter.approved_at) if letter.approved_at else today
    if day < approved:
        sentence = (
            f"送达日期{day.isoformat()}早于文书审批日期{approved.isoformat()}，请核对后填写。"
        )
        raise Refusal("service.before_approval", sentence, BASIS, {"served_on": sentence})
    if service.posted_on and service.signed_on and service.signed_on < service.posted_on:
        sentence = "签收日期早于交邮（发出）日期，请核对。"
        raise Refusal("service.signed_too_early", sentence, BASIS, {"signed_on": sentence})
    return day


def _check_evidence(
    letter: Letter, service: Service, evidence: SealedFile | None, tracking: str
) -> None:
    if evidence is not None:
        row = SealedFile.objects.filter(pk=evidence.pk).first()
        if row is None or row.request_id != letter.request_id:
            sentence = "所选送达凭证不属于这件申请，请选择本件的送达凭证。"
            raise Refusal("service.foreign_evidence", sentence, BASIS, {"evidence": sentence})
    if service.way is Way.POST and evidence is None and not tracking.strip():
        sentence = "邮寄送达须填写邮件号，或者上传交寄凭证。"
        raise Refusal("service.no_evidence", sentence, BASIS, {"tracking": sentence})


def _note(
    letter: Letter,
    service: Service,
    day: date,
    told: tuple[SealedFile | None, str, Person | None, datetime],
) -> Sending:
    evidence, tracking, by, now = told
    sending = Sending(
        letter=letter,
        way=service.way.value,
        posted_on=service.posted_on,
        signed_on=service.signed_on,
        served_on=day,
        tracking=tracking.strip(),
        evidence=evidence,
        by=by,
        recorded_at=now,
    )
    save_checked(sending, code="service.not_valid")
    return sending


def _require_remedy(letter: Letter, day: date) -> None:
    """What the letter tells about remedies must be right on the day it is served."""
    refuse_foreign(letter.request, letter.attachments.all())
    letter_remedy.require_right(
        casework.parts_of(letter).get("remedy", ""),
        letter.kind,
        letter.outcome,
        body=letter.request.body,
        on=day,
    )
