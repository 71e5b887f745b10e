"""What is counted: a table of measures, each with its rows, its day and what it is broken down by.

A figure, its break-downs and its rows are one query with more or fewer conditions, so the list
behind a figure is as long as the figure says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, QuerySet, When

from gongkai.disclosure.casework import OPEN_STATES
from gongkai.records.deadline import OPEN_STATES as OPEN_RECORDS
from gongkai.reporting.statistics import dimensions as dim
from gongkai.reporting.statistics.dimensions import Dimension
from gongkai.reporting.statistics.scope import Scope

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """What is measured in working days: from a day to another (today when `end` is None).

    `of` narrows to a dimension's values: how long took what had a term to keep.
    """

    label: str
    start: Any
    end: Any | None
    of: tuple[Dimension, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing counted. `rows(scope, today)` are all of them, `day` says in which period each."""

    key: str
    label: str
    noun: str
    sentence: str
    rows: Callable[[Scope, date], Rows]
    day: str
    dimensions: tuple[Dimension, ...]
    gap: Gap | None = None
    # Which list shows the rows: "record", "entry" or "request".
    lists: str = "record"

    def dimension(self, key: str) -> Dimension | None:
        """The dimension of this key, if the measure has it."""
        return next((each for each in self.dimensions if each.key == key), None)


def _owed(scope: Scope, today: date) -> Rows:
    """As `records.queries.due`: proactive or undecided, never published, with a due date."""
    rows = scope.records.filter(state__in=OPEN_RECORDS, publish_due_on__isnull=False)
    rows = rows.filter(first_published_on__isnull=True, index_number="")
    return rows.exclude(attribute__in=["on_request", "withheld"])


def _cases(scope: Scope, today: date) -> Rows:
    """Requests to be answered whose clock has given a due date."""
    return scope.requests.filter(state__in=OPEN_STATES, due_on__isnull=False)


# The day from which the 20 working days run (Art. 26): made, or changed before publication.
_FORMED = Case(
    When(changed_on__gt=F("created_on"), changed_on__lte=F("published_on"), then=F("changed_on")),
    default=F("created_on"),
    output_field=DateField(),
)
MEASURES = (
    Measure(
        "published",
        "公开的信息",
        "条",
        "按发布日期计；从旧平台转来的按原发布日期，撤下的也计入。",
        lambda scope, today: scope.entries,
        "published_on",
        (dim.SECTION, dim.ENTRY_CLASS, dim.PUBLISHED_MET, dim.ENTRY_STATE),
        Gap(
            "有法定期限的，从形成（变更）到公开",
            _FORMED,
            F("published_on"),
            (dim.PUBLISHED_MET, ("met", "late")),
        ),
        lists="entry",
    ),
    Measure(
        "formed",
        "形成的信息",
        "条",
        "按生成日期计；包括还没有定属性的。",
        lambda scope, today: scope.records,
        "created_on",
        (dim.SECTION, dim.RECORD_CLASS, dim.ATTRIBUTE, dim.RECORD_STATE),
    ),
    Measure(
        "received",
        "收到的申请",
        "件",
        "按收到申请之日计；还没有确定收到之日的不计。",
        lambda scope, today: scope.requests.filter(received_on__isnull=False),
        "received_on",
        (dim.REQUEST_SECTION, dim.CHANNEL, dim.APPLICANT, dim.OUTCOME, dim.REQUEST_STATE),
        lists="request",
    ),
    Measure(
        "answered",
        "答复的申请",
        "件",
        "按答复日期计；合并办理的只计并入的那一件。",
        lambda scope, today: scope.requests.filter(replied_on__isnull=False),
        "replied_on",
        (dim.REQUEST_SECTION, dim.OUTCOME, dim.ANSWERED_MET, dim.CHANNEL, dim.APPLICANT),
        Gap("从收到到答复（停表的日子也计入）", F("received_on"), F("replied_on")),
        lists="request",
    ),
    Measure(
        "due_records",
        "待公开的信息",
        "条",
        "公开期限在这段时间里、还没有公开的，超期的也计入。",
        _owed,
        "publish_due_on",
        (dim.SECTION, dim.RECORD_CLASS, dim.RECORD_STATE),
    ),
    Measure(
        "due_requests",
        "待答复的申请",
        "件",
        "答复期限在这段时间里、还没有答复的，超期的也计入；期限没有起算的不计。",
        _cases,
        "due_on",
        (dim.REQUEST_SECTION, dim.CHANNEL, dim.APPLICANT, dim.REQUEST_STATE),
        lists="request",
    ),
    Measure(
        "late_records",
        "超期未公开",
        "条",
        "公开期限在这段时间里、到今天还没有公开的。",
        lambda scope, today: _owed(scope, today).filter(publish_due_on__lt=today),
        "publish_due_on",
        (dim.SECTION, dim.RECORD_CLASS, dim.RECORD_STATE),
        Gap("已超过期限", F("publish_due_on"), None),
    ),
    Measure(
        "late_requests",
        "超期未答复",
        "件",
        "答复期限在这段时间里、到今天还没有答复的。",
        lambda scope, today: _cases(scope, today).filter(due_on__lt=today),
        "due_on",
        (dim.REQUEST_SECTION, dim.CHANNEL, dim.APPLICANT, dim.REQUEST_STATE),
        Gap("已超过期限", F("due_on"), None),
        lists="request",
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}
