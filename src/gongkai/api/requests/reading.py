"""What can be looked at: the register, a case, its letters and files, figures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from gongkai.api.fields import read_query
from gongkai.api.requests import case as cases
from gongkai.api.requests import told
from gongkai.api.requests.call import Caller
from gongkai.api.requests.door import missing
from gongkai.api.requests.door import told as answer
from gongkai.api.requests.listing import FILE, HISTORY, LIST, due_page, narrowed, page_after
from gongkai.disclosure import casework, letter_documents, policies, queries, reply_evidence, store
from gongkai.disclosure.models import DisclosureRequest, Letter
from gongkai.journal import events
from gongkai.journal import queries as journal
from gongkai.kit.refusal import Refusal
from gongkai.law import replies
from gongkai.law.grounds import grounds

MOST_NUMBER = 10**12


def find(caller: Caller, uuid: UUID) -> DisclosureRequest:
    """The case, where this person may see it; else the same answer as for none."""
    visible = queries.visible_to(caller.person, caller.today)
    rows = visible.select_related("body", "section", "case_officer", "applicant", "fee")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise missing()
    return found


def find_letter(case: DisclosureRequest, uuid: UUID) -> Letter:
    """A letter of this very case."""
    rows = case.letters.select_related("drafted_by", "approved_by", "paper", "request__body")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise missing()
    return found


def listed(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A page of the register, newest first."""
    wanted = read_query(LIST, request.GET.lists())
    rows = narrowed(queries.visible_to(caller.person, caller.today), wanted, caller)
    found, after = page_after(rows, wanted, caller)
    return answer({"requests": [told.summary(row, caller.today) for row in found], "next": after})


def due(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What is to be done by when: the open cases, the nearest due date first."""
    found, after = due_page(caller, request.GET.lists())
    return answer({"requests": [_with_duties(row, caller) for row in found], "next": after})


def _with_duties(row: DisclosureRequest, caller: Caller) -> told.Plain:
    try:
        owed, unread = cases.duties(casework.clock_of(row)), ""
    except Refusal as refusal:
        owed, unread = [], refusal.sentence
    return {**told.summary(row, caller.today), "duties": owed, "clock_unread": unread}


def one(request: HttpRequest, caller: Caller, uuid: UUID) -> HttpResponse:
    """A whole case, with its version as ETag."""
    read_query((), request.GET.lists())
    case = find(caller, uuid)
    response = answer(cases.whole(case, caller))
    response.headers["ETag"] = f'"{told.version_of(case)}"'
    return response


def history(request: HttpRequest, caller: Caller, uuid: UUID) -> HttpResponse:
    """What was done with the case, newest first."""
    given = read_query(HISTORY, request.GET.lists())
    case = find(caller, uuid)
    wanted = journal.Filter(subject_kind="request", subject_id=case.pk)
    found = journal.page(wanted, before=given["before"])
    lines = [
        {
            "seq": entry.seq,
            "at": told.moment(entry.at),
            "event": entry.event,
            "sentence": events.sentence(entry),
            "from_state": entry.from_state,
            "to_state": entry.to_state,
            "basis": entry.basis,
        }
        for entry in found.entries
    ]
    return answer({"lines": lines, "next": found.next_before})


def outcomes(request: HttpRequest, caller: Caller, uuid: UUID) -> HttpResponse:
    """The replies the law of the case knows: what each must state, and what hinders it now."""
    read_query((), request.GET.lists())
    case = find(caller, uuid)
    law = casework.law_of(case)
    known = grounds(law)
    return answer({"outcomes": [_outcome(case, each, known) for each in replies.outcomes(law)]})


def _outcome(case: DisclosureRequest, found: replies.Outcome, known: Any) -> told.Plain:
    asked, law = "ground" in found.needs, casework.law_of(case)
    fitting = [g for g in known if not found.grounds or g.key in found.grounds] if asked else []
    try:
        reply_evidence.require_ripe(case, found.key)
        hindered = ""
    except Refusal as refusal:
        hindered = refusal.sentence
    return {
        "key": found.key,
        "label": found.label,
        "letter": found.letter,
        "remedy": found.remedy.value,
        "basis": "、".join(str(cite) for cite in found.cite(law)),
        "states": [
            {"key": key, "label": label} for key, label in reply_evidence.needs_of(found, law)
        ],
        "grounds": [{"key": g.key, "label": g.label, "basis": str(g.cite)} for g in fitting],
        "hindered": hindered,
    }


def letter(request: HttpRequest, caller: Caller, uuid: UUID, letter: UUID) -> HttpResponse:
    """A letter in words."""
    read_query((), request.GET.lists())
    return answer(cases.letter(find_letter(find(caller, uuid), letter), caller))


def letter_document(
    request: HttpRequest, caller: Caller, uuid: UUID, letter: UUID, kind: str
) -> HttpResponseBase:
    """The letter as PDF or DOCX; served, the paper as it was sent."""
    read_query((), request.GET.lists())
    row = find_letter(find(caller, uuid), letter)
    if kind == "docx":
        content, media = letter_documents.letter_docx(row), letter_documents.DOCX_TYPE
    elif row.paper is not None:
        content = store.read(file=row.paper, **caller.by)
        media = row.paper.media_type
    else:
        content, media = letter_documents.letter_pdf(row), letter_documents.PDF_TYPE
    extension = "docx" if media == letter_documents.DOCX_TYPE else "pdf"
    return download(content, media, letter_documents.file_name(row, extension))


def file(request: HttpRequest, caller: Caller, uuid: UUID, file: UUID) -> HttpResponseBase:
    """The bytes of a file of the case; looking at an identity proof is written down."""
    wanted = read_query(FILE, request.GET.lists())
    case = find(caller, uuid)
    row = case.files.filter(uuid=file).first()
    if row is None:
        raise missing()
    policies.may_open_file(caller.person, row, caller.today).require(policies.BASIS)
    purpose = str(wanted.get("purpose") or "")
    content = store.read(file=row, purpose=purpose, **caller.by)
    return download(content, "application/octet-stream", row.name)


def download(content: bytes, media: str, name: str) -> HttpResponse:
    """Bytes to be kept as a file, by this caller alone."""
    response = HttpResponse(content, content_type=media)
    response.headers["Cache-Control"] = "no-store"
    header = content_disposition_header(True, name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response


def rows_of(case: DisclosureRequest, name: str, number: int) -> Any:
    """A consultation or remedy of this very case."""
    rows: QuerySet[Any] = getattr(case, name).filter(Q(pk=number))
    found = rows.first() if number <= MOST_NUMBER else None
    if found is None:
        raise missing()
    return found
