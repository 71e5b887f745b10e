"""What figures are broken down by. Every dimension puts each row into exactly one value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Model, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from gongkai.catalog.models import EntryState
from gongkai.disclosure.models import RequestState
from gongkai.law.applications import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.law.replies import BY_KEY
from gongkai.orgs.models import Body, Section
from gongkai.records.choices import Attribute, RecordState
from gongkai.records.models import CatalogClass

# The value of rows that have none, in addresses and tables.
NONE = "-"
_BIGGEST = 2**63 - 1
Names = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Its key in addresses, its word, the expression counted by, the words of its values.

    `missing` is the word of rows without a value; `by_id` tells that values are row numbers;
    `order` is the order of the values where it is not the size of the figure.
    """

    key: str
    label: str
    expression: Any
    names: Names
    missing: str = "未定"
    by_id: bool = False
    order: tuple[str, ...] = ()

    def narrow(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """The rows of one value; a value that cannot exist gives none."""
        name = f"n_{self.key}"
        named: QuerySet[Any] = rows.alias(**{name: self.expression})
        if value == NONE:
            empty = Q(**{f"{name}__isnull": True})
            return named.filter(empty if self.by_id else empty | Q(**{name: ""}))
        if self.by_id and (not _is_number(value)):
            return rows.none()
        return named.filter(**{name: int(value) if self.by_id else value})

    def word(self, value: str) -> str:
        """One value in words."""
        return self.missing if value == NONE else self.names([value]).get(value, value)


def _is_number(text: str) -> bool:
    """A row number that a database can hold."""
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _BIGGEST


def _listed(words: Mapping[str, str]) -> Names:
    return lambda keys: {key: words[key] for key in keys if key in words}


def _rows(model: type[Model]) -> Names:
    def names(keys: Collection[str]) -> dict[str, str]:
        numbers = [int(key) for key in keys if _is_number(key)]
        rows = model._default_manager.filter(pk__in=numbers).values_list("pk", "name")
        return {str(pk): str(name) for pk, name in rows}

    return names


def _cases(*cases: When, default: str) -> Case:
    return Case(*cases, default=Value(default), output_field=CharField())


MET = {
    "met": "按期",
    "late": "逾期",
    "revised": "发布后又修订，期限另计",
    "none": "没有法定期限",
}
SECTION = Dimension("section", "责任科室", F("section_id"), _rows(Section), by_id=True)
BODY = Dimension("body", "机关", F("body_id"), _rows(Body), by_id=True)
RECORD_CLASS = Dimension(
    "class",
    "信息分类",
    Coalesce(F("catalog_class__parent_id"), F("catalog_class_id")),
    _rows(CatalogClass),
    missing="未分类",
    by_id=True,
)
ENTRY_CLASS = Dimension(
    "class", "信息分类", F("top_class_id"), _rows(CatalogClass), missing="未分类", by_id=True
)
ATTRIBUTE = Dimension(
    "attribute",
    "公开属性",
    F("attribute"),
    _listed(dict(Attribute.choices)),
    order=tuple(Attribute.values),
)
RECORD_STATE = Dimension(
    "state",
    "现在的状态",
    F("state"),
    _listed(dict(RecordState.choices)),
    order=tuple(RecordState.values),
)
ENTRY_STATE = Dimension(
    "state",
    "现在的状态",
    F("state"),
    _listed(dict(EntryState.choices)),
    order=tuple(EntryState.values),
)
# A change after publication restarts the term (Art. 26): the due date kept with the record is
# then the revision's, and cannot judge the day on which the paper first came out.
PUBLISHED_MET = Dimension(
    "met",
    "公开期限",
    _cases(
        When(record__publish_due_on__isnull=True, then=Value("none")),
        When(record__changed_on__gt=F("published_on"), then=Value("revised")),
        When(published_on__lte=F("record__publish_due_on"), then=Value("met")),
        default="late",
    ),
    _listed(MET),
    order=tuple(MET),
)
ANSWERED_MET = Dimension(
    "met",
    "答复期限",
    _cases(
        When(in_time=True, then=Value("met")),
        When(in_time=False, then=Value("late")),
        default="none",
    ),
    _listed({**MET, "none": "期限未起算"}),
    order=tuple(MET),
)
REQUEST_SECTION = Dimension(
    "section", "承办科室", F("section_id"), _rows(Section), missing="未交办", by_id=True
)
CHANNEL = Dimension(
    "channel",
    "渠道",
    F("channel"),
    _listed({channel.value: channel.label for channel in Channel}),
    order=tuple(channel.value for channel in Channel),
)
APPLICANT = Dimension(
    "applicant",
    "申请人类型",
    F("applicant__kind"),
    _listed({kind.value: kind.label for kind in ApplicantKind}),
    order=tuple(kind.value for kind in ApplicantKind),
)
OUTCOME = Dimension(
    "outcome",
    "办理结果",
    F("outcome"),
    _listed({key: outcome.label for key, outcome in BY_KEY.items()}),
    missing="还没有结果",
)
REQUEST_STATE = Dimension(
    "state",
    "现在的状态",
    F("state"),
    _listed(dict(RequestState.choices)),
    order=tuple(RequestState.values),
)
