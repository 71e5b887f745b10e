"""One case as plain values: facts, the clock's line, what may be done now and why not."""

from __future__ import annotations

from gongkai.api.requests import told
from gongkai.api.requests.call import Caller, Made
from gongkai.api.requests.table import OPERATIONS
from gongkai.api.requests.told import Plain, day, moment
from gongkai.disclosure import casework, letter_documents, policies
from gongkai.disclosure.clock_line import line_of
from gongkai.disclosure.models import (
    Applicant,
    DisclosureRequest,
    Letter,
    PublicAnswer,
    SealedFile,
)
from gongkai.kit.refusal import Refusal
from gongkai.law.clock import Clock

_OWN = ("phone", "email", "address", "postcode", "representative", "contact", "agent")


def whole(case: DisclosureRequest, caller: Caller) -> Plain:
    """Everything the desk's page of the case shows this person."""
    clock, unread = _clock(case)
    handles = bool(policies.may_see_identity(caller.person, case, caller.today))
    return {
        **told.summary(case, caller.today),
        "version": told.version_of(case),
        **_facts(case),
        "applicant": _applicant(case.applicant, handles),
        "clock": _told_clock(case, clock, caller) if clock else None,
        "clock_unread": unread,
        "deeds": _deeds(case, clock, caller),
        **_papers(case, handles),
        **_course(case),
    }


def _facts(case: DisclosureRequest) -> Plain:
    return {
        "document_number": case.document_number,
        "description": case.description,
        "supplement": case.supplement,
        "provided_as": case.provided_as,
        "provided_by": case.provided_by,
        "own_records": case.own_records,
        "wants_publication": case.wants_publication,
        "is_rectification": case.is_rectification,
        "received_basis": case.received_basis,
        "due_basis": case.due_basis,
        "applicant_confirmed_on": day(case.applicant_confirmed_on),
        "office_confirmed_on": day(case.office_confirmed_on),
        "confirmed_on": day(case.confirmed_on),
        "law_day": day(case.law_day),
        "law_reason": case.law_reason,
        "closed_at": moment(case.closed_at),
        "archived_at": moment(case.archived_at),
        "purge_on": day(case.purge_on),
        "purged_at": moment(case.purged_at),
    }


def _applicant(row: Applicant, handles: bool) -> Plain:
    """Kind and name for all who read the case; the rest only for those who handle it.

    The identity number shows its ends, as on the desk: enough to compare with a document.
    """
    own: Plain = {name: getattr(row, name) if handles else None for name in _OWN}
    number = row.identity_number.strip() if handles else ""
    hidden = len(number) - 7
    return {
        "kind": row.kind,
        "name": row.name,
        **own,
        "identity_kind": row.identity_kind if handles else None,
        "identity_number": (
            number[:3] + "*" * hidden + number[-4:] if hidden > 0 else "*" * len(number)
        )
        if handles
        else None,
        "assistance": row.assistance if handles else None,
    }


def _clock(case: DisclosureRequest) -> tuple[Clock | None, str]:
    """The clock; where the calendar cannot tell, the sentence that says so."""
    try:
        return casework.clock_of(case), ""
    except Refusal as refusal:
        return None, refusal.sentence


def _told_clock(case: DisclosureRequest, clock: Clock, caller: Caller) -> Plain:
    line = line_of(case, clock, caller.today)
    return {
        "state": clock.state.value,
        "label": clock.state.label,
        "started": clock.started_on.isoformat(),
        "due": clock.due.as_dict() if clock.due else None,
        "assumed": clock.assumed,
        "on_time": clock.on_time(),
        "duties": duties(clock),
        "warnings": list(clock.warnings),
        "line": [
            {"on": turn.on.isoformat(), "label": turn.label, "effect": turn.effect,
             "basis": turn.basis}
            for turn in line.turns
        ],
    }  # fmt: skip


def duties(clock: Clock | None) -> list[Plain]:
    """Who has to do what by when."""
    return [
        {
            "kind": duty.kind,
            "label": duty.label,
            "actor": duty.actor,
            "on": duty.on.isoformat(),
            "basis": duty.basis,
            "provisional": duty.due is not None and duty.due.provisional,
            "if_missed": duty.if_missed,
        }
        for duty in (clock.duties() if clock else ())
    ]


def _deeds(case: DisclosureRequest, clock: Clock | None, caller: Caller) -> list[Plain]:
    """Every deed on the case itself: possible now, or why not."""
    found: list[Plain] = []
    asked = [(each, each.deed) for each in OPERATIONS.values() if each.deed]
    policies_asked = {deed.allowed for _each, deed in asked}
    held = {may: may(caller.person, case, caller.today) for may in policies_asked}
    for operation, deed in asked:
        why = deed.why_not(held[deed.allowed], case, clock)
        found.append(
            {
                "key": operation.key,
                "label": operation.label,
                "path": f"/requests/{case.uuid}/{operation.path}",
                "possible": not why,
                "why_not": why,
                "basis": deed.basis,
            }
        )
    return found


def _papers(case: DisclosureRequest, handles: bool) -> Plain:
    letters = case.letters.select_related("drafted_by", "approved_by").prefetch_related("sendings")
    return {
        "letters": [told.letter(row) for row in letters],
        "files": [told.file(row, handles) for row in case.files.all()],
        "consultations": [told.consultation(row) for row in case.consultations.all()],
        "fee": told.fee(getattr(case, "fee", None)),
        "remedies": [told.remedy(row) for row in case.remedies.all()],
    }


def _course(case: DisclosureRequest) -> Plain:
    searches = case.searches.select_related("by")
    assigned = case.assignments.select_related("section", "case_officer", "other_body")
    return {
        "searches": [
            {"on": day(row.on), "by": told.person(row.by), "place": row.place,
             "terms": row.terms, "found": row.found}
            for row in searches
        ],
        "assignments": [
            {"at": moment(row.at), "section": told.section(row.section),
             "case_officer": told.person(row.case_officer),
             "other_body": row.other_body.code if row.other_body else "", "note": row.note}
            for row in assigned
        ],
        "related": _related(case),
        "public_answer": _shown(getattr(case, "public_answer", None)),
    }  # fmt: skip


def _shown(answer: PublicAnswer | None) -> Plain | None:
    if answer is None or answer.withdrawn_at is not None:
        return None
    return {"uuid": str(answer.uuid), "asked": answer.asked, "answered": answer.answered}


def _related(case: DisclosureRequest) -> list[Plain]:
    above = {
        "split_from": case.split_from,
        "joined_into": case.joined_into,
        "reopened_from": case.reopened_from,
        "earlier_reply": case.earlier_reply,
    }
    found = [(how, row) for how, row in above.items() if row is not None]
    found += [("part", row) for row in case.parts.all()]
    found += [("reopening", row) for row in case.reopenings.all()]
    return [{"how": how, "uuid": str(row.uuid), "number": row.number} for how, row in found]


def letter(row: Letter, caller: Caller) -> Plain:
    """A letter with its words, its parts and what can be done with it."""
    parts = casework.parts_of(row)
    handles = bool(policies.may_handle(caller.person, row.request, caller.today))
    return {
        **told.letter(row),
        "ref": row.ref,
        "ground": row.ground,
        "addressee": row.addressee,
        "note": row.note,
        "parts": parts,
        "text": letter_documents.letter_text(row) if parts else "",
        "attachments": [told.file(file, handles) for file in row.attachments.order_by("id")],
        "deeds": told.letter_deeds(row, caller),
    }


def done(made: Made, caller: Caller) -> Plain:
    """The answer to a deed: the case as it stands now, and what was made."""
    case = DisclosureRequest.objects.select_related("body", "section", "case_officer").get(
        pk=made.request.pk
    )
    return {
        "request": told.summary(case, caller.today),
        "version": told.version_of(case),
        "letter": told.letter(made.letter) if made.letter else None,
        "file": _file(made.file),
        "consultation": told.consultation(made.consultation) if made.consultation else None,
        "remedy": told.remedy(made.remedy) if made.remedy else None,
        "requests": [told.summary(row, caller.today) for row in made.requests],
        "record": str(made.record.uuid) if made.record else None,
        "public_answer": str(made.answer.uuid) if made.answer else None,
        "secret": made.secret,
        "gaps": [
            {"key": gap.key, "sentence": gap.sentence, "basis": gap.basis} for gap in made.gaps
        ],
    }


def _file(row: SealedFile | None) -> Plain | None:
    return told.file(row, handles=True) if row else None
