"""``gongkai backup FILE`` and ``gongkai restore FILE``."""

from datetime import UTC, datetime
from pathlib import Path

from gongkai.project.command import JSON_HELP, Namespace, Subparsers, answer
from gongkai.project.config import read_config


def register(subparsers: Subparsers) -> None:
    """Add both commands."""
    parser = subparsers.add_parser("backup", help="把数据库和文件备份成一个文件 (可在运行中做)")
    parser.add_argument("file", type=Path, metavar="文件", help="要写成的备份文件, 如 backup.tar")
    parser.add_argument("--with-secrets", action="store_true", help="连同密钥和密码 (须妥善保管)")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run_backup, django=False)
    parser = subparsers.add_parser("restore", help="从备份文件恢复 (须先停止网站)")
    parser.add_argument("file", type=Path, metavar="文件", help="gongkai backup 写成的文件")
    parser.add_argument("--replace", action="store_true", help="替换已有数据 (旧数据移到旁边保留)")
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(run=run_restore, django=False)


def run_backup(args: Namespace) -> None:
    """Write the backup."""
    from gongkai.project import backup

    target = args.file.expanduser().absolute()
    manifest = backup.write_backup(
        read_config(), target, now=datetime.now(UTC), secrets=args.with_secrets
    )
    size = sum(member["size"] for member in manifest["members"].values())
    lines = [f"已备份到 {target}: {len(manifest['members'])} 个文件, {size} 字节。"]
    if not args.with_secrets:
        lines.append("备份不含 secrets 目录; 请另行妥善保存, 没有其中的密钥无法校验留痕。")
    answer(args, {"file": str(target), **manifest}, lines)


def run_restore(args: Namespace) -> None:
    """Check the backup, put it in place, bring it up to this version."""
    from gongkai.project import backup, serve
    from gongkai.project.cli import setup_django
    from gongkai.project.commands import setup

    config = read_config()
    with serve.in_use(config.data):
        manifest = backup.restore(
            config, args.file.expanduser(), now=datetime.now(UTC), replace=args.replace
        )
        setup_django()
        setup.prepare()
    lines = [f"已恢复 {manifest['made_at']} 的备份: {len(manifest['members'])} 个文件。"]
    lines.append("请再运行 gongkai search rebuild 重建检索索引, 然后启动网站。")
    answer(args, manifest, lines)
