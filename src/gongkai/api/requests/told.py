"""Rows of requests as plain values: what a list shows, and the small things below a case."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.api.requests.call import Caller
from gongkai.disclosure import letter_policies, policies
from gongkai.disclosure.casework import OPEN_STATES
from gongkai.disclosure.letter_flow import LETTER_FLOW
from gongkai.disclosure.models import (
    Consultation,
    DisclosureRequest,
    Fee,
    Letter,
    RemedyCase,
    SealedFile,
)
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Answer, Refusal
from gongkai.law.letters import LETTERS
from gongkai.law.receipt import Channel
from gongkai.law.replies import BY_KEY
from gongkai.law.service import Way
from gongkai.orgs.models import Person, Section

Plain = dict[str, object]


def day(value: date | None) -> str | None:
    """An ISO day."""
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    """An ISO moment with its zone."""
    return value.isoformat() if value else None


def version_of(request: DisclosureRequest) -> str:
    """Changes with everything written down about the case, and with its due date.

    The due date moves without a line of the case's own when a holiday notice is loaded.
    """
    lines = Entry.objects.filter(subject_kind="request", subject_id=request.pk)
    last = lines.order_by("-seq").values_list("seq", flat=True).first() or 0
    return f"{last}-{request.due_on.toordinal() if request.due_on else 0}"


def section(row: Section | None) -> Plain | None:
    """A section by code and name."""
    return {"code": row.code, "name": row.name} if row else None


def person(row: Person | None) -> Plain | None:
    """A member of staff by sign-in name and name."""
    return {"username": row.username, "name": row.name} if row else None


def summary(row: DisclosureRequest, today: date) -> Plain:
    """A line of the register, with nothing of the applicant but the words of the request."""
    is_open = row.state in OPEN_STATES and row.due_on is not None
    return {
        "uuid": str(row.uuid),
        "number": row.number,
        "receipt_number": row.receipt_number,
        "body": row.body.code,
        "state": row.state,
        "state_label": row.get_state_display(),
        "channel": row.channel,
        "channel_label": _label(Channel, row.channel),
        "subject": row.subject,
        "arrived_on": day(row.arrived_on),
        "received_on": day(row.received_on),
        "due_on": day(row.due_on),
        "due_provisional": row.due_provisional,
        "days_left": (row.due_on - today).days if is_open and row.due_on else None,
        "section": section(row.section),
        "case_officer": person(row.case_officer),
        "outcome": row.outcome,
        "outcome_label": BY_KEY[row.outcome].label if row.outcome in BY_KEY else "",
        "replied_on": day(row.replied_on),
        "in_time": row.in_time,
    }


def _label(kinds: type[Channel] | type[Way], key: str) -> str:
    return kinds(key).label if key in [kind.value for kind in kinds] else key


def file(row: SealedFile, handles: bool) -> Plain:
    """A file of the case; what the applicant handed in is named only to those who handle it."""
    opens = bool(row.purged_at is None and (handles or row.part in policies.FOR_ALL_READERS))
    return {
        "uuid": str(row.uuid),
        "part": row.part,
        "part_label": row.get_part_display(),
        "name": row.name if opens else "",
        "media_type": row.media_type,
        "bytes": row.size,
        "kept_at": moment(row.kept_at),
        "opens": opens,
    }


def letter(row: Letter) -> Plain:
    """A letter without its words."""
    return {
        "uuid": str(row.uuid),
        "kind": row.kind,
        "label": LETTERS[row.kind].label if row.kind in LETTERS else row.kind,
        "number": row.number,
        "state": row.state,
        "state_label": row.get_state_display(),
        "outcome": row.outcome,
        "due_on": day(row.due_on),
        "drafted_by": person(row.drafted_by),
        "drafted_at": moment(row.drafted_at),
        "approved_by": person(row.approved_by),
        "approved_at": moment(row.approved_at),
        "sendings": [
            {
                "way": sent.way,
                "way_label": _label(Way, sent.way),
                "posted_on": day(sent.posted_on),
                "signed_on": day(sent.signed_on),
                "served_on": day(sent.served_on),
                "tracking": sent.tracking,
            }
            for sent in row.sendings.all()
        ],
    }


# Deed on a letter → its step in the flow; approving and returning have policies of their own.
_STEPS = {
    "letter_edit": "edit",
    "letter_attach": "edit",
    "letter_submit": "submit",
    "letter_approve": "approve",
    "letter_return": "send_back",
    "letter_serve": "serve",
    "letter_void": "void",
}


def letter_deeds(row: Letter, caller: Caller) -> list[Plain]:
    """Each deed on a letter, and why it cannot be done now ("" when it can)."""
    return [{"key": key, "why_not": _why_not(row, key, caller)} for key in _STEPS]


def _why_not(row: Letter, key: str, caller: Caller) -> str:
    held = _held(row, key, caller)
    if not held:
        return held.reason
    step = "serve_again" if key == "letter_serve" and row.state == "served" else _STEPS[key]
    try:
        LETTER_FLOW.step(row.state, step)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _held(row: Letter, key: str, caller: Caller) -> Answer:
    if key == "letter_approve":
        return letter_policies.may_approve(caller.person, row, caller.today)
    if key == "letter_return":
        return policies.may_approve(caller.person, row, caller.today)
    return policies.may_handle(caller.person, row.request, caller.today)


def consultation(row: Consultation) -> Plain:
    """Whom was asked about what, and what came back."""
    return {
        "id": row.pk,
        "ref": row.ref,
        "kind": row.kind,
        "party": row.party,
        "information": row.information,
        "asked_on": day(row.asked_on),
        "delivered_on": day(row.delivered_on),
        "opinion": row.opinion,
        "opinion_on": day(row.opinion_on),
        "opinion_reason": row.opinion_reason,
        "sound": row.reason_is_sound,
        "override_notice_on": day(row.override_notice_on),
    }


def fee(row: Fee | None) -> Plain | None:
    """The processing fee, where one was priced."""
    if row is None:
        return None
    return {
        "way": row.way,
        "units": row.units,
        "pages": row.pages,
        "amount_yuan": row.amount_yuan,
        "tariff": row.tariff,
        "noticed_on": day(row.noticed_on),
        "due_on": day(row.due_on),
        "paid_on": day(row.paid_on),
        "receipt_number": row.receipt_number,
    }


def remedy(row: RemedyCase) -> Plain:
    """A reconsideration or a lawsuit."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "authority": row.authority,
        "case_number": row.case_number,
        "filed_on": day(row.filed_on),
        "outcome": row.outcome,
        "outcome_label": row.get_outcome_display(),
        "ended_on": day(row.ended_on),
    }
