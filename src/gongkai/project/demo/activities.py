"""The register of activities of 2008: meetings, training, the weekly seminar, leaflets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from gongkai.assessment.actions.activities import record_activity
from gongkai.assessment.activities import ActivityText
from gongkai.project.demo.content import fill, table
from gongkai.project.demo.steps import Staff

ONE_WEEK = timedelta(days=7)


def load(staff: Staff, *, now: datetime) -> int:
    """Enter them in the order of their days; how many."""
    texts = sorted(_texts(), key=lambda text: text.held_on)
    for text in texts:
        record_activity(body=staff.body, text=text, by=staff.office, now=now)
    return len(texts)


def _texts() -> Iterator[ActivityText]:
    content = table("activities")
    for row in content["one"]:
        yield ActivityText(**row)
    yield from _weekly(content["weekly"])


def _weekly(row: Mapping[str, Any]) -> Iterator[ActivityText]:
    """One seminar a week from the first day to the last."""
    given = {k: v for k, v in row.items() if k not in ("first", "last", "subject")}
    day, week = row["first"], 1
    while day <= row["last"]:
        subject = fill(row["subject"], {"week": week})
        yield ActivityText(subject=subject, held_on=day, **given)
        day, week = day + ONE_WEEK, week + 1
