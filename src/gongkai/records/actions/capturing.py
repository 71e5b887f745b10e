"""Many drafts captured at once, with as few queries for each as can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.journal.actions import append_all
from gongkai.journal.values import Change, Line, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Answer, Refusal
from gongkai.law.workdays import Calendar
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.errors import refusal_of
from gongkai.orgs.models import Body, Person
from gongkai.records import policies
from gongkai.records.actions.drafting import BASIS, check
from gongkai.records.actions.filing import clean_name
from gongkai.records.foreign_numbers import bring, write_down
from gongkai.records.models import FilePurpose, Record, RecordFile, RecordText
from gongkai.records.values import KeptFile, NewDraft
from gongkai.records.writing import SECTION_CAPACITIES, capacity, clean_text, put

# Rows that the caller fetched itself, or that have just been made: no query for each.
_TRUSTED = ("body", "section", "catalog_class", "captured_by")


@transaction.atomic
def draft_all(
    *, body: Body, drafts: Sequence[NewDraft], by: Person | None, now: datetime
) -> list[Record | Refusal]:
    """Capture drafts as `draft` does each; for every one its record, or why it was refused.

    What only the database can refuse (two alike at the same moment) raises `IntegrityError` and
    undoes the whole call: the caller then tries them one by one.
    """
    asked = _Asked(by, now)
    ends = [_prepared(body, draft, asked) for draft in drafts]
    brought = bring(body, _numbers(drafts, ends))
    for place, refusal in brought.refusals.items():
        ends[place] = refusal
    Record.objects.bulk_create([record for record in ends if isinstance(record, Record)])
    write_down(brought, now=now)
    kept = [(d, end) for d, end in zip(drafts, ends, strict=True) if isinstance(end, Record)]
    RecordText.objects.bulk_create(
        RecordText(record=record, text=clean_text(draft.fields.get("text", "")))
        for draft, record in kept
    )
    RecordFile.objects.bulk_create(
        _beside(record, ordinal, held)
        for draft, record in kept
        for ordinal, held in enumerate(draft.files)
    )
    _write_down(body, kept, asked)
    return ends


def _numbers(
    drafts: Sequence[NewDraft], ends: Sequence[Record | Refusal]
) -> dict[int, tuple[Record, str]]:
    """The index numbers that drafts bring, by their place."""
    found = {}
    for place, (draft, end) in enumerate(zip(drafts, ends, strict=True)):
        number = str(draft.fields.get("index_number", "") or "").strip()
        if number and isinstance(end, Record):
            found[place] = (end, number)
    return found


@dataclass(slots=True)
class _Asked:
    """Who asks and when, and what was answered already: the policy once for each section."""

    by: Person | None
    now: datetime
    days: Calendar = field(default_factory=calendar)
    answers: dict[int | None, Answer] = field(default_factory=dict)

    def allow(self, record: Record) -> None:
        """The policy of `draft`."""
        key = record.section_id
        if key not in self.answers:
            today = civil_day(self.now)
            self.answers[key] = policies.may_keep(self.by, record.body, record.section, today)
        self.answers[key].require(BASIS)


def _prepared(body: Body, draft: NewDraft, asked: _Asked) -> Record | Refusal:
    """The record as it would be saved, every check made that needs no query."""
    values = {n: v for n, v in draft.fields.items() if n not in ("text", "index_number", "source")}
    source = draft.fields.get("source") or {}
    record = Record(body=body, captured_at=asked.now, captured_by=asked.by, source=source)
    put(record, values)
    try:
        clean_text(draft.fields.get("text", ""))
        asked.allow(record)
        check(record, asked.now, asked.days)
        record.clean_fields(exclude=_TRUSTED)
        if record.first_published_on and not record.carried_from:
            record.validate_constraints(exclude=_TRUSTED)
    except ValidationError as error:
        return refusal_of(error, row=record, code="record.not_valid")
    except Refusal as refusal:
        return refusal
    return record


def _beside(record: Record, ordinal: int, held: KeptFile) -> RecordFile:
    name = clean_name(held.name)
    return RecordFile(
        record=record, file=held.file, name=name, purpose=held.purpose, ordinal=ordinal
    )


def _write_down(body: Body, kept: Sequence[tuple[NewDraft, Record]], asked: _Asked) -> None:
    """One line for each record, and one for each attachment."""
    if not kept:
        return
    role = capacity(asked.by, kept[0][1], civil_day(asked.now), SECTION_CAPACITIES)
    actor = orgs.actor(asked.by, body=body, role=role)
    lines = []
    for draft, record in kept:
        subject = Subject("record", record.pk, record.uuid)
        originals = [f.file.sha256 for f in draft.files if f.purpose == FilePurpose.SOURCE]
        change = Change(to_state="draft", data={"originals": originals} if originals else {})
        lines.append(Line("record.captured", actor, subject, change))
        # Attachments as `attach` tells them: whoever looks through files hears it.
        for held in draft.files:
            if held.purpose == FilePurpose.ATTACHMENT:
                data = {"sha256": held.file.sha256, "size": held.file.size}
                lines.append(Line("record.file_attached", actor, subject, Change(data=data)))
    append_all(lines)
