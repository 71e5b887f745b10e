"""From one answer to everybody: the public log of answers, and conversion to a record (Art. 44)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai import plug
from gongkai.disclosure import policies, store
from gongkai.disclosure.actions.closing import ENDED_STATES
from gongkai.disclosure.casework import locked, write_down
from gongkai.disclosure.models import DisclosureRequest, FilePart, LetterState, PublicAnswer
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Person, Section
from gongkai.records import actions as records
from gongkai.records.models import Record
from gongkai.records.values import NewFile

BASIS = "《条例》第四十四条"
PERSONAL = "《个人信息保护法》第十条"
_WHO = (
    "name",
    "representative",
    "contact",
    "identity_number",
    "phone",
    "email",
    "address",
    "agent",
)
_SHORTEST = 2
GIVEN = ("granted", "partly_granted")


@transaction.atomic
def release_answer(
    *, request: DisclosureRequest, asked: str, answered: str, by: Person | None, now: datetime
) -> PublicAnswer:
    """Show an answered request to everybody in words written for it, without personal data.

    Refused when the words contain anything of the applicant's, or what a scanner takes for
    personal data. One withdrawn before is shown again with the new words.
    """
    kept = locked(request)
    policies.may_lead(by, kept, civil_day(now)).require(BASIS)
    if kept.state not in ENDED_STATES or not kept.outcome:
        raise Refusal("release.not_answered", "申请答复以后才能公布，请先答复。", BASIS)
    if not asked.strip() or not answered.strip():
        fields = {"asked": "请概括申请内容。", "answered": "请概括答复要点。"}
        raise Refusal("release.empty", "请写明申请内容和答复要点。", BASIS, fields)
    require_impersonal(kept, {"asked": asked, "answered": answered})
    row = PublicAnswer.objects.filter(request=kept).first() or PublicAnswer(request=kept)
    row.asked, row.answered = asked.strip(), answered.strip()
    row.released_by, row.released_at, row.withdrawn_at = by, now, None
    save_checked(row, code="release.not_valid")
    change = Change(basis=BASIS, data={"answer": str(row.uuid)})
    write_down("request.answer_released", request=kept, by=by, change=change)
    return row


@transaction.atomic
def withdraw_answer(*, answer: PublicAnswer, by: Person | None, now: datetime) -> PublicAnswer:
    """Take an answer off the public log; the row stays, unseen."""
    kept = locked(answer.request)
    policies.may_lead(by, kept, civil_day(now)).require(BASIS)
    row = PublicAnswer.objects.select_for_update(of=("self",), no_key=True).get(pk=answer.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        change = Change(basis=BASIS, data={"answer": str(row.uuid)})
        write_down("request.answer_withdrawn", request=kept, by=by, change=change)
    return row


def require_impersonal(request: DisclosureRequest, texts: dict[str, str]) -> None:
    """Refuse words that hold something of the applicant's or look like personal data."""
    who = [_plain(getattr(request.applicant, name)) for name in _WHO]
    fields: dict[str, str] = {}
    for name, text in texts.items():
        plain = _plain(text)
        if any(len(each) >= _SHORTEST and each in plain for each in who):
            fields[name] = "这里写有申请人的个人信息，请删去或者概括后再公布。"
            continue
        found = [
            hit.evidence
            for scanner in plug.scanners()
            if scanner.name == "personal"
            for hit in scanner.scan({name: text})
        ]
        if found:
            fields[name] = f"“{found[0]}”像是个人信息，请删去后再公布。"
    if fields:
        raise Refusal("release.personal", "".join(fields.values()), PERSONAL, fields)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


@transaction.atomic
def suggest_publication(*, request: DisclosureRequest, now: datetime) -> DisclosureRequest:
    """The applicant suggests that what he got be published for all (Art. 44 ¶2)."""
    kept = locked(request)
    if not kept.wants_publication:
        kept.wants_publication = True
        kept.save(update_fields=["wants_publication"])
        write_down(
            "request.publication_suggested",
            request=kept,
            by=None,
            change=Change(basis=BASIS),
            applicant_acts=True,
        )
    return kept


@transaction.atomic
def decline_publication(
    *, request: DisclosureRequest, reason: str, by: Person | None, now: datetime
) -> DisclosureRequest:
    """The suggestion was examined and not followed (Art. 44 ¶2); the applicant reads the reason.

    Said anew it replaces what was said before; what was turned into a record stays one.
    """
    kept, today = locked(request), civil_day(now)
    policies.may_lead(by, kept, today).require(BASIS)
    if not kept.wants_publication or kept.purged_at is not None:
        raise Refusal("decline.not_suggested", "申请人没有建议主动公开，不需要审核。", BASIS)
    if not reason.strip():
        sentence = "请写明为什么不主动公开；申请人看得到。"
        raise Refusal("decline.no_reason", sentence, BASIS, {"reason": sentence})
    kept.declined_on, kept.declined_reason = today, reason.strip()
    kept.save(update_fields=["declined_on", "declined_reason"])
    change = Change(basis=BASIS, data={"on": today})
    write_down("request.publication_declined", request=kept, by=by, change=change)
    return kept


@transaction.atomic
def convert_to_record(
    *,
    request: DisclosureRequest,
    section: Section | None,
    by: Person | None,
    now: datetime,
    title: str = "",
) -> Record:
    """A draft record with what was given to the applicant; it is reviewed like any other.

    Without a `title` the document's number or a neutral name stands there: the applicant's own
    words never leave the case by themselves.
    """
    kept = locked(request)
    policies.may_lead(by, kept, civil_day(now)).require(BASIS)
    if kept.outcome not in GIVEN:
        raise Refusal(
            "convert.nothing_given", "只有已公开或部分公开的申请可以转为主动公开。", BASIS
        )
    name = title.strip() or kept.document_number or "依申请公开转主动公开的信息（请填写名称）"
    require_impersonal(kept, {"title": name})
    fields: dict[str, object] = {
        "title": name,
        "document_number": kept.document_number,
        "section": section,
        "source": {"request": str(kept.uuid)},
    }
    record = records.draft(body=kept.body, fields=fields, by=by, now=now)
    for letter in kept.letters.filter(state=LetterState.SERVED):
        for file in letter.attachments.filter(part=FilePart.REPLY, purged_at__isnull=True):
            given = NewFile(file.name, store.opened(file), file.media_type)
            records.attach(record=record, file=given, by=by, now=now)
    change = Change(basis=BASIS, data={"record": str(record.uuid)})
    write_down("request.converted", request=kept, by=by, change=change)
    return record
