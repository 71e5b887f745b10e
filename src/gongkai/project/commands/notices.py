"""``gongkai notices``: holiday arrangements of a year."""

from datetime import date
from pathlib import Path

from gongkai.project.command import Failure, Namespace, Subparsers, answer
from gongkai.project.lookup import family, now, verb


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(subparsers, "notices", "节假日安排: list, load")
    verb(verbs, "list", list_notices, "列出各年的依据; 没有通知的年份期限为暂定")
    load = verb(verbs, "load", load_notice, "录入一年的安排, 重算未完成的期限")
    load.add_argument(
        "file", type=Path, help="JSON (year, days[date, name, isOffDay]) 或 CSV (日期, 名称, 安排)"
    )
    load.add_argument("--number", default="", metavar="文号", help="如 国办发明电〔2026〕7号")
    load.add_argument("--issued-on", type=date.fromisoformat, help="印发日期, 如 2026-11-04")


def list_notices(args: Namespace) -> None:
    """Which notice certifies which year."""
    from gongkai.orgs.queries import calendar

    data = [
        {"year": n.year, "source": n.source, "issued_on": n.issued_on, "days": len(n.marks)}
        for n in calendar().notices
    ]
    lines = [f"{row['year']}  {row['source']}  {row['days']} 天" for row in data]
    answer(args, {"notices": data}, lines)


def load_notice(args: Namespace) -> None:
    """Load a notice and count open deadlines anew."""
    from dataclasses import replace

    from gongkai.orgs import actions
    from gongkai.orgs.notice_file import read_notice

    try:
        notice = read_notice(args.file.read_bytes())
    except OSError as error:
        raise Failure(f"读不到 {args.file}: {error.strerror}。") from None
    if args.number:
        notice = replace(notice, document_number=args.number)
    if args.issued_on:
        notice = replace(notice, issued_on=args.issued_on)
    row = actions.load_notice(notice=notice, by=None, now=now())
    moved = _moved()
    data = {"year": row.year, "document_number": row.document_number, "moved": moved}
    lines = [f"已录入 {row.year} 年安排 {row.document_number}, 期限已重算, {len(moved)} 个有变化。"]
    answer(args, data, lines + [f"  {m['id']}: {m['from']} → {m['to']}" for m in moved])


def _moved() -> list[dict[str, object]]:
    """The due dates this act has moved, before and after, as its journal lines tell them."""
    from gongkai.journal.models import Entry
    from gongkai.kit.act import current

    act_id = current()
    if act_id is None:
        return []
    lines = Entry.objects.filter(act=act_id, event__endswith=".deadlines_recounted")
    return [row for line in lines for row in line.data.get("rows", [])]
