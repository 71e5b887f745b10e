"""Figures of a body that are read from its published papers: mechanisms, guide, yearly report."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from gongkai.assessment.measures.scope import Happened, Row, Scope, Tally
from gongkai.catalog.models import CatalogEntry, EntryState, Guide
from gongkai.law import in_force
from gongkai.law.assessment.mechanisms import MECHANISMS, recognised
from gongkai.law.duties import Reporter, annual_report_due
from gongkai.law.guide import check_guide, guide_items
from gongkai.law.workdays import Calendar
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body, BodyLevel
from gongkai.records.choices import Column


def _measures(scope: Scope) -> dict[int, dict[str, str]]:
    """body → mechanism → title of the published measure, in one query."""
    entries = CatalogEntry.objects.filter(
        column=Column.MEASURES,
        state=EntryState.PUBLISHED,
        body__in=scope.targets,
        published_on__lt=scope.until,
    )
    titles: dict[int, list[str]] = defaultdict(list)
    for body, title in entries.order_by("published_on", "pk").values_list("body_id", "title"):
        titles[body].append(title)
    return {target: recognised(titles[target]) for target in scope.targets}


def mechanisms(scope: Scope) -> Tally:
    """How many of the nine stand published; says nothing about sections."""
    if scope.of_sections:
        return {}
    return {body: (len(found), len(MECHANISMS)) for body, found in _measures(scope).items()}


def mechanism_rows(scope: Scope, target: int) -> list[Row]:
    """Each mechanism with the paper it is recognised by."""
    found = _measures(scope).get(target, {})
    return [
        Row(m.label, m.key in found, None, found.get(m.key, "没有公布"),
            ref=_mechanism_ref(target, m.key, scope))
        for m in MECHANISMS
    ]  # fmt: skip


def mechanisms_missing(scope: Scope) -> Happened:
    """A reference for each that is missing."""
    if scope.of_sections:
        return {}
    return {
        body: [_mechanism_ref(body, m.key, scope) for m in MECHANISMS if m.key not in found]
        for body, found in _measures(scope).items()
    }


def _mechanism_ref(body: int, key: str, scope: Scope) -> str:
    return f"mechanism:{body}:{key}:{scope.start.year}"


def _guides(scope: Scope) -> dict[int, Guide]:
    _, until = scope.moments
    rows = Guide.objects.filter(
        body__in=scope.targets, is_draft=False, published_at__lt=until
    ).order_by("number")
    return {guide.body_id: guide for guide in rows}


def guide_current(scope: Scope) -> Tally:
    """The items of the guide that the law asks for, and those the published one has (Art. 12)."""
    if scope.of_sections:
        return {}
    guides, found = _guides(scope), {}
    for body in Body.objects.filter(pk__in=scope.targets):
        law = in_force(scope.until - timedelta(days=1), region=body.region)
        required = sum(item.required for item in guide_items(law))
        guide = guides.get(body.pk)
        gaps = [g for g in check_guide(guide.content if guide else {}, law=law) if g.blocking]
        found[body.pk] = (required - len(gaps), required)
    return found


def guide_rows(scope: Scope, target: int) -> list[Row]:
    """Each item the law asks for."""
    body = Body.objects.get(pk=target)
    law = in_force(scope.until - timedelta(days=1), region=body.region)
    guide = _guides(scope).get(target)
    missing = {g.key for g in check_guide(guide.content if guide else {}, law=law)}
    where = f"第{guide.number}版" if guide else "没有公布指南"
    return [
        Row(item.label, item.key not in missing, None, where)
        for item in guide_items(law)
        if item.required
    ]


def _years_due(body: Body, scope: Scope, days: Calendar) -> list[tuple[int, date]]:
    """The statistical years whose report fell due in the period, with the day."""
    is_department = body.level == BodyLevel.BUREAU
    reporter = Reporter.DEPARTMENT if is_department else Reporter.GOVERNMENT
    years = range(max(scope.start.year - 1, 2008), scope.passed.year + 1)
    listed = [(y, annual_report_due(y, reporter, calendar=days).due.on) for y in years]
    return [(year, on) for year, on in listed if scope.start <= on < scope.passed]


def _reports(scope: Scope) -> dict[int, list[tuple[str, date]]]:
    rows = CatalogEntry.objects.filter(
        column=Column.ANNUAL_REPORT, state=EntryState.PUBLISHED, body__in=scope.targets
    )
    found: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for body, title, on in rows.order_by("published_on").values_list(
        "body_id", "title", "published_on"
    ):
        found[body].append((title, on))
    return found


def _report_lines(scope: Scope) -> dict[int, list[tuple[int, date, date | None]]]:
    """body → (year, due, published) for each report that fell due; nothing about sections."""
    if scope.of_sections:
        return {}
    reports, days = _reports(scope), calendar()
    lines: dict[int, list[tuple[int, date, date | None]]] = {}
    for body in Body.objects.filter(pk__in=scope.targets):
        lines[body.pk] = [
            (year, due, next((on for t, on in reports[body.pk] if str(year) in t), None))
            for year, due in _years_due(body, scope, days)
        ]
    return lines


def report_in_time(scope: Scope) -> Tally:
    """Yearly reports due in the period, and those published by their day (Art. 49)."""
    return {
        body: (sum(on is not None and on <= due for _y, due, on in lines), len(lines))
        for body, lines in _report_lines(scope).items()
    }


def report_rows(scope: Scope, target: int) -> list[Row]:
    """Each report with its day."""
    return [
        Row(
            f"{year}年度报告",
            on is not None and on <= due,
            on,
            f"期限{due}，{f'{on}公布' if on else '没有公布'}",
            ref=f"report:{target}:{year}",
        )
        for year, due, on in _report_lines(scope).get(target, [])
    ]


def reports_late(scope: Scope) -> Happened:
    """A reference for each report that came late or not."""
    return {
        body: [f"report:{body}:{year}" for year, due, on in lines if on is None or on > due]
        for body, lines in _report_lines(scope).items()
    }
