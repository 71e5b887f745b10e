"""``gongkai manage …``: Django's own commands, for developers."""

import argparse

from gongkai.project.command import Namespace, Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "manage", help="Django 自带的管理命令 (开发用), 如 gongkai manage check --deploy"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="Django 命令及其参数")
    parser.set_defaults(run=run)


def run(args: Namespace) -> None:
    """Hand over to Django; a refusal of Django's ends with its own exit code."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai manage", *args.rest])
