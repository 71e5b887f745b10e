"""The progress board: done, due and late by section, the week's changes, what to decide, what next.

All figures are of one body. A figure names the question it answers, so that the desk can open the
rows behind it; the board itself is a plain value and can be printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from gongkai.assessment import activities
from gongkai.assessment.activities import ActivityLine
from gongkai.disclosure.models import Letter, LetterState
from gongkai.law.letters import LETTERS
from gongkai.law.workdays import Calendar
from gongkai.orgs.models import Body, Section
from gongkai.reporting.statistics import counting
from gongkai.reporting.statistics.counting import Question, Span
from gongkai.reporting.statistics.measures import BY_KEY
from gongkai.reporting.statistics.period import Period, quarter
from gongkai.reporting.statistics.scope import Scope
from gongkai.review.models import ReviewSheet, SheetState

SOON_DAYS = 7
SHOWN = 8
_LONG_AGO = date(1999, 1, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word and the question behind it."""

    label: str
    count: int
    measure: str
    period: Period
    section: str = ""


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section: published and answered this year; what is owed, of it due soon and late.

    `owed…` are records to publish, `cases…` requests to answer whose term runs.
    """

    value: str
    label: str
    published: int
    owed: int
    owed_soon: int
    owed_late: int
    answered: int
    cases: int
    cases_soon: int
    cases_late: int


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the leader: what it is, since when, where it is done.

    `kind` is "sheet" or "letter"; `uuid` and `pk` lead to it.
    """

    kind: str
    label: str
    note: str
    since: date | None
    uuid: str
    pk: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day something runs out; `kind` is "record" or "request"."""

    kind: str
    label: str
    section: str
    due_on: date
    uuid: str


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board of a day."""

    body: str
    today: date
    year: Period
    week: Period
    soon: Period
    sections: tuple[SectionLine, ...]
    sums: SectionLine
    changes: tuple[Figure, ...]
    months: tuple[Span, ...]
    tasks: tuple[Task, ...]
    tasks_total: int
    deadlines: tuple[Deadline, ...]
    activities: tuple[ActivityLine, ...]


def board_of(body: Body, scope: Scope, today: date, calendar: Calendar) -> Board:
    """The board of a body as it stands today."""
    year = Period(date(today.year, 1, 1), today)
    week = Period(today - timedelta(days=6), today)
    tasks, total = _tasks(body)
    lines = _sections(scope, year, today)
    published = Question(BY_KEY["published"], year, scope, today)
    quarter_now = quarter(today.year, (today.month + 2) // 3)
    return Board(
        body=body.name,
        today=today,
        year=year,
        week=week,
        soon=Period(today, today + timedelta(days=SOON_DAYS)),
        sections=lines,
        sums=_sum(lines),
        changes=_changes(scope, week, today),
        months=counting.count(published, calendar).spans,
        tasks=tasks,
        tasks_total=total,
        deadlines=_deadlines(scope, today),
        activities=activities.counts(body, quarter_now.first, today),
    )


def _sum(lines: tuple[SectionLine, ...]) -> SectionLine:
    names = [n for n in SectionLine.__dataclass_fields__ if n not in ("value", "label")]
    return SectionLine("", "合计", *(sum(getattr(line, name) for line in lines) for name in names))


def _rows(measure: str, scope: Scope, today: date) -> Any:
    return BY_KEY[measure].rows(scope, today)


def _by_section(rows: Any, day: str, today: date) -> dict[int | None, tuple[int, int, int]]:
    near = today + timedelta(days=SOON_DAYS)
    counted = (
        rows.order_by()
        .values_list("section_id")
        .annotate(
            n=Count("pk"),
            soon=Count("pk", filter=Q(**{f"{day}__gte": today, f"{day}__lte": near})),
            late=Count("pk", filter=Q(**{f"{day}__lt": today})),
        )
    )
    return {key: (n, soon, late) for key, n, soon, late in counted}


def _done(rows: Any, day: str, year: Period) -> dict[int | None, int]:
    between = {f"{day}__gte": year.first, f"{day}__lte": year.last}
    return dict(rows.filter(**between).order_by().values_list("section_id").annotate(n=Count("pk")))


def _sections(scope: Scope, year: Period, today: date) -> tuple[SectionLine, ...]:
    """Every section of the body in its order, and what belongs to none."""
    owed = _by_section(_rows("due_records", scope, today), "publish_due_on", today)
    cases = _by_section(_rows("due_requests", scope, today), "due_on", today)
    published = _done(scope.entries, "published_on", year)
    answered = _done(scope.requests, "replied_on", year)
    rows = Section.objects.filter(body=scope.body).order_by("ordinal", "code")
    found = []
    for row in (*rows, None):
        key = row.pk if row else None
        line = SectionLine(
            str(key) if key else "-",
            row.name if row else "未定科室",
            published.get(key, 0),
            *owed.get(key, (0, 0, 0)),
            answered.get(key, 0),
            *cases.get(key, (0, 0, 0)),
        )
        if any((line.published, line.owed, line.answered, line.cases)) or (row and row.is_active):
            found.append(line)
    return tuple(found)


def _changes(scope: Scope, week: Period, today: date) -> tuple[Figure, ...]:
    """What came in, went out and ran out within the last seven days."""
    yesterday = today - timedelta(days=1)
    ran_out = Period(week.first - timedelta(days=1), yesterday)
    wanted = (
        ("新形成的信息", "formed", week),
        ("公开的信息", "published", week),
        ("收到的申请", "received", week),
        ("答复的申请", "answered", week),
        ("新超期未公开", "late_records", ran_out),
        ("新超期未答复", "late_requests", ran_out),
    )
    return tuple(
        Figure(
            label,
            counting.total(Question(BY_KEY[measure], period, scope, today)),
            measure,
            period,
        )
        for label, measure, period in wanted
    )


def _tasks(body: Body) -> tuple[tuple[Task, ...], int]:
    """Review sheets and letters that wait for the leader, the longest waiting first."""
    sheets = ReviewSheet.objects.filter(body=body, state=SheetState.VERIFIED)
    letters = Letter.objects.filter(body=body, state=LetterState.SUBMITTED)
    total = sheets.count() + letters.count()
    first = sheets.select_related("record").order_by("verified_at", "id")[:SHOWN]
    tasks = [
        Task(
            "sheet",
            sheet.record.title,
            "确定公开属性",
            sheet.verified_at.date() if sheet.verified_at else None,
            str(sheet.record.uuid),
            sheet.pk,
        )
        for sheet in first
    ]
    # The register number only: what an applicant asked for is not for a printed page.
    for letter in letters.select_related("request").order_by("drafted_at", "id")[:SHOWN]:
        kind = LETTERS[letter.kind].label if letter.kind in LETTERS else letter.kind
        number = letter.request.number
        day = letter.drafted_at.date()
        uuid = str(letter.request.uuid)
        tasks.append(Task("letter", f"{number} {kind}", "审批文书", day, uuid, letter.pk))
    tasks.sort(key=lambda task: (task.since or _LONG_AGO, task.kind, task.pk))
    return tuple(tasks[:SHOWN]), total


def _deadlines(scope: Scope, today: date) -> tuple[Deadline, ...]:
    """The next days on which something runs out, today's first; what is late stands elsewhere."""
    owed = _rows("due_records", scope, today).filter(publish_due_on__gte=today)
    owed = owed.select_related("section")
    found = [
        Deadline(
            "record",
            row.title,
            row.section.name if row.section else "",
            row.publish_due_on,
            str(row.uuid),
        )
        for row in owed.order_by("publish_due_on", "id")[:SHOWN]
    ]
    open_ones = _rows("due_requests", scope, today).filter(due_on__gte=today)
    rows = open_ones.select_related("section").order_by("due_on", "id")
    found += [
        Deadline(
            "request",
            f"申请 {row.number}",
            row.section.name if row.section else "",
            row.due_on,
            str(row.uuid),
        )
        for row in rows[:SHOWN]
    ]
    found.sort(key=lambda each: (each.due_on, each.kind, each.label))
    return tuple(found[:SHOWN])
