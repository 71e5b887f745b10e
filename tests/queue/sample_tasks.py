"""Tasks the queue's tests run."""

from __future__ import annotations

from typing import Any

from django_tasks import task
from django_tasks.base import TaskContext

from gongkai.kit.act import current
from gongkai.kit.refusal import Refusal
from gongkai.queue.errors import GiveUpError
from gongkai.queue.models import CronRow
from gongkai.queue.tasktype import JobContext

SEEN: list[Any] = []


@task
def note(value: object) -> object:
    SEEN.append(value)
    return value


@task(unique=True)
def note_once(value: object) -> None:
    SEEN.append(value)


@task
async def note_async(value: object) -> None:
    SEEN.append(value)


@task
def note_act() -> None:
    SEEN.append(current())


@task(max_attempts=3)
def fail() -> None:
    SEEN.append("tried")
    raise ValueError("不行")


@task
def give_up() -> None:
    raise GiveUpError("没用")


@task
def refuse() -> None:
    raise Refusal("x", "不可以。")


@task
def not_json() -> object:
    return object()


@task(takes_context=True)
def climb(context: TaskContext, steps: int) -> int:
    assert isinstance(context, JobContext)
    start = context.cursor or 0
    for step in range(start, steps):
        SEEN.append(step)
        context.checkpoint(done=step + 1, total=steps, note=f"第{step + 1}步", cursor=step + 1)
    return start


@task(atomic=True)
def write_row(name: str, fails: bool) -> None:
    """Writes a row of the queue's own (any table would do), then perhaps fails."""
    CronRow.objects.create(name=name, schedule="", next_at="2026-01-01T00:00:00+00:00")
    if fails:
        raise ValueError(name)


def not_a_task() -> None:
    SEEN.append("called")
