"""The figures of a bulletin: plain whole numbers and texts, so that they can be frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.assessment import activities
from gongkai.law.workdays import Calendar
from gongkai.orgs.models import Body, Section
from gongkai.reporting.statistics import counting, scope
from gongkai.reporting.statistics.counting import Counted, Question
from gongkai.reporting.statistics.dimensions import NONE
from gongkai.reporting.statistics.measures import BY_KEY
from gongkai.reporting.statistics.period import Period

_COUNTED = ("formed", "published", "received", "answered", "late_records", "late_requests")
SECTION_HEADS = ("科室", "公开（条）", "答复（件）", "超期未公开", "超期未答复")


def figures_of(body: Body, period: Period, today: date, calendar: Calendar) -> dict[str, Any]:
    """Everything a bulletin tells, as JSON keeps it: whole numbers, texts, lists of pairs."""
    everything = scope.whole(body)
    found = {
        key: counting.count(Question(BY_KEY[key], period, everything, today), calendar)
        for key in _COUNTED
    }
    held = activities.counts(body, period.first, period.last)
    return {
        "totals": {key: answer.total for key, answer in found.items()},
        "attributes": _pairs(found["formed"], "attribute"),
        "classes": _pairs(found["published"], "class"),
        "outcomes": _pairs(found["answered"], "outcome"),
        "published_met": _values(found["published"], "met"),
        "answered_met": _values(found["answered"], "met"),
        "published_days": _days(found["published"]),
        "answered_days": _days(found["answered"]),
        "sections": _sections(body, found),
        "activities": [[each.label, each.count, each.attendance, each.copies] for each in held],
    }


def _cells(answer: Counted, key: str) -> tuple[counting.Cell, ...]:
    return next(each.cells for each in answer.breakdowns if each.key == key)


def _pairs(answer: Counted, key: str) -> list[list[object]]:
    return [[cell.label, cell.count] for cell in _cells(answer, key)]


def _values(answer: Counted, key: str) -> dict[str, int]:
    return {cell.value: cell.count for cell in _cells(answer, key)}


def _days(answer: Counted) -> dict[str, str]:
    """Median and 90th percentile as texts: a half day would not survive as a number."""
    spread = answer.spread
    return {"median": spread.median_words, "p90": str(spread.p90)} if spread else {}


def _sections(body: Body, found: Mapping[str, Counted]) -> list[list[object]]:
    """A row for each section in which anything was: name, published, answered, late, late."""
    keys = ("published", "answered", "late_records", "late_requests")
    counts = {key: _values(found[key], "section") for key in keys}
    names = {str(s.pk): s.name for s in Section.objects.filter(body=body).order_by("ordinal")}
    rows: list[list[object]] = []
    for value, name in {**names, NONE: "未定科室"}.items():
        numbers = [counts[key].get(value, 0) for key in keys]
        if any(numbers):
            rows.append([name, *numbers])
    return rows
