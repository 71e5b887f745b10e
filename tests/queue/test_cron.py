"""Schedules, and periodic jobs kept in rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.queue import cron
from gongkai.queue.flow import SUCCEEDED
from gongkai.queue.models import CronRow, Job
from gongkai.queue.run import drain
from gongkai.queue.schedule import parse
from tests.queue import sample_tasks as tasks
from tests.queue.conftest import Clock

BEIJING = ZoneInfo("Asia/Shanghai")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("schedule", "moment", "expected"),
    [
        ("every 30s", "2026-11-23T09:00:10", "2026-11-23T09:00:40"),
        ("every 2h", "2026-11-23T23:00:00", "2026-11-24T01:00:00"),
        ("* * * * *", "2026-11-23T09:00:00", "2026-11-23T09:01:00"),
        ("10 3 * * *", "2026-11-23T03:10:00", "2026-11-24T03:10:00"),
        ("10 3 * * *", "2026-11-23T03:09:59", "2026-11-23T03:10:00"),
        ("*/15 8-18 * * 1-5", "2026-11-20T18:50:00", "2026-11-23T08:00:00"),
        ("0 0 1 1 *", "2026-11-23T00:00:00", "2027-01-01T00:00:00"),
        ("0 0 29 2 *", "2026-11-23T00:00:00", "2028-02-29T00:00:00"),
        ("0 0 31 * *", "2026-11-23T00:00:00", "2026-12-31T00:00:00"),
        ("0 9 * * 0", "2026-11-23T00:00:00", "2026-11-29T09:00:00"),
        ("0 9 * * 7", "2026-11-23T00:00:00", "2026-11-29T09:00:00"),
        ("0 9 1 * 1", "2026-11-24T00:00:00", "2026-11-30T09:00:00"),
        ("5/20 * * * *", "2026-11-23T09:26:00", "2026-11-23T09:45:00"),
        ("0,30 9,21 * * *", "2026-11-23T09:30:00", "2026-11-23T21:00:00"),
    ],
)
def test_next(schedule: str, moment: str, expected: str) -> None:
    assert parse(schedule).after(_at(moment)) == _at(expected)


@pytest.mark.parametrize(
    "text",
    ["", "every", "every 0s", "every -1s", "every 5w", "* * * *", "60 * * * *", "* 24 * * *",
     "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *", "a * * * *"],
)  # fmt: skip
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


def test_never_due_is_said() -> None:
    with pytest.raises(ValueError, match="never"):
        parse("0 0 30 2 *").after(_at("2026-11-23T00:00:00"))


@given(
    minute=st.integers(0, 59),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    moment=st.datetimes(datetime(2004, 1, 1), datetime(2040, 1, 1)),
)
def test_the_next_is_later_fits_and_nothing_fitting_lies_between(
    minute: int, hour: int, weekday: int, moment: datetime
) -> None:
    start = moment.replace(tzinfo=UTC)
    found = parse(f"{minute} {hour} * * {weekday}").after(start)
    assert (found.minute, found.hour, found.isoweekday() % 7) == (minute, hour, weekday)
    assert timedelta(0) < found - start <= timedelta(days=7)


@pytest.mark.django_db
def test_a_periodic_job_runs_when_due_once_and_is_made_up_once(
    seen: list[Any], clock: Clock
) -> None:
    cron.register("hourly", tasks.note_act, "every 1h")
    assert cron.tick(now=clock()) == []  # planned
    assert drain() == []
    clock.tick(3600)
    assert cron.tick(now=clock()) == ["hourly"]
    assert cron.tick(now=clock()) == []
    assert drain() == [SUCCEEDED]
    clock.tick(10 * 3600)
    assert drain() == [SUCCEEDED]
    assert drain() == []
    row = CronRow.objects.get()
    assert (row.last_at, row.next_at) == (clock(), clock() + timedelta(hours=1))


@pytest.mark.django_db
def test_a_run_that_still_waits_is_not_doubled(seen: list[Any], clock: Clock) -> None:
    cron.register("hourly", tasks.note_act, "every 1h")
    cron.tick(now=clock())
    for _ in range(3):
        cron.tick(now=clock.tick(3600))
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_changed_schedule_is_planned_anew_in_local_time(seen: list[Any], clock: Clock) -> None:
    cron.register("nightly", tasks.note_act, "every 1h")
    cron.tick(now=clock())
    cron.register("nightly", tasks.note_act, "10 3 * * *")
    cron.tick(now=clock())
    assert CronRow.objects.get().next_at == _at("2026-11-24T03:10:00")


def test_the_queue_registers_its_own_purge() -> None:
    assert "queue.purge" in [periodic.name for periodic in cron.registered()]
