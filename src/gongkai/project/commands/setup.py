"""``gongkai setup``: bring the data folder up to this version of the program."""

from gongkai.project.command import Namespace, Subparsers


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("setup", help="建立或升级数据库, 准备网页用的静态文件")
    parser.set_defaults(run=run)


def run(_args: Namespace) -> None:
    """Prepare, then say where."""
    from django.conf import settings

    prepare()
    print(f"数据目录已就绪: {settings.GONGKAI_DATA}")


def prepare() -> None:
    """Migrate and collect static files; doing it again changes nothing."""
    from django.conf import settings
    from django.core.management import call_command

    from gongkai.project.safety import refuse_unsafe

    refuse_unsafe(settings.CONFIG)
    settings.GONGKAI_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (settings.GONGKAI_FILES, settings.GONGKAI_INDEX):
        folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
