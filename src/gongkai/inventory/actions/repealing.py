"""Drafts of which another record of the body says that they are repealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from gongkai.inventory.models import InventoryRun, Outcome
from gongkai.inventory.repeals import Repealed, names_of, repealed_by
from gongkai.records.actions.freezing import text_of
from gongkai.records.choices import RecordState, Validity
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.models import Finding
from gongkai.review.values import Noticed

KIND = "validity_in_doubt"
UNFILLED = "unfilled_document_number"
ENDED = (Validity.REPEALED, Validity.LAPSED, Validity.SUPERSEDED)


def note_repeals(run: InventoryRun, records: Sequence[Record], now: datetime) -> int:
    """Tell those drafts that these records repeal; how many were told. Again changes nothing."""
    told = 0
    for record in records:
        for one in repealed_by(text_of(record)):
            for target in _meant(run, record, one):
                review.note_findings(
                    record=target, findings=[_noticed(record, target, one)], now=now
                )
                told += 1
    return told


def _meant(run: InventoryRun, record: Record, one: Repealed) -> list[Record]:
    """Drafts of the body that bear the name or the number, older than what repeals them."""
    drafts = Record.objects.filter(body=record.body_id, state=RecordState.DRAFT)
    drafts = drafts.exclude(pk=record.pk).exclude(validity__in=ENDED)
    by_name = Q(title__in=names_of(one.name))
    if not one.number:
        return [row for row in drafts.filter(by_name) if _is_older(row, record)]
    numbered = {row.pk: row for row in drafts.filter(document_number=one.number)}
    numbered |= {row.pk: row for row in drafts.filter(pk__in=_bearing(run, one.number))}
    named = [row for row in drafts.filter(by_name) if _number_of(row) in ("", one.number)]
    found = numbered | {row.pk: row for row in named}
    return [row for _, row in sorted(found.items()) if _is_older(row, record)]


def _bearing(run: InventoryRun, number: str) -> QuerySet[Finding, int]:
    """Records of the run in whose text the number stands while their field is empty."""
    return Finding.objects.filter(
        kind=UNFILLED,
        proposal=number,
        record__inventory_items__run=run,
        record__inventory_items__outcome=Outcome.RECORD,
    ).values_list("record_id", flat=True)


def _number_of(record: Record) -> str:
    if record.document_number:
        return record.document_number
    said = record.findings.filter(kind=UNFILLED).values_list("proposal", flat=True).first()
    return said or ""


def _is_older(row: Record, record: Record) -> bool:
    """Nothing repeals what was made after it. Of one day both may be."""
    mine, its = _day(record), _day(row)
    return mine is None or its is None or its <= mine


def _day(record: Record) -> date | None:
    return record.created_on or record.first_published_on


def _noticed(record: Record, target: Record, one: Repealed) -> Noticed:
    given = Validity(target.validity).label if target.validity != Validity.UNKNOWN else ""
    said = f"有效性写的是“{given}”" if given else "有效性没有填"
    by = f"《{record.title[:60]}》"
    sentence = f"{said}，但{by}写着它已废止或失效，疑为废止，请核对。"
    return Noticed(
        "intake", KIND, "source", 0, 0, one.words, proposal="废止", sentence=sentence[:300],
        target="validity",
    )  # fmt: skip
