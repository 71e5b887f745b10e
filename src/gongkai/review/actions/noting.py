"""Findings written beside a record: by the scanners on every save, by an import once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from gongkai import plug
from gongkai.journal.actions import append_all
from gongkai.journal.values import SYSTEM, Change, Line, Subject
from gongkai.kit.refusal import Refusal
from gongkai.orgs import queries as orgs
from gongkai.records.choices import RecordState, Validity
from gongkai.records.models import Record
from gongkai.records.writing import locked, write_down
from gongkai.review.actions.reading import FILES, about_files, read_files
from gongkai.review.fields import file_texts, texts_of
from gongkai.review.models import Finding, FindingAnswer
from gongkai.review.queries import known_of
from gongkai.review.targets import value_of
from gongkai.review.values import Noticed
from gongkai.text.finding import Finding as Hit


@transaction.atomic
def note_findings(*, record: Record, findings: Iterable[Noticed], now: datetime) -> list[Finding]:
    """Keep what an import noticed; what stands there already is not noted twice."""
    kept = locked(record)
    present = {_key(row) for row in kept.findings.all()}
    rows = [
        _row(kept, item, now)
        for item in findings
        if (item.scanner, item.kind, item.field, item.start, item.evidence) not in present
    ]
    _save(kept, rows)
    return rows


@transaction.atomic
def note_all(*, noticed: Sequence[tuple[Record, Sequence[Noticed]]], now: datetime) -> None:
    """Keep what was noticed in records that were captured just now, in the same transaction.

    The caller answers for it that nothing is given twice and that the scanners saw the texts as
    the records hold them.
    """
    _save_all([(r, [_row(r, item, now) for item in items]) for r, items in noticed])


@transaction.atomic
def note_later(*, noticed: Sequence[tuple[Record, Sequence[Noticed]]], now: datetime) -> None:
    """Keep what was noticed in drafts, as `note_findings` does for one; others are left alone.

    What stands there already is not noted twice.
    """
    ids = [record.pk for record, _ in noticed]
    held = Record.objects.select_for_update(of=("self",), no_key=True).order_by("id")
    drafts = set(held.filter(pk__in=ids, state=RecordState.DRAFT).values_list("pk", flat=True))
    present = {(row.record_id, *_key(row)) for row in Finding.objects.filter(record__in=drafts)}
    fresh = []
    for record, items in noticed:
        rows = [_row(record, item, now) for item in items if record.pk in drafts]
        fresh.append((record, [row for row in rows if (record.pk, *_key(row)) not in present]))
    _save_all(fresh)


def _save_all(rows: Sequence[tuple[Record, Sequence[Finding]]]) -> None:
    """The findings of many records, and one line for each record that has any."""
    Finding.objects.bulk_create([row for _, found in rows for row in found])
    lines = []
    for record, found in rows:
        if found:
            data = {"count": len(found), "kinds": sorted({row.kind for row in found})}
            actor = orgs.actor(None, body=record.body, role=SYSTEM.role)
            subject = Subject("record", record.pk, record.uuid)
            lines.append(Line("record.findings_noted", actor, subject, Change(data=data)))
    append_all(lines)


def rescan(*, record: Record, now: datetime) -> list[Finding]:
    """Run every scanner over the present text and attachments, and bring the findings in line.

    A finding of a scanner that no longer matches and was never answered goes; an answered one
    stays as long as its words stand in the same field, wherever they moved to. New ones are added.
    An attachment that was not read yet is read first, outside the transaction: it may take long.
    """
    read_files(record=record, now=now)
    return _rescan(record, now)


@transaction.atomic
def _rescan(record: Record, now: datetime) -> list[Finding]:
    kept = locked(record)
    texts = texts_of(kept)
    known = known_of(kept.body)
    seen = about_files(kept)
    names = {FILES}
    attached = file_texts(kept)
    for scanner in plug.scanners():
        names.add(scanner.name)
        hits = [*scanner.scan(texts, known=known), *scanner.scan(attached, known=known)]
        seen += [_noticed(scanner.name, hit) for hit in hits]
    _settle_filled(kept)
    fresh = _reconcile(kept, seen, names)
    rows = [_row(kept, item, now) for item in fresh]
    _save(kept, rows)
    return rows


def _settle_filled(record: Record) -> None:
    """What asked for a field that has been filled in since asks no more."""
    for row in record.findings.filter(answer=FindingAnswer.OPEN).exclude(target=""):
        holds = getattr(record, row.target, None)
        if row.proposal is None or row.target == "document_number":
            is_filled = holds not in (None, "", Validity.UNKNOWN)
        else:
            is_filled = _means(row.target, row.proposal) == holds
        if is_filled:
            row.delete()


def _means(target: str, words: str) -> object:
    try:
        return value_of(target, words)
    except Refusal:
        return None


def _noticed(scanner: str, hit: Hit) -> Noticed:
    return Noticed(
        scanner=scanner,
        kind=hit.kind,
        field=hit.field,
        start=hit.start,
        end=hit.end,
        evidence=hit.evidence,
        proposal=hit.proposal,
        severity=hit.severity,
        sentence=hit.reason,
        candidates=hit.candidates,
        target=hit.target,
    )


def _reconcile(record: Record, seen: Sequence[Noticed], names: set[str]) -> list[Noticed]:
    """Match present rows with what was seen now; returns what is new."""
    waiting: dict[tuple[str, str, str, str], list[Noticed]] = {}
    for item in sorted(seen, key=lambda i: i.start):
        waiting.setdefault((item.scanner, item.kind, item.field, item.evidence), []).append(item)
    for row in record.findings.filter(scanner__in=names).order_by("start", "id"):
        matches = waiting.get((row.scanner, row.kind, row.field, row.evidence))
        if matches:
            _move(row, matches.pop(0))
        elif row.answer == FindingAnswer.OPEN:
            row.delete()
    return [item for items in waiting.values() for item in items]


def _move(row: Finding, item: Noticed) -> None:
    if (row.start, row.end) != (item.start, item.end):
        row.start, row.end = item.start, item.end
        row.save(update_fields=["start", "end"])


def _key(row: Finding) -> tuple[str, str, str, int, str]:
    return (row.scanner, row.kind, row.field, row.start, row.evidence)


def _row(record: Record, item: Noticed, now: datetime) -> Finding:
    return Finding(
        record=record,
        scanner=item.scanner,
        kind=item.kind,
        severity=item.severity,
        field=item.field,
        start=item.start,
        end=item.end,
        evidence=item.evidence,
        proposal=item.proposal,
        sentence=item.sentence[:300],
        candidates=list(item.candidates),
        target=item.target,
        found_at=now,
    )


def _save(record: Record, rows: list[Finding]) -> None:
    if not rows:
        return
    Finding.objects.bulk_create(rows)
    kinds = sorted({row.kind for row in rows})
    write_down(
        "record.findings_noted",
        record=record,
        by=None,
        role=SYSTEM.role,
        change=Change(data={"count": len(rows), "kinds": kinds}),
    )
