"""The console command ``gongkai``: everything staff and operators do from a shell."""

import importlib
import json
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence

from gongkai import __version__
from gongkai.kit.act import act
from gongkai.kit.refusal import Refusal
from gongkai.project import commands
from gongkai.project.command import Failure, Namespace, Parser
from gongkai.project.config import ConfigError

SETTINGS = "gongkai.project.settings"
_EPILOG = "每个命令都可加 --help 查看写法。退出码: 0 办成, 1 未办成, 2 写法不对。"


def build_parser() -> Parser:
    """The whole map of commands, in alphabetical order of their modules."""
    parser = Parser(prog="gongkai", description="政府信息公开平台", epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}")
    parser.add_argument("--traceback", action="store_true", help="出错时列出程序位置 (报告问题用)")
    subparsers = parser.add_subparsers(title="命令", metavar="命令", dest="command")
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        module.register(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the console script; the return value is the exit code."""
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.command is None:
        parser.print_help()
        return 2
    try:
        return _run(args)
    except Refusal as refusal:
        return _refused(args, refusal.sentence, refusal.as_dict())
    except (ConfigError, Failure) as failure:
        return _refused(args, str(failure), {"code": "failed", "sentence": str(failure)})
    except KeyboardInterrupt:
        sys.stderr.write("已停止。\n")
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has gone; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        sentence = f"程序出错: {type(error).__name__}: {error}。请加 --traceback 重试并报告。"
        return _refused(args, sentence, {"code": "bug", "sentence": sentence})


def _run(args: Namespace) -> int:
    if getattr(args, "django", True):
        setup_django()
    with act():
        code = args.run(args)
    return int(code or 0)


def setup_django() -> None:
    """Load settings and models; wrong settings rise as ConfigError."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def _refused(args: Namespace, sentence: str, data: dict[str, object]) -> int:
    if args.traceback:
        traceback.print_exc()
    if getattr(args, "json", False):
        print(json.dumps({"error": data}, ensure_ascii=False, default=str))
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
