"""``gongkai doctor``: is this machine fit and safe to run the product?"""

from dataclasses import asdict

from gongkai.project.command import JSON_HELP, Namespace, Subparsers, answer


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("doctor", help="检查环境、设置、数据目录和数据库")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.add_argument("--settings", action="store_true", help="同时列出全部设置的现值")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """0 when everything is well."""
    from django.conf import settings

    from gongkai.project import health

    found = health.examine(settings.CONFIG)
    shown = health.settings_in_force(settings.CONFIG) if args.settings else {}
    lines = [f"{'✓' if f.ok else '✗'} {f.what}: {f.sentence}" for f in found]
    lines += [f"  {name}={value}" for name, value in shown.items()]
    data = {"findings": [asdict(f) for f in found], "settings": shown}
    answer(args, data, lines)
    return int(not all(f.ok for f in found))
