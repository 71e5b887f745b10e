"""Third parties and joint makers are asked; their silence and their reasons weigh differently."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import policies
from gongkai.disclosure.actions.writing import draft_letter
from gongkai.disclosure.casework import (
    add_step,
    clock_of,
    foresee,
    locked,
    refresh,
    refuse_future,
    write_down,
)
from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.disclosure.models import Consultation, DisclosureRequest, Letter, Step
from gongkai.disclosure.values import LetterDraft, Party, PartyOpinion
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import ClockEvent, Kind
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person

BASIS = "《条例》第三十二条、第三十四条"
ASKED = {"third_party": Kind.THIRD_PARTY_ASKED, "joint_body": Kind.JOINT_BODY_ASKED}
OPINIONS = {"agrees": "同意公开", "disagrees": "不同意公开", "silent": "逾期未答"}


@transaction.atomic
def consult(
    *, request: DisclosureRequest, party: Party, by: Person | None, now: datetime
) -> Consultation:
    """Keep whom to ask and draft the letter; the days stop counting once it is served."""
    kept, today = locked(request), civil_day(now)
    policies.may_handle(by, kept, today).require(BASIS)
    REQUEST_FLOW.step(kept.state, "consult")
    _require_party(party)
    ref = f"征询{kept.consultations.count() + 1}"
    foresee(kept, ClockEvent(ASKED[party.kind], today, ref=ref))
    row = Consultation(
        request=kept,
        ref=ref,
        kind=party.kind,
        party=party.name.strip(),
        address=party.address.strip(),
        information=party.information.strip(),
        reason=party.reason.strip(),
    )
    save_checked(row, code="consult.not_valid")
    _note("request.consultation_opened", row, by, {"kind": party.kind})
    draft_letter(request=kept, draft=LetterDraft(party.kind, {}, ref=ref), by=by, now=now)
    return row


def _require_party(party: Party) -> None:
    fields = {}
    if party.kind not in ASKED:
        fields["kind"] = "请选择征求第三方意见，还是征求共同制作机关意见。"
    if not party.name.strip():
        fields["name"] = "请填写被征求意见方的名称。"
    if not party.information.strip():
        fields["information"] = "请写明所涉信息，以形成意见所必要的为限。"
    if party.kind == "third_party" and not party.reason.strip():
        fields["reason"] = "请写明为何可能损害其合法权益。"
    if fields:
        raise Refusal("consult.incomplete", "".join(fields.values()), BASIS, fields)


@transaction.atomic
def record_delivery(
    *, consultation: Consultation, on: date, by: Person | None, now: datetime
) -> Consultation:
    """The day the consulted side got the letter: its fifteen working days run from there."""
    kept = locked(consultation.request)
    policies.may_handle(by, kept, civil_day(now)).require(BASIS)
    refuse_future(on, civil_day(now))
    row = _row(consultation)
    step = _step(row)
    if step.delivered_on is not None:
        raise Refusal("consult.delivered_already", "送达日期已经登记过，不能更改。", BASIS)
    if on < step.on:
        sentence = f"送达日期不能早于发出日期{step.on.isoformat()}，请核对。"
        raise Refusal("consult.delivered_too_early", sentence, BASIS, {"on": sentence})
    step.delivered_on = row.delivered_on = on
    step.save(update_fields=["delivered_on"])
    row.save(update_fields=["delivered_on"])
    refresh(kept)
    _note("request.consultation_delivered", row, by, {"on": on, "due_on": kept.due_on})
    return row


def _row(consultation: Consultation) -> Consultation:
    rows = Consultation.objects.select_for_update(of=("self",), no_key=True).select_related(
        "request__body"
    )
    return rows.get(pk=consultation.pk)


def _step(row: Consultation) -> Step:
    step = Step.objects.filter(
        request_id=row.request_id, kind=ASKED[row.kind].value, ref=row.ref
    ).first()
    if step is None:
        raise Refusal("consult.not_sent", "征询书还没有送出，请先登记送达。", BASIS)
    return step


@transaction.atomic
def take_opinion(
    *, consultation: Consultation, opinion: PartyOpinion, by: Person | None, now: datetime
) -> Consultation:
    """Register what came back, or that the term passed in silence.

    Silence of a third party leaves the decision to the body; silence of a joint maker is consent.
    An objection counts only with a sound reason (Art. 32), which somebody has to judge.
    """
    kept = locked(consultation.request)
    policies.may_handle(by, kept, civil_day(now)).require(BASIS)
    row = _row(consultation)
    _step(row)
    REQUEST_FLOW.step(kept.state, "take_opinion")
    if row.opinion:
        raise Refusal("consult.answered_already", "这一方的意见已经登记过，不能更改。", BASIS)
    _require_opinion(kept, row, opinion)
    before = kept.state
    event = ClockEvent(Kind.OPINION_RECEIVED, opinion.on, ref=row.ref)
    add_step(kept, event, by=by, now=now)
    row.opinion, row.opinion_on = opinion.opinion, opinion.on
    row.opinion_reason, row.reason_is_sound = opinion.reason.strip(), opinion.sound
    row.save(update_fields=["opinion", "opinion_on", "opinion_reason", "reason_is_sound"])
    data: dict[str, object] = {"opinion": OPINIONS[opinion.opinion], "on": opinion.on}
    _note("request.opinion_taken", row, by, data, (before, kept.state))
    return row


def _require_opinion(request: DisclosureRequest, row: Consultation, opinion: PartyOpinion) -> None:
    if opinion.opinion not in OPINIONS:
        sentence = "请选择意见：同意公开、不同意公开，或者逾期未答。"
        raise Refusal("consult.no_opinion", sentence, BASIS, {"opinion": sentence})
    if opinion.opinion == "disagrees" and opinion.sound is None:
        sentence = "对方不同意公开的，请判断其理由是否合理；没有合理理由的，由本机关决定。"
        raise Refusal("consult.reason_not_judged", sentence, BASIS, {"sound": sentence})
    clock = clock_of(request)
    asked = clock.consulting.get(row.ref) if clock else None
    end = clock.opinion_due(asked) if clock and asked else None
    if opinion.opinion == "silent" and end is not None and opinion.on <= end.on:
        sentence = f"对方的答复期限到{end.on.isoformat()}为止，期满之后才能登记逾期未答。"
        raise Refusal("consult.still_time", sentence, end.basis, {"on": sentence})


@transaction.atomic
def notify_override(
    *, consultation: Consultation, content: str, reason: str, by: Person | None, now: datetime
) -> Letter:
    """Draft the notice to a third party whose objection yields to the public interest (Art. 32)."""
    kept = locked(consultation.request)
    policies.may_handle(by, kept, civil_day(now)).require(BASIS)
    row = _row(consultation)
    if row.kind != "third_party" or row.opinion != "disagrees":
        raise Refusal(
            "consult.nothing_to_override", "只有第三方不同意公开的，才需要告知公开决定。", BASIS
        )
    parts = {"content": content, "reason": reason}
    draft = LetterDraft("third_party_notice", parts, ref=row.ref)
    return draft_letter(request=kept, draft=draft, by=by, now=now)


def _note(
    event: str,
    row: Consultation,
    by: Person | None,
    data: dict[str, object],
    states: tuple[str, str] = ("", ""),
) -> None:
    change = Change(states[0], states[1], BASIS, data={"ref": row.ref, **data})
    write_down(event, request=row.request, by=by, change=change)
