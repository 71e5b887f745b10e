"""The line of days says exactly what the clock counts, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosure.clock_line import Line, Turn, drawn
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.clock import Clock, ClockEvent, Kind, run
from gongkai.law.workdays import Calendar
from tests.law.conftest import package_notices

CALENDAR = Calendar.build(package_notices())
DAY = timedelta(days=1)
MOVES = st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(0, 20)), max_size=6)


def story(received: date, moves: list[tuple[Kind, int]]) -> tuple[Clock, list[ClockEvent]]:
    """The clock after those of the moves that the law allows, in their order."""
    law, day = in_force(received), received
    events: list[ClockEvent] = []
    clock = run(received, [], law=law, calendar=CALENDAR)
    for kind, later in moves:
        day += later * DAY
        due = day + 15 * DAY if kind in (Kind.SUPPLEMENT_ASKED, Kind.DELAYED) else None
        event = ClockEvent(kind, day, days=5, due_on=due, ref="甲", reason="有理由")
        try:
            clock = run(received, [*events, event], law=law, calendar=CALENDAR)
        except Refusal:
            continue
        events.append(event)
    return clock, events


def line_of(received: date, moves: list[tuple[Kind, int]], today: date) -> tuple[Line, Clock]:
    clock, events = story(received, moves)
    start = Turn(1, received, "收到申请", "次日起算", "第三十一条")
    return drawn(start, clock, events, max(today, *(e.on for e in events), received)), clock


@given(st.dates(date(2012, 1, 1), date(2024, 12, 31)), MOVES, st.integers(0, 60))
def test_counted_days_are_those_of_the_due_date(
    received: date, moves: list[tuple[Kind, int]], passed: int
) -> None:
    line, clock = line_of(received, moves, received + passed * DAY)
    days = {
        stretch.first + n * DAY: stretch.kind
        for stretch in line.stretches
        for n in range(stretch.days)
    }
    assert list(days) == [line.first + n * DAY for n in range((line.last - line.first).days + 1)]
    assert sum(s.width for s in line.stretches) == pytest.approx(1000, abs=1)
    due = clock.due
    if due is not None:
        assert [d for d, kind in days.items() if kind == "counted"] == list(due.counted)
    assert all(a.on <= b.on for a, b in zip(line.turns, line.turns[1:], strict=False))


def test_a_late_case_shows_its_late_days() -> None:
    line, clock = line_of(date(2024, 3, 1), [], date(2024, 4, 15))
    assert clock.due is not None
    assert line.stretches[-1].kind == "late" and line.stretches[-1].first == clock.due.on + DAY
    assert [turn.tone for turn in line.turns] == ["", "overdue", "today"]
