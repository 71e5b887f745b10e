"""Letters of a case: drafted, submitted, approved and numbered, served, or made void."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from gongkai.disclosure import (
    casework,
    copies,
    letter_parts,
    letter_policies,
    letter_remedy,
    letter_seal,
    policies,
)
from gongkai.disclosure.actions import serving
from gongkai.disclosure.letter_flow import LETTER_FLOW
from gongkai.disclosure.letter_text import placeholders
from gongkai.disclosure.models import DisclosureRequest, FilePart, Letter, SealedFile
from gongkai.disclosure.values import LetterDraft
from gongkai.journal.values import Change
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.letters import LETTERS, letter_number
from gongkai.orgs.errors import save_checked
from gongkai.orgs.models import Body, Person
from gongkai.records.numbering import Grammar, allot

__all__ = ["approve", "attach", "draft_letter", "edit_letter", "return_letter", "submit", "void"]
_OWN_CASE = "《个人信息保护法》第五十一条"
PARTLY = "partly_granted"


@transaction.atomic
def draft_letter(
    *, request: DisclosureRequest, draft: LetterDraft, by: Person | None, now: datetime
) -> Letter:
    """Draft a letter that is no reply; `draft.parts` are what the case does not know itself.

    The addressee is the case's. A reply comes of `replying.draft_reply`.
    """
    if draft.outcome:
        raise ValueError("a reply is drafted by replying.draft_reply")
    kept = casework.locked(request)
    policies.may_handle(by, kept, civil_day(now)).require(policies.BASIS)
    return put_down(kept, draft, by=by, now=now)


def put_down(
    request: DisclosureRequest, draft: LetterDraft, *, by: Person | None, now: datetime
) -> Letter:
    """The row of a new letter. For actions that have checked policy and law themselves."""
    if draft.kind not in LETTERS:
        raise ValueError(f"unknown letter: {draft.kind}")
    if (draft.kind in letter_parts.TO_PARTIES) != bool(draft.ref):
        raise ValueError("a letter names a consultation exactly when it goes to its party")
    law = casework.law_of(request)
    parts = letter_parts.fill(letter_parts.Writing(request, law, draft, civil_day(now)))
    addressee = casework.addressee_of(request, draft.ref)
    letter_parts.require_whole(draft.kind, parts, addressee=addressee)
    letter = Letter(
        request=request,
        body=request.body,
        kind=draft.kind,
        outcome=draft.outcome,
        ground=draft.ground,
        due_on=draft.due_on,
        ref=draft.ref,
        parts=packed(parts),
        addressee=addressee,
        drafted_by=by,
        drafted_at=now,
    )
    save_checked(letter, code="letter.not_valid")
    note_letter("letter.drafted", letter, by=by, states=("", letter.state))
    return letter


@transaction.atomic
def edit_letter(
    *, letter: Letter, parts: Mapping[str, str], by: Person | None, now: datetime
) -> Letter:
    """Change some parts of a draft. Addressee, remedy, receipt and set days stay the program's."""
    kept = held(letter)
    policies.may_handle(by, kept.request, civil_day(now)).require(policies.BASIS)
    LETTER_FLOW.step(kept.state, "edit")
    fixed = {*letter_parts.OWN, *(("due", "new_due") if kept.due_on else ())}
    unknown = parts.keys() - (placeholders(kept.kind) - fixed)
    if unknown:
        raise ValueError(f"not to be edited: {sorted(unknown)}")
    changed = casework.parts_of(kept) | {name: text.strip() for name, text in parts.items()}
    letter_parts.require_whole(kept.kind, changed, addressee=kept.addressee)
    kept.parts = packed(changed)
    kept.save(update_fields=["parts"])
    note_letter("letter.edited", kept, by=by, data={"changed": sorted(parts)})
    return kept


@transaction.atomic
def attach(
    *, letter: Letter, files: Iterable[SealedFile], by: Person | None, now: datetime
) -> Letter:
    """Make these files the attachments of a draft: reply files of the very same case."""
    kept, chosen = held(letter), list(files)
    policies.may_handle(by, kept.request, civil_day(now)).require(policies.BASIS)
    LETTER_FLOW.step(kept.state, "edit")
    refuse_foreign(kept.request, chosen)
    if kept.outcome == PARTLY:
        copies.refuse_covered(chosen)
    kept.attachments.set(chosen)
    note_letter("letter.edited", kept, by=by, data={"attachments": [str(f.uuid) for f in chosen]})
    return kept


def refuse_foreign(request: DisclosureRequest, files: Iterable[SealedFile]) -> None:
    """The recipient guard: nothing of another case, and nothing but reply files, goes out."""
    for file in files:
        stored = SealedFile.objects.filter(pk=file.pk).first()
        if stored is None or stored.request_id != request.pk:
            raise Refusal(
                "letter.foreign_file",
                "所选附件不属于这件申请，不能附在这份文书上。请在本件的答复附件中选择。",
                _OWN_CASE,
                {"attachments": "请只选择本件申请的答复附件。"},
            )
        if stored.part != FilePart.REPLY or stored.purged_at is not None:
            raise Refusal(
                "letter.not_a_reply_file",
                f"“{stored.name}”不是答复附件，不能发给申请人。请先把要提供的文件作为答复附件上传。",
                _OWN_CASE,
                {"attachments": "请只选择用途为“答复附件”的文件。"},
            )


@transaction.atomic
def submit(*, letter: Letter, by: Person | None, now: datetime) -> Letter:
    """Hand a draft to whoever approves."""
    kept = held(letter)
    policies.may_handle(by, kept.request, civil_day(now)).require(policies.BASIS)
    return _move(kept, "submit", "letter.submitted", by=by)


@transaction.atomic
def return_letter(*, letter: Letter, reason: str, by: Person, now: datetime) -> Letter:
    """Send a submitted letter back to its draft, with what is to be changed."""
    kept = held(letter)
    policies.may_approve(by, kept, civil_day(now)).require(policies.BASIS)
    kept.note = _reason(reason, "退回文书要写明需要修改什么。")
    return _move(kept, "send_back", "letter.returned", by=by)


@transaction.atomic
def approve(*, letter: Letter, by: Person, now: datetime) -> Letter:
    """Approve a letter: now it gets its number and can be changed no more.

    Numbers run per series and year of the body (门商信补〔2026〕7号); kinds that share a series
    word share its numbers, so that no number stands on two letters.
    """
    kept, today = held(letter), civil_day(now)
    letter_policies.may_approve(by, kept, today).require(policies.BASIS)
    step = LETTER_FLOW.step(kept.state, "approve")
    refuse_foreign(kept.request, kept.attachments.all())
    parts = casework.parts_of(kept)
    _require_remedy(kept, parts, now)
    kept.number = _number(kept, now)
    kept.parts = packed({**parts, **letter_seal.frozen(kept.request.body)})
    kept.state, kept.approved_by, kept.approved_at = step.target, by, now
    save_checked(
        kept,
        code="letter.not_valid",
        only=("number", "parts", "state", "approved_by", "approved_at"),
    )
    note_letter(
        "letter.approved",
        kept,
        by=by,
        states=("submitted", kept.state),
        data={"number": kept.number},
    )
    return kept


def _require_remedy(letter: Letter, parts: Mapping[str, str], now: datetime) -> None:
    letter_remedy.require_right(
        parts.get("remedy", ""),
        letter.kind,
        letter.outcome,
        body=letter.request.body,
        on=civil_day(now),
    )


def _number(letter: Letter, now: datetime) -> str:
    """The next number of the letter's series, written the way GB/T 9704 wants it."""
    kind, year = LETTERS[letter.kind], civil_day(now).year
    word = letter_word(letter.request.body)
    # The grammar's own fields are filled by the numbering; the words around them are the law's.
    pattern = letter_number(word, kind, year, 1).replace(f"{year}〕1号", "{year}〕{serial}号")
    return allot(
        Grammar(pattern, restarts_yearly=True),
        body=letter.request.body,
        kind=f"letter:{kind.series}",
        year=year,
        subject=("letter", letter.pk),
        now=now,
    )


def letter_word(body: Body) -> str:
    """The body's word in its letters' numbers (门商); refused when its profile has none."""
    profile = body.profile if isinstance(body.profile, dict) else {}
    word = str(profile.get("letter_word") or "").strip()
    if not word or any(c in word for c in "{}〔〕"):
        raise Refusal(
            "letter.no_word",
            f"{body.name}还没有设定文书的机关代字，不能编号。请系统管理员在机关配置里填写，如“门商”。",
            "GB/T 9704-2012 7.2.5",
        )
    return word


@transaction.atomic
def void(*, letter: Letter, reason: str, by: Person | None, now: datetime) -> Letter:
    """Take a letter back before it is served. A number once given stays with it."""
    kept = held(letter)
    policies.may_handle(by, kept.request, civil_day(now)).require(policies.BASIS)
    LETTER_FLOW.step(kept.state, "void")
    kept.note = _reason(reason, "作废文书要写明理由。")
    serving.forget_letter(letter=kept, by=by, now=now)
    return _move(kept, "void", "letter.voided", by=by)


def held(letter: Letter) -> Letter:
    """The letter as it stands now, its case and itself held until the transaction ends."""
    request = casework.locked(letter.request)
    kept = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    kept.request = request
    return kept


def packed(parts: Mapping[str, str]) -> str:
    """The parts as canonical JSON."""
    return json.dumps(dict(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _reason(text: str, sentence: str) -> str:
    if not text.strip():
        raise Refusal("letter.no_reason", sentence, fields={"reason": sentence})
    return text.strip()


def _move(letter: Letter, name: str, event: str, *, by: Person | None) -> Letter:
    step = LETTER_FLOW.step(letter.state, name)
    before, letter.state = letter.state, step.target
    letter.save(update_fields=["state", "note"])
    note_letter(event, letter, by=by, states=(before, letter.state))
    return letter


def note_letter(
    event: str,
    letter: Letter,
    *,
    by: Person | None,
    states: tuple[str, str] = ("", ""),
    data: Mapping[str, object] | None = None,
) -> None:
    """One journal line about a letter, under its case; `states` are before and after."""
    kind = LETTERS[letter.kind]
    casework.write_down(
        event,
        request=letter.request,
        by=by,
        change=Change(
            *states,
            str(kind.cite),
            data={"letter": kind.label, "uuid": str(letter.uuid), **(data or {})},
        ),
    )
