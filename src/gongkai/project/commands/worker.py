"""``gongkai worker``: runs the jobs of the queue."""

import sys

from gongkai.project.command import Failure, Namespace, Subparsers

MOST = 64


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "worker",
        help="执行后台任务",
        description="执行后台任务，直到收到 SIGTERM 或 Ctrl-C；手上的任务做完或交还之后才结束。",
    )
    parser.add_argument("--once", action="store_true", help="做完已到期的任务就结束")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="进程数 (默认 1)")
    parser.add_argument(
        "--queue", action="append", default=[], metavar="名称", help="只做这个队列 (可重复)"
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int | None:
    """One process works itself; for several, a supervisor keeps that many copies alive."""
    if not 1 <= args.processes <= MOST:
        raise Failure(f"--processes 应是 1 至 {MOST} 的整数。")
    if args.processes == 1:
        from gongkai.queue.worker import Options, Worker

        Worker(Options(queues=args.queue, once=args.once)).run()
        return None
    if args.once:
        raise Failure("--once 只用一个进程，请不要同时写 --processes。")
    from gongkai.project.serve import Program, Supervisor

    command = [sys.executable, "-m", "gongkai", "worker"]
    for name in args.queue:
        command += ["--queue", name]
    programs = [Program(f"后台任务 {n}", list(command)) for n in range(1, args.processes + 1)]
    return Supervisor(programs, _say).run(is_ready=_yes, on_ready=_nothing)


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _yes() -> bool:
    return True


def _nothing() -> None:
    return None
