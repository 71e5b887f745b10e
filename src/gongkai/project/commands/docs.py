"""``gongkai docs``: write the reference pages that come from the code."""

from pathlib import Path

from gongkai.project.command import Failure, Namespace, Subparsers
from gongkai.project.config import CHECKOUT


def register(subparsers: Subparsers) -> None:
    """Add the command."""
    parser = subparsers.add_parser("docs", help="由程序生成参考文档 (设置、命令、留痕事项、法律)")
    parser.add_argument("--check", action="store_true", help="只检查是否为最新, 不改写")
    parser.add_argument(
        "--to", type=Path, default=CHECKOUT / "docs" / "reference", help="写到哪个目录"
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> None:
    """Write the pages, or say which are out of date."""
    from gongkai.law.pages import pages as law_pages
    from gongkai.project.reference import pages

    texts = {args.to / name: text for name, text in pages().items()}
    texts |= {args.to.parent / "law" / name: text for name, text in law_pages().items()}
    stale = [path.name for path, text in texts.items() if _read(path) != text]
    if args.check:
        if stale:
            raise Failure(f"参考文档不是最新 ({'、'.join(stale)}), 请运行 make docs。")
        return
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
