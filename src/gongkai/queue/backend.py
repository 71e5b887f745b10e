"""The Django Tasks API over our tables: `TASKS["default"]["BACKEND"]`."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued

from gongkai.queue.errors import UnknownTaskError
from gongkai.queue.flow import CANCELLED, DEAD, READY, RUNNING, SUCCEEDED
from gongkai.queue.tasktype import QueuedTask

T = TypeVar("T")

_STATUS = {
    READY: TaskResultStatus.READY,
    RUNNING: TaskResultStatus.RUNNING,
    SUCCEEDED: TaskResultStatus.SUCCESSFUL,
    DEAD: TaskResultStatus.FAILED,
    CANCELLED: TaskResultStatus.FAILED,
}


class OrmBackend(BaseTaskBackend):
    """Jobs as rows. Any queue name is allowed unless `QUEUES` lists some."""

    task_class = QueuedTask
    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, {"QUEUES": [], **params})

    def enqueue(self, task: Task[Any, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Add a job in the transaction that is open; see `gongkai.queue` for the promise."""
        from gongkai.queue.actions.enqueue import enqueue

        self.validate_task(task)
        result: TaskResult[T] = result_of(enqueue(task, args=args, kwargs=kwargs), task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The job with that id; `TaskResultDoesNotExist` when there is none."""
        from gongkai.queue.models import Job

        try:
            job = Job.objects.get(uuid=UUID(str(result_id)))
        except (Job.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return result_of(job, task_named(job.task))


def task_named(path: str) -> Task[Any, Any]:
    """The task at a dotted path; only tasks, so that a row can never name any other callable."""
    try:
        found = import_string(path)
    except ImportError as error:
        raise UnknownTaskError(f"没有名为 {path} 的任务：程序换了版本？") from error
    if not isinstance(found, Task):
        raise UnknownTaskError(f"{path} 不是任务。")
    return found


def result_of(job: Any, task: Task[Any, T]) -> TaskResult[T]:
    """A job as the API's result value."""
    result: TaskResult[T] = TaskResult(
        task=task,
        id=str(job.uuid),
        status=_STATUS[job.state],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.last_attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=task.backend,
        errors=[TaskError(**error) for error in job.errors],
        worker_ids=list(job.worker_ids),
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
