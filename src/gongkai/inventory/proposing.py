"""Proposals for drafts of a body: its classes, what its clerks chose before, in the words of the
form. Reads only; what is accepted goes through the actions of records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from gongkai.inventory.classing import HIGH, Chosen, Learned, Proposed, Sample, proposals
from gongkai.inventory.models import InventoryRun, Outcome
from gongkai.law.catalog import FIVE_CLASSES, GENRES
from gongkai.law.legal_items import item
from gongkai.orgs.models import Body
from gongkai.records.actions.freezing import text_of
from gongkai.records.choices import Attribute, RecordState, Validity
from gongkai.records.models import CatalogClass, Record

LEARNED_FROM = 500
"""Papers of the body, the latest, whose classes are counted."""
AT_ONCE = 500
"""Drafts of a run looked at for its page."""
LABELS = {
    "catalog_class": "信息分类",
    "legal_item": "法定公开事项",
    "genre": "体裁",
    "validity": "信息有效性",
    "attribute": "公开属性",
}
SETTABLE = ("catalog_class", "legal_item", "genre", "validity")
"""The attribute is proposed by the section in the review, never here."""
_LABEL_OF_KEY = {
    f"{top.key}.{key}": (top.label, label) for top in FIVE_CLASSES for key, label in top.subclasses
}
_GENRES = dict(GENRES)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal as the form takes it (`value`: the class's row number, a code, a key)."""

    field: str
    value: str
    words: str
    reason: str
    confidence: int

    @property
    def label(self) -> str:
        """The field in words."""
        return LABELS[self.field]

    @property
    def is_sure(self) -> bool:
        """Whether it may stand in an empty field, marked as proposed."""
        return self.confidence >= HIGH and self.field in SETTABLE


class Adviser:
    """What can be proposed in a body: made once for as many drafts as are looked at."""

    def __init__(self, body: Body, today: date) -> None:
        self._body, self._today = body, today

    @cached_property
    def _classes(self) -> Mapping[str, CatalogClass]:
        """The body's classes by the key of the five-part catalog and by `#row`."""
        rows = CatalogClass.objects.filter(body=self._body, is_active=True)
        found: dict[str, CatalogClass] = {}
        named: dict[tuple[str, str], CatalogClass] = {}
        for row in rows.select_related("parent"):
            found[f"#{row.pk}"] = row
            if row.parent is not None:
                named[row.parent.name, row.name] = row
        for key, names in _LABEL_OF_KEY.items():
            if names in named:
                found[key] = named[names]
        return found

    @cached_property
    def _learned(self) -> Learned:
        rows = Record.objects.filter(body=self._body, catalog_class__isnull=False)
        latest = rows.order_by("-id").values_list(
            "title", "document_number", "catalog_class_id", "legal_item", "genre"
        )
        return Learned(
            Chosen(
                Sample(title, number),
                (("catalog_class", f"#{row}"), ("legal_item", listed), ("genre", genre)),
            )
            for title, number, row, listed, genre in latest[:LEARNED_FROM]
        )

    def advice(self, record: Record) -> list[Suggestion]:
        """Proposals that say something else than the draft does, in the order of the form."""
        sample = Sample(record.title, record.document_number, text_of(record), record.created_on)
        found = proposals(sample, today=self._today, learned=self._learned)
        made = [self._suggestion(found[name]) for name in LABELS if name in found]
        return [one for one in made if one is not None and _present(record, one.field) != one.value]

    def _suggestion(self, made: Proposed) -> Suggestion | None:
        value, words = made.value, ""
        if made.field == "catalog_class":
            row = self._classes.get(made.value)
            if row is None:
                return None
            value = str(row.pk)
            words = f"{row.parent.name} › {row.name}" if row.parent is not None else row.name
        elif made.field == "legal_item":
            words = item(made.value).label
        elif made.field == "genre":
            words = _GENRES.get(made.value, made.value)
        elif made.field == "validity":
            words = str(Validity(made.value).label)
        else:
            words = str(Attribute(made.value).label)
        return Suggestion(made.field, value, words, made.reason, made.confidence)


def _present(record: Record, field: str) -> str:
    if field == "catalog_class":
        return str(record.catalog_class_id or "")
    return str(getattr(record, field) or "")


def is_empty(record: Record, field: str) -> bool:
    """Whether nobody has said anything there yet."""
    return _present(record, field) in ("", Validity.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Pile:
    """Drafts of a run for which the same is proposed for the same reason."""

    suggestion: Suggestion
    records: Sequence[Record]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.records)


def waiting(run: InventoryRun) -> list[Record]:
    """The run's drafts in which a class, item, genre or validity is empty, the first of them."""
    empty = Q(catalog_class__isnull=True) | Q(legal_item="") | Q(genre="")
    rows = Record.objects.filter(
        empty | Q(validity=Validity.UNKNOWN),
        state=RecordState.DRAFT,
        inventory_items__run=run,
        inventory_items__outcome=Outcome.RECORD,
    )
    return list(rows.select_related("body", "body_text").order_by("id")[:AT_ONCE])


def piles(run: InventoryRun, today: date) -> list[Pile]:
    """What is proposed for empty fields of the run's drafts, the largest pile first."""
    return piled(waiting(run), Adviser(run.body, today))


def piled(records: Iterable[Record], adviser: Adviser) -> list[Pile]:
    """Drafts by what is proposed for them."""
    found: dict[Suggestion, list[Record]] = {}
    for record in records:
        for one in adviser.advice(record):
            if one.field in SETTABLE and is_empty(record, one.field):
                found.setdefault(one, []).append(record)
    made = [Pile(one, rows) for one, rows in found.items()]
    return sorted(made, key=lambda p: (-p.count, p.suggestion.field, p.suggestion.reason))
