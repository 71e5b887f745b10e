"""``gongkai jobs``: the queue looked at, and jobs cancelled, resumed, purged."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongkai.project.command import JSON_HELP, Failure, Namespace, Subparsers, answer

if TYPE_CHECKING:
    from gongkai.queue.models import Job


def register(subparsers: Subparsers) -> None:
    """Add the command and its verbs."""
    parser = subparsers.add_parser("jobs", help="后台任务: 查看、取消、重新执行、清理")
    verbs = parser.add_subparsers(title="操作", metavar="操作", dest="verb", required=True)
    listing = verbs.add_parser("list", help="各状态的数目和最新的任务")
    listing.add_argument("--state", default="", help="只看这个状态 (如 dead)")
    listing.add_argument("--task", default="", help="只看路径中含这些字的任务")
    listing.add_argument("--limit", type=int, default=20, help="最多列几个 (默认 20)")
    listing.set_defaults(run=run_list)
    for verb, meaning in {"cancel": "取消任务", "resume": "重新执行停止或取消了的任务"}.items():
        found = verbs.add_parser(verb, help=meaning)
        found.add_argument("uuid", help="任务编号")
        found.set_defaults(run=run_verb)
    verbs.add_parser("purge", help="删去早已结束的任务").set_defaults(run=run_purge)
    for found in verbs.choices.values():
        found.add_argument("--json", action="store_true", help=JSON_HELP)


def run_list(args: Namespace) -> None:
    """Counts of every state, and the newest jobs asked for."""
    from gongkai.queue import queries
    from gongkai.queue.flow import STATES

    if args.state and args.state not in STATES:
        raise Failure(f"没有“{args.state}”这个状态；可用的是 {'、'.join(STATES)}。")
    counts = queries.counts()
    limit = max(1, min(args.limit, 1000))
    jobs = [_plain(job) for job in queries.jobs(state=args.state, task=args.task)[:limit]]
    lines = ["，".join(f"{STATES[state]} {count}" for state, count in counts.items())]
    for job in jobs:
        lines.append(
            f"{job['uuid']}  {STATES[job['state']]}  {job['task']}  试 {job['attempts']} 次"
        )
        if job["error"]:
            lines.append(f"    {job['error']}")
    answer(args, {"counts": counts, "jobs": jobs}, lines)


def run_verb(args: Namespace) -> None:
    """Cancel or resume one job."""
    from django.utils import timezone

    from gongkai.queue.actions import control

    try:
        uuid = UUID(args.uuid)
    except ValueError:
        raise Failure(f"“{args.uuid}”不是任务编号；编号见 gongkai jobs list。") from None
    verb = {"cancel": control.cancel, "resume": control.resume}[args.verb]
    job = _plain(verb(uuid=uuid, now=timezone.now()))
    done = "已取消" if args.verb == "cancel" else "已重新排队"
    waiting = job["state"] == "running"
    answer(args, job, [f"{job['task']}: {'将在下一个检查点停下' if waiting else done}。"])


def run_purge(args: Namespace) -> None:
    """Delete what ended long ago, as the nightly job does."""
    from django.utils import timezone

    from gongkai.queue.actions import control

    gone = control.purge(now=timezone.now())
    answer(args, {"purged": gone}, [f"删去 {gone} 个早已结束的任务。"])


def _plain(job: "Job") -> dict[str, Any]:
    error = job.last_error()
    return {
        "uuid": job.uuid,
        "task": job.task,
        "state": job.state,
        "queue": job.queue,
        "attempts": job.attempts,
        "run_after": job.run_after,
        "finished_at": job.finished_at,
        "done": job.progress_done,
        "total": job.progress_total,
        "error": error["traceback"].strip().splitlines()[-1] if error else None,
    }
