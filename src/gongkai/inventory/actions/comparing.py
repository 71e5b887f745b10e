"""Drafts of a finished run compared with the body's earlier records: copies, versions, names."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from gongkai.inventory.actions.repealing import note_repeals
from gongkai.inventory.models import Fingerprint, InventoryRun, Outcome
from gongkai.records.actions.freezing import text_of
from gongkai.records.choices import RecordState
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.values import Noticed
from gongkai.text.fingerprints import fingerprints, likeness

TOGETHER = 50
# A stretch that so many papers hold tells nothing: it is not written down again.
COMMON = 200
CANDIDATES = 5
COPY, VERSION = 95, 70


def compare(*, run: InventoryRun, now: datetime, after: int = 0) -> int:
    """Compare the next drafts of the run behind record `after`; the last one's id, 0 at the end.

    Each draft costs a few indexed queries however many records the body has. Doing it again
    changes nothing.
    """
    rows = Record.objects.filter(
        inventory_items__run=run, inventory_items__outcome=Outcome.RECORD, pk__gt=after
    )
    records = list(rows.select_related("body", "body_text").order_by("id")[:TOGETHER])
    for record in records:
        with transaction.atomic():
            _compare(record, now)
    note_repeals(run, records, now)
    return records[-1].pk if records else 0


def _compare(record: Record, now: datetime) -> None:
    text = text_of(record)
    marks = fingerprints(text)
    found = _alike(record, text, marks)
    _keep(record, marks)
    if found is None:
        found = _same_name(record)
    if found is not None and record.state == RecordState.DRAFT:
        review.note_findings(record=record, findings=[found], now=now)


def _keep(record: Record, marks: list[int]) -> None:
    """Once; stretches that very many papers hold are left out."""
    if not marks or record.fingerprints.exists():
        return
    here = Fingerprint.objects.filter(body=record.body_id, value__in=marks)
    counted = dict(here.order_by().values_list("value").annotate(n=Count("id")))
    Fingerprint.objects.bulk_create(
        Fingerprint(body_id=record.body_id, record=record, value=value)
        for value in marks
        if counted.get(value, 0) < COMMON
    )


def _alike(record: Record, text: str, marks: list[int]) -> Noticed | None:
    """The earlier record that is most alike, if one is enough."""
    least = max(2, len(marks) * 2 // 5)
    shared = (
        Fingerprint.objects.filter(body=record.body_id, value__in=marks, record_id__lt=record.pk)
        .order_by()
        .values_list("record_id")
        .annotate(n=Count("id"))
        .filter(n__gte=least)
        .order_by("-n", "record_id")[:CANDIDATES]
    )
    others = Record.objects.select_related("body_text").in_bulk([pk for pk, _ in shared])
    scored = [(likeness(text, text_of(other)), -other.pk, other) for other in others.values()]
    if not scored:
        return None
    percent, _, other = max(scored)
    if percent >= COPY:
        words = f"正文与{_named(other)}几乎相同（{percent}%），请核对是否重复录入。"
        return _noticed("near_duplicate", "warning", words)
    if percent >= VERSION:
        words = f"正文与{_named(other)}相近（{percent}%），疑为不同版本，请核对。"
        return _noticed("possible_version", "info", words)
    return None


def _same_name(record: Record) -> Noticed | None:
    """A name used before, told apart by date or number: for reading only."""
    same = Record.objects.filter(body=record.body_id, title=record.title, pk__lt=record.pk)
    other = same.order_by("id").first()
    if other is None:
        return None
    return _noticed("repeated_title", "info", f"与{_named(other)}同名，请核对是否为不同信息。")


def _named(other: Record) -> str:
    which = other.index_number or other.document_number
    which = which or f"{other.created_on or other.first_published_on or '无日期'}"
    return f"已登记的《{other.title[:60]}》（{which}）"


def _noticed(kind: str, severity: str, sentence: str) -> Noticed:
    return Noticed("intake", kind, "source", 0, 0, "", severity=severity, sentence=sentence[:300])
