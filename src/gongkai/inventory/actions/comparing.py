"""Drafts of a finished run compared with the body's earlier records: copies, versions, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery

from gongkai.inventory.actions.date_styles import note_date_styles
from gongkai.inventory.actions.repealing import note_repeals
from gongkai.inventory.actions.writing import insert_many
from gongkai.inventory.models import Fingerprint, InventoryRun, Outcome
from gongkai.records.actions.freezing import text_of
from gongkai.records.models import Record
from gongkai.review import actions as review
from gongkai.review.values import Noticed
from gongkai.text.fingerprints import fingerprints, likeness, may_be_versions

TOGETHER = 100
# A stretch that so many papers hold tells nothing: it is not written down again, and it is asked
# for only where a paper has nothing else, and then some few of them.
COMMON = 100
FEW_COMMON = 8
CANDIDATES = 5
COPY, VERSION = 95, 70
_NAMED_BY = (
    "uuid", "body_id", "title", "index_number", "document_number", "created_on",
    "first_published_on", "body_text__text",
)  # fmt: skip


def compare(*, run: InventoryRun, now: datetime, after: int = 0) -> int:
    """Compare the records of the next rows of the run behind row `after`; 0 at the end.

    Many together cost a few queries on indexes, however many records the body has. Doing it again
    changes nothing: a record with fingerprints has been compared.
    """
    if not after:
        note_date_styles(run, now)
    rows = run.items.filter(outcome=Outcome.RECORD, pk__gt=after).order_by("id")
    ids = list(rows.values_list("id", "record_id")[:TOGETHER])
    if not ids:
        return 0
    found = _texts([pk for _, pk in ids])
    done = Fingerprint.objects.filter(record__in=found).order_by()
    compared = set(done.values_list("record_id", flat=True).distinct())
    records = [found[pk] for _, pk in ids if pk in found]
    for record in records:
        record.body = run.body
    fresh = [record for record in records if record.pk not in compared]
    with transaction.atomic():
        told = _alike(run.body_id, fresh)
        told = {**_same_names([r for r in fresh if r.pk not in told]), **told}
        noticed = [(record, [told[record.pk]]) for record in fresh if record.pk in told]
        review.note_later(noticed=noticed, now=now)
    note_repeals(run, records, now)
    return ids[-1][0]


def _texts(ids: Sequence[int]) -> dict[int, Record]:
    """Records with what names them and their text; no more of them is read."""
    return Record.objects.select_related("body_text").only(*_NAMED_BY).in_bulk(ids)


def _alike(body_id: int, records: Sequence[Record]) -> dict[int, Noticed]:
    """For each record the one compared before that is most alike; and its marks are kept."""
    marks = {record.pk: fingerprints(text_of(record)) for record in records}
    met = _met(body_id, marks.values())
    near: dict[int, list[int]] = {}
    rows: list[tuple[int, int, int]] = []
    for pk, values in marks.items():
        near[pk] = met.nearest(values)
        kept = met.add(pk, values)
        rows += [(body_id, pk, value) for value in kept]
    insert_many(Fingerprint, ("body_id", "record_id", "value"), rows)
    texts = {record.pk: record for record in records}
    texts |= _texts([pk for pk in set(chain.from_iterable(near.values())) if pk not in texts])
    told = {pk: _most_alike(texts[pk], [texts[n] for n in ids]) for pk, ids in near.items()}
    return {pk: one for pk, one in told.items() if one is not None}


@dataclass(slots=True)
class _Met:
    """By mark, how many records of the body hold it, and which of them can tell something."""

    counts: Counter[int]
    holders: dict[int, list[int]] = field(default_factory=dict)

    def nearest(self, marks: Sequence[int]) -> list[int]:
        """Records that share two fifths of the marks that tell something, the nearest first."""
        asked = _asked(marks, self.counts)
        least = max(2, len(asked) * 2 // 5)
        shared = Counter(chain.from_iterable(self.holders.get(mark, ()) for mark in asked))
        best = sorted((-n, pk) for pk, n in shared.items() if n >= least)
        return [pk for _, pk in best[:CANDIDATES]]

    def add(self, pk: int, marks: Sequence[int]) -> list[int]:
        """The record holds these; those of them that are to be written down."""
        kept = [mark for mark in marks if self.counts[mark] < COMMON]
        for mark in kept:
            self.counts[mark] += 1
            self.holders.setdefault(mark, []).append(pk)
        return kept


def _asked(marks: Sequence[int], counts: Mapping[int, int]) -> Sequence[int]:
    rare = [mark for mark in marks if counts[mark] < COMMON]
    return rare if len(rare) >= 2 else marks[:FEW_COMMON]


def _met(body_id: int, marks: Iterable[Sequence[int]]) -> _Met:
    """Two queries on the index: how common each mark is, then who holds those that tell."""
    here = Fingerprint.objects.filter(body=body_id).order_by()
    values = set(chain.from_iterable(marks))
    counted = here.filter(value__in=values).values_list("value").annotate(n=Count("*"))
    met = _Met(Counter(dict(counted)) if values else Counter())
    asked = set(chain.from_iterable(_asked(one, met.counts) for one in marks))
    known = [mark for mark in asked if met.counts[mark]]
    if known:
        for value, pk in here.filter(value__in=known).values_list("value", "record_id"):
            met.holders.setdefault(value, []).append(pk)
    return met


def _most_alike(record: Record, others: Sequence[Record]) -> Noticed | None:
    text = text_of(record)
    scored = [(likeness(text, text_of(other)), -other.pk, other) for other in others]
    if not scored:
        return None
    percent, _, other = max(scored, key=lambda one: one[:2])
    if percent >= COPY:
        words = f"正文与{_named(other)}几乎相同（{percent}%），请核对是否重复录入。"
        return _noticed("near_duplicate", "warning", words)
    if percent >= VERSION and may_be_versions(text, record.title, other.title):
        words = f"正文与{_named(other)}相近（{percent}%），疑为不同版本，请核对。"
        return _noticed("possible_version", "info", words)
    return None


def _same_names(records: Sequence[Record]) -> dict[int, Noticed]:
    """A name used before, told apart by date or number: for reading only.

    The first of the name is found in the index for each, however many bear it.
    """
    before = Record.objects.filter(
        body=OuterRef("body"), title=OuterRef("title"), pk__lt=OuterRef("pk")
    )
    first = Subquery(before.order_by("id").values("id")[:1])
    rows = Record.objects.filter(pk__in=[record.pk for record in records]).order_by()
    found = {pk: n for pk, n in rows.annotate(n=first).values_list("pk", "n") if n is not None}
    others = Record.objects.only(*_NAMED_BY[:-1]).in_bulk(set(found.values()))
    return {
        pk: _noticed("repeated_title", "info", f"与{_named(others[n])}同名，请核对是否为不同信息。")
        for pk, n in found.items()
    }


def _named(other: Record) -> str:
    which = other.index_number or other.document_number
    which = which or f"{other.created_on or other.first_published_on or '无日期'}"
    return f"已登记的《{other.title[:60]}》（{which}）"


def _noticed(kind: str, severity: str, sentence: str) -> Noticed:
    return Noticed("intake", kind, "source", 0, 0, "", severity=severity, sentence=sentence[:300])
