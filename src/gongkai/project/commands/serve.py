"""``gongkai serve``: web server and workers, until Ctrl-C."""

import subprocess
import sys

from gongkai.project import installed
from gongkai.project.command import Failure, Namespace, Subparsers
from gongkai.project.config import Config, read_config, variable


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="启动网站和后台任务, Ctrl-C 停止")
    parser.add_argument("--setup", action="store_true", help="先运行 gongkai setup")
    parser.add_argument("--demo", action="store_true", help="先载入演示数据 (含 --setup)")
    parser.set_defaults(run=run, django=False)


def run(args: Namespace) -> int:
    """Refuse what is unsafe, prepare what was asked for, then supervise."""
    from gongkai.project import serve
    from gongkai.project.safety import refuse_unsafe

    config = read_config()
    refuse_unsafe(config)
    with serve.in_use(config.data):
        if not serve.port_is_free(config):
            raise Failure(f"端口 {config.port} 已被占用, 请用 {variable('port')} 换一个。")
        if args.setup or args.demo:
            _first("setup")
        if args.demo and installed.has_module("project/commands/demo.py"):
            _first("demo", "load")
        supervisor = serve.Supervisor(serve.programs(config), say)
        code = supervisor.run(
            is_ready=lambda: serve.answers(config), on_ready=lambda: _announce(config)
        )
    say("已停止。" if code == 0 else "已停止, 但有程序未能正常结束。")
    return code


def _first(*command: str) -> None:
    """Run another command in a process of its own, so that this one stays small."""
    done = subprocess.run([sys.executable, "-m", "gongkai", *command], check=False)  # noqa: S603
    if done.returncode != 0:
        raise Failure(f"gongkai {' '.join(command)} 没有办成, 未启动; 原因见上面的信息。")


def _announce(config: Config) -> None:
    for line in addresses(config):
        say(line)
    for kept in sorted(config.secrets.glob("demo*")):
        say(f"演示账号的密码在 {kept} (只有本账号可读)")
    say("按 Ctrl-C 停止。")


def addresses(config: Config) -> list[str]:
    """Where people find the two faces."""
    if config.production:
        portal = f"https://{(config.portal_hosts or config.hosts or config.desk_hosts)[0]}"
        desk = f"https://{(config.desk_hosts or config.hosts or config.portal_hosts)[0]}"
    else:
        portal = desk = f"http://{config.bind}:{config.port}"
    return [f"门户  {portal}/", f"办公  {desk}/desk/"]


def say(line: str) -> None:
    """A line for the operator, at once."""
    print(line, flush=True)
