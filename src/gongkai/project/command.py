"""What a module in ``project/commands/`` needs to become a command of ``gongkai``.

A module has ``register(subparsers)``::

    def register(subparsers: Subparsers) -> None:
        parser = subparsers.add_parser("search", help="检索索引")
        parser.add_argument("--json", action="store_true", help=JSON_HELP)
        parser.set_defaults(run=run)            # Django is set up before ``run`` is called
        # parser.set_defaults(run=run, django=False)   # … unless the command says no

    def run(args: Namespace) -> int | None:
        from gongkai.records import queries     # domain imports inside: ``--help`` stays quick
        answer(args, {"count": 3}, ["共 3 条。"])

``register`` imports no Django. ``run`` returns an exit code (None is 0) and lets a ``Refusal``,
``ConfigError`` or ``Failure`` rise: the command line prints its sentence and exits with 1.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any, TypeAlias

Namespace = argparse.Namespace
JSON_HELP = "以 JSON 输出结果"


class Failure(Exception):
    """The command could not do what was asked; ``str()`` is one Chinese sentence."""


_WRONG = {
    "the following arguments are required: ": "缺少参数: ",
    "unrecognized arguments: ": "不认识的参数: ",
    "one of the arguments ": "缺少下列参数之一: ",
    "invalid choice: ": "没有这个选择: ",
    "choose from": "可选",
    "invalid int value: ": "应是整数: ",
    "invalid float value: ": "应是数字: ",
    "invalid value: ": "写法不对: ",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "not allowed with argument": "不能同时使用",
    "is required": "",
    "argument ": "参数 ",
    "ambiguous option: ": "选项不明确: ",
    "could match": "可能是",
}


class Parser(argparse.ArgumentParser):
    """argparse whose refusal is one Chinese sentence; exit code 2."""

    def error(self, message: str) -> Any:
        """Print the sentence and stop."""
        for english, chinese in _WRONG.items():
            message = message.replace(english, chinese)
        self.exit(2, f"{message.strip()}。用 {self.prog} --help 查看写法。\n")


# What add_subparsers() returns; argparse has no public name for it.
Subparsers: TypeAlias = "argparse._SubParsersAction[Parser]"


def print_json(data: Any) -> None:
    """One JSON value on stdout; dates and UUIDs as text, Chinese as it is."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def answer(args: Namespace, data: Any, lines: Iterable[str]) -> None:
    """The answer of a command: ``data`` with ``--json``, else the lines for people."""
    if getattr(args, "json", False):
        print_json(data)
        return
    for line in lines:
        sys.stdout.write(line + "\n")
