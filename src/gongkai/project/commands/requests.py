"""``gongkai requests``: take a register in, give it out, what is due."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.project.command import Failure, Namespace, Subparsers, answer
from gongkai.project.lookup import body_named, family, now, verb

if TYPE_CHECKING:
    from gongkai.disclosure.models import DisclosureRequest
    from gongkai.disclosure.register import Report


def register(subparsers: Subparsers) -> None:
    """Add the family of commands."""
    verbs = family(subparsers, "requests", "依申请公开: import, export, due, list, mail")
    taking = verb(verbs, "import", import_register, "导入申请台账 (Excel、CSV, 一行一件)")
    taking.add_argument("file", type=Path, metavar="文件", help="xlsx, xls, ods 或 csv 文件")
    taking.add_argument("--body", required=True, metavar="代码", help="机关")
    taking.add_argument("--dry-run", action="store_true", help="只检查不录入")
    giving = verb(verbs, "export", export_register, "导出申请台账 (不含申请人信息)")
    giving.add_argument("--body", required=True, metavar="代码", help="机关")
    giving.add_argument("--year", type=int, metavar="年", help="只要这一年收到的")
    giving.add_argument("--xlsx", type=Path, metavar="文件", help="写成 Excel 文件")
    giving.add_argument("--csv", type=Path, metavar="文件", help="写成 CSV 文件")
    giving.add_argument(
        "--personal", action="store_true", help="连同申请人信息和申请内容导出 (留痕)"
    )
    due = verb(verbs, "due", list_due, "列出在办申请, 期限近的在前")
    due.add_argument("--body", required=True, metavar="代码", help="机关")
    due.add_argument("--within", type=int, metavar="天", help="只列这么多天内到期和已逾期的")
    listing = verb(verbs, "list", list_requests, "列出申请 (不含申请人信息)")
    listing.add_argument("--body", required=True, metavar="代码", help="机关")
    listing.add_argument("--state", default="", metavar="状态", help="只列这个状态, 如 accepted")
    listing.add_argument("--year", type=int, metavar="年", help="只要这一年收到的")
    mail = verb(verbs, "mail", fetch_mail, "现在收取机关公布的邮箱")
    mail.add_argument("--body", required=True, metavar="代码", help="机关")


def fetch_mail(args: Namespace) -> int:
    """Read the mailbox; 1 when it could not be read."""
    from gongkai.disclosure.mailbox.fetching import fetch
    from gongkai.disclosure.models import Mailbox, MailKind

    body = body_named(args.body)
    mailbox = Mailbox.objects.select_related("body").filter(body=body).first()
    if mailbox is None:
        raise Failure(f"{body.name}还没有设置收件邮箱, 请在工作台“邮箱来信”里设置。")
    told = fetch(mailbox, now=now())
    kinds = ", ".join(f"{MailKind(k).label} {n}" for k, n in sorted(told.kinds.items()))
    lines = [f"新收 {told.new} 封{f' ({kinds})' if kinds else ''}, 已收过 {told.repeated} 封。"]
    data = {"new": told.new, "kinds": told.kinds, "repeated": told.repeated}
    answer(
        args, {**data, "failure": told.failure}, [*lines, *([told.failure] * bool(told.failure))]
    )
    return 1 if told.failure else 0


def import_register(args: Namespace) -> int:
    """Enter what can be entered, say what was refused and why; 1 when something was."""
    from gongkai.disclosure.register import take_register
    from gongkai.disclosure.register_file import read_sheet

    body = body_named(args.body)
    try:
        content = args.file.read_bytes()
    except OSError as error:
        raise Failure(f"读不到文件 {args.file}: {error.strerror}。") from None
    sheet = read_sheet(args.file.name, content)
    if sheet.unknown:
        sys.stderr.write(f"不认识这些列, 没有读取: {'、'.join(sheet.unknown)}。\n")

    def told(done: int) -> None:
        if sys.stderr.isatty() and (done % 50 == 0 or done == len(sheet.rows)):
            sys.stderr.write(f"\r已读 {done}/{len(sheet.rows)}")

    report = take_register(
        body=body, sheet=sheet, by=None, now=now(), dry_run=args.dry_run, told=told
    )
    would = "可以录入" if args.dry_run else "录入"
    lines = [
        *(each.sentence for each in report.refused),
        _summary(would, report),
    ]
    answer(args, report.as_dict(), lines)
    return 1 if report.refused else 0


def _summary(would: str, report: "Report") -> str:
    counts = f"{would} {report.imported} 件, 已有 {report.repeated} 件"
    return f"{counts}, 未录入 {len(report.refused)} 行。"


def export_register(args: Namespace) -> None:
    """The whole register; applicants' data only with --personal, which is written down."""
    from gongkai.disclosure.actions.exporting import note_register_export
    from gongkai.disclosure.register_file import as_csv, as_xlsx
    from gongkai.disclosure.register_rows import ALL_KEYS, PUBLIC_KEYS, register_of, row_of

    body = body_named(args.body)
    keys = ALL_KEYS if args.personal else PUBLIC_KEYS
    found = register_of(body, args.year)
    rows = [{key: row[key] for key in keys} for row in map(row_of, found)]
    if args.personal:
        note_register_export(body=body, count=len(rows), by=None)
    written = []
    for path, write in ((args.xlsx, as_xlsx), (args.csv, as_csv)):
        if path is not None:
            path.write_bytes(write(keys, rows))
            written.append(f"{len(rows)} 件已写入 {path}。")
    if written or args.json:
        answer(args, {"body": body.code, "requests": rows}, written)
    else:
        sys.stdout.write(as_csv(keys, rows).decode("utf-8-sig"))


def list_due(args: Namespace) -> None:
    """Open requests by due date; overdue ones have a negative number of days."""
    from gongkai.disclosure import queries
    from gongkai.disclosure.register_rows import register_of
    from gongkai.kit.dates import civil_day

    today = civil_day(now())
    found = [_shown(row, today) for row in queries.open_ones(register_of(body_named(args.body)))]
    if args.within is not None:
        found = [r for r in found if r["days_left"] is not None and r["days_left"] <= args.within]
    overdue = sum(1 for row in found if (row["days_left"] or 0) < 0)
    data = {"today": today, "open": len(found), "overdue": overdue, "requests": found}
    answer(args, data, [*_lines(found), f"在办 {len(found)} 件, 逾期 {overdue} 件。"])


def list_requests(args: Namespace) -> None:
    """Every request of a body, newest first."""
    from gongkai.disclosure.flow import STATES
    from gongkai.disclosure.register_rows import register_of
    from gongkai.kit.dates import civil_day

    if args.state and args.state not in STATES:
        known = "、".join(f"{key} ({label})" for key, label in STATES.items())
        raise Failure(f"没有状态 {args.state}, 可选: {known}。")
    rows = register_of(body_named(args.body), args.year).order_by("-arrived_on", "-id")
    if args.state:
        rows = rows.filter(state=args.state)
    found = [_shown(row, civil_day(now())) for row in rows]
    answer(args, {"requests": found}, [*_lines(found), f"共 {len(found)} 件。"])


def _shown(request: "DisclosureRequest", today: Any) -> dict[str, Any]:
    """What may stand on a console: no word of the applicant's."""
    is_open = not request.outcome and request.due_on is not None
    return {
        "number": request.number,
        "state": request.state,
        "state_label": request.get_state_display(),
        "channel": request.channel,
        "applicant_kind": request.applicant.kind,
        "received_on": request.received_on,
        "due_on": request.due_on,
        "due_provisional": request.due_provisional,
        "days_left": (request.due_on - today).days if is_open and request.due_on else None,
        "outcome": request.outcome,
        "replied_on": request.replied_on,
        "in_time": request.in_time,
    }


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        left = row["days_left"]
        if row["outcome"]:
            end = f"{row['replied_on']} 答复 {row['outcome']}"
            end += "" if row["in_time"] else " (逾期)"
        elif left is None:
            end = "期限未定"
        else:
            end = f"期限 {row['due_on']}" + (f" 逾期{-left}天" if left < 0 else f" 还有{left}天")
        yield f"{row['number']}  {row['state_label']}  收到 {row['received_on'] or '待确认'}  {end}"
