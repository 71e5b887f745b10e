"""Enqueue, run, retry, bury, cancel, resume, purge."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from gongkai.kit.act import act
from gongkai.kit.refusal import Refusal
from gongkai.queue import queries
from gongkai.queue.actions import control, lease
from gongkai.queue.actions.enqueue import enqueue
from gongkai.queue.flow import CANCELLED, DEAD, READY, RUNNING, SUCCEEDED
from gongkai.queue.models import CronRow, Job
from gongkai.queue.run import drain, run
from tests.queue import sample_tasks as tasks
from tests.queue.conftest import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _claim(worker: str = "w", seconds: float = 60) -> Job:
    job = lease.claim(worker=worker, lease=timedelta(seconds=seconds))
    assert job is not None
    return job


def test_a_result_comes_back(seen: list[Any], clock: Clock) -> None:
    result = tasks.note.enqueue({"甲": [1, 2]})
    assert (result.status, result.enqueued_at) == (TaskResultStatus.READY, clock())
    assert drain() == [SUCCEEDED]
    result.refresh()
    assert result.return_value == {"甲": [1, 2]}
    assert result.attempts == 1
    assert tasks.note.get_result(result.id).status == TaskResultStatus.SUCCESSFUL
    with pytest.raises(TaskResultMismatch):
        tasks.fail.get_result(result.id)
    for wrong in (str(uuid4()), "nonsense"):
        with pytest.raises(TaskResultDoesNotExist):
            tasks.note.get_result(wrong)


def test_a_transaction_that_is_undone_enqueues_nothing(seen: list[Any]) -> None:
    with pytest.raises(KeyError), transaction.atomic():
        tasks.note.enqueue(1)
        raise KeyError
    assert drain() == []
    assert seen == []


def test_order_priority_due_time_then_age(seen: list[Any], clock: Clock) -> None:
    tasks.note.enqueue("old")
    tasks.note.using(run_after=clock() + timedelta(hours=1)).enqueue("later")
    tasks.note.using(priority=5).enqueue("urgent")
    tasks.note.enqueue("new")
    tasks.note.using(queue_name="other").enqueue("other")
    tasks.note_async.using(priority=-5).enqueue("async")
    drain()
    assert seen == ["urgent", "old", "new", "other", "async"]
    clock.tick(3600)
    drain()
    assert seen[-1] == "later"


def test_only_the_queues_asked_for(seen: list[Any]) -> None:
    tasks.note.enqueue(1)
    tasks.note.using(queue_name="slow").enqueue(2)
    assert lease.claim(worker="w", queues=["none"]) is None
    job = lease.claim(worker="w", queues=["slow"])
    assert job is not None
    assert job.args == [2]


def test_a_failing_job_is_tried_again_later_each_time_and_then_buried(
    seen: list[Any], clock: Clock
) -> None:
    result = tasks.fail.enqueue()
    assert drain() == [READY]
    for at_least, at_most, ended in ((4, 6, READY), (8, 12, DEAD)):
        clock.tick(at_least - 0.1)
        assert drain() == []
        clock.tick(at_most - at_least + 0.2)
        assert drain() == [ended]
    clock.tick(100_000)
    assert drain() == []
    assert seen == ["tried"] * 3
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert len(result.errors) == 3
    assert result.errors[0].exception_class is ValueError
    assert "不行" in result.errors[0].traceback


@pytest.mark.parametrize("attempts", range(1, 40))
def test_backoff_grows_and_is_bounded(attempts: int) -> None:
    exact = min(5 * 2 ** (attempts - 1), 3600)
    assert 0.8 * exact <= lease.backoff(attempts) <= 1.2 * exact


@pytest.mark.parametrize("name", ["give_up", "refuse"])
def test_what_trying_again_cannot_help_is_buried_at_once(name: str, seen: list[Any]) -> None:
    getattr(tasks, name).enqueue()
    assert drain() == [DEAD]


@pytest.mark.parametrize("path", ["not_a_task", "gone", "SEEN"])
def test_a_row_can_name_only_tasks(path: str, seen: list[Any]) -> None:
    tasks.note.enqueue(1)
    Job.objects.update(task=f"tests.queue.sample_tasks.{path}")
    assert drain() == [DEAD]
    assert seen == []


def test_a_result_that_is_no_json_is_a_failure(seen: list[Any]) -> None:
    tasks.not_json.enqueue()
    assert drain() == [READY]


def test_equal_calls_that_wait_are_one_job(seen: list[Any], clock: Clock) -> None:
    later = clock() + timedelta(hours=1)
    first = tasks.note_once.using(run_after=later).enqueue(1)
    second = tasks.note_once.enqueue(1)
    other = tasks.note_once.enqueue(2)
    assert first.id == second.id != other.id
    drain()
    assert sorted(seen) == [1, 2]  # the earlier time counts


def test_a_change_while_it_runs_runs_it_again_but_not_beside(seen: list[Any]) -> None:
    tasks.note_once.enqueue(1)
    running = _claim()
    tasks.note_once.enqueue(1)
    tasks.note_once.enqueue(1)
    assert Job.objects.count() == 2
    assert lease.claim(worker="v") is None
    run(running)
    assert drain() == [SUCCEEDED]
    assert seen == [1, 1]


def test_a_failed_job_whose_successor_waits_gives_way(seen: list[Any]) -> None:
    enqueue(tasks.fail, unique_key="k")
    running = _claim()
    newer = enqueue(tasks.note, args=[1], unique_key="k")
    assert newer.pk != running.pk
    assert run(running) == CANCELLED
    assert drain() == [SUCCEEDED]


def test_a_dead_workers_job_is_taken_over_and_the_dead_cannot_write(
    seen: list[Any], clock: Clock
) -> None:
    tasks.note.enqueue(1)
    lost = _claim("first")
    clock.tick(59)
    assert lease.renew(lost)
    clock.tick(59)
    assert lease.claim(worker="second") is None
    clock.tick(2)
    taken = _claim("second")
    assert (taken.pk, taken.attempts, taken.losses) == (lost.pk, 1, 1)
    assert not lease.renew(lost)
    assert not lease.succeed(lost, "late")
    assert not lease.fail(lost, {"exception_class_path": "x", "traceback": "y"})
    assert not lease.release(lost)
    assert run(taken) == SUCCEEDED
    assert Job.objects.get().worker_ids == ["first", "second"]
    assert run(lost) == "lost"
    assert Job.objects.get().result == 1


def test_lost_workers_are_no_attempts_and_cost_time_only_from_the_fourth_on(
    seen: list[Any], clock: Clock
) -> None:
    tasks.note.enqueue("lost")
    for losses in range(lease.LOSSES_AT_ONCE + 1):
        taken = _claim(f"w{losses}")
        assert (taken.attempts, taken.losses) == (1, losses)
        clock.tick(61)
    assert lease.claim(worker="too early") is None
    waiting = Job.objects.get()
    assert (waiting.state, waiting.attempts, waiting.losses) == (READY, 0, 4)
    clock.tick(7)
    assert drain() == [SUCCEEDED]
    assert seen == ["lost"]


def test_a_job_that_kills_its_workers_is_buried(seen: list[Any], clock: Clock) -> None:
    tasks.fail.enqueue()
    began = clock()
    while not Job.objects.filter(state=DEAD).exists():
        lease.claim(worker="w")
        clock.tick(61)
    assert timedelta(minutes=30) < clock() - began < timedelta(hours=3)
    buried = Job.objects.get()
    assert (buried.losses, buried.attempts) == (lease.MOST_LOSSES, 0)
    assert "20 次中途消失" in buried.errors[-1]["traceback"]
    tasks.note.enqueue("behind it")
    assert drain() == [SUCCEEDED]
    control.resume(uuid=buried.uuid, now=clock())
    assert Job.objects.get(pk=buried.pk).losses == 0


def test_a_job_that_gets_further_each_time_is_never_buried(seen: list[Any], clock: Clock) -> None:
    enqueue(tasks.climb, args=[5])
    for step in range(lease.MOST_LOSSES + 2):
        taken = _claim("w")
        assert lease.report(taken, done=step, total=99, note="", cursor=step)
        clock.tick(61)
    assert Job.objects.get().losses == 0
    assert _claim("w").losses == 1


def test_orphans_of_this_machine_are_freed_at_once(seen: list[Any]) -> None:
    tasks.note.enqueue(1)
    tasks.note.enqueue(2)
    _claim("alive")
    dead = _claim("dead")
    assert lease.free_orphans(is_dead=lambda name: name == "dead") == 1
    assert _claim("other").pk == dead.pk
    assert lease.claim(worker="other") is None


def test_effect_and_completion_commit_together(seen: list[Any], clock: Clock) -> None:
    tasks.write_row.enqueue("undone", True)
    tasks.write_row.enqueue("done", False)
    assert sorted(drain()) == [READY, SUCCEEDED]
    assert list(CronRow.objects.values_list("name", flat=True)) == ["done"]
    tasks.write_row.enqueue("twice", False)
    lost = _claim("first")
    clock.tick(61)
    taken = lease.claim(worker="second")
    while taken is not None and taken.pk != lost.pk:
        taken = lease.claim(worker="second")
    assert run(lost) == "lost"
    assert not CronRow.objects.filter(name="twice").exists()
    assert taken is not None
    assert run(taken) == SUCCEEDED
    assert CronRow.objects.filter(name="twice").exists()


def test_progress_cancel_and_resume_from_the_last_checkpoint(
    seen: list[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = enqueue(tasks.climb, args=[5])
    ticks = iter(range(0, 10_000, 2))
    monkeypatch.setattr("gongkai.queue.tasktype.time.monotonic", lambda: float(next(ticks)))

    def cancel_at_third() -> bool:
        if len(seen) == 3:
            control.cancel(uuid=job.uuid, now=clock())
        return False

    running = _claim()
    assert run(running, stopping=cancel_at_third) == CANCELLED
    job.refresh_from_db()
    assert (job.progress_done, job.progress_total, job.progress_note) == (3, 5, "第3步")
    assert job.finished_at == clock()
    control.resume(uuid=job.uuid, now=clock())
    assert drain() == [SUCCEEDED]
    assert seen == [0, 1, 2, 3, 4]
    job.refresh_from_db()
    assert (job.result, job.progress_done) == (3, 5)


def test_a_stopping_worker_gives_the_job_back_untried(seen: list[Any]) -> None:
    tasks.climb.enqueue(5)
    assert run(_claim(), stopping=lambda: len(seen) == 2) == READY
    job = Job.objects.get()
    assert (job.attempts, job.cursor) == (0, 2)
    assert drain() == [SUCCEEDED]
    assert seen == [0, 1, 2, 3, 4]


def test_checkpoints_of_a_lost_lease_stop_the_handler(seen: list[Any], clock: Clock) -> None:
    tasks.climb.enqueue(5)
    lost = _claim("first")
    clock.tick(61)
    _claim("second")
    assert run(lost) == "lost"
    assert seen == [0]


def test_cancel_and_resume_refuse_what_makes_no_sense(seen: list[Any], clock: Clock) -> None:
    job = enqueue(tasks.note, args=[1], unique_key="k")
    with pytest.raises(Refusal, match="等待执行"):
        control.resume(uuid=job.uuid, now=clock())
    assert control.cancel(uuid=job.uuid, now=clock()).state == CANCELLED
    with pytest.raises(Refusal, match="已取消"):
        control.cancel(uuid=job.uuid, now=clock())
    enqueue(tasks.note, args=[1], unique_key="k")
    with pytest.raises(Refusal, match="已经在等待"):
        control.resume(uuid=job.uuid, now=clock())
    with pytest.raises(Refusal, match="没有编号"):
        control.cancel(uuid=uuid4(), now=clock())


def test_purge_keeps_what_is_young_or_unfinished(seen: list[Any], clock: Clock) -> None:
    tasks.note.enqueue(1)
    tasks.give_up.enqueue()
    drain()
    tasks.note.enqueue(2)
    clock.tick(29 * 86400)
    assert control.purge(now=clock()) == 0
    clock.tick(2 * 86400)
    assert control.purge(now=clock()) == 1
    clock.tick(366 * 86400)
    assert control.purge(now=clock()) == 1
    assert queries.counts() == {READY: 1, RUNNING: 0, SUCCEEDED: 0, DEAD: 0, CANCELLED: 0}


def test_a_job_runs_under_the_act_that_asked_for_it(seen: list[Any]) -> None:
    with act() as asked:
        tasks.note_act.enqueue()
    with act() as other:  # as a shell command that runs the worker does
        assert drain() == [SUCCEEDED]
        tasks.note_act.enqueue()
    drain()
    assert seen == [asked, other]


def test_queries(seen: list[Any], clock: Clock) -> None:
    assert queries.oldest_due_at(clock()) is None
    tasks.note.enqueue(1)
    began = clock()
    clock.tick(5)
    tasks.fail.enqueue()
    assert queries.oldest_due_at(clock()) == began
    assert [job.task.rpartition(".")[2] for job in queries.jobs()] == ["fail", "note"]
    assert queries.jobs(state=READY, task="fail").count() == 1
    assert queries.claims() == 0
    drain()
    assert queries.claims() == 2
