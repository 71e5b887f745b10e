"""Verbs of ``gongkai report`` about our own reports: compute, export, enter, list, sum, summary."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.project.command import Failure, Namespace, answer
from gongkai.project.lookup import body_named, now, verb

if TYPE_CHECKING:
    from gongkai.reporting.figures import Figures
    from gongkai.reporting.models import AnnualReport

KINDS = ("docx", "pdf", "xlsx", "json", "zip")


def add(verbs: Any) -> None:
    """Add the verbs to the family."""
    computing = _verb(verbs, "compute", compute, "计算一个机关一年的年度报告 (只读)")
    computing.add_argument("--begin", action="store_true", help="同时开始编制并保存")
    summing = _verb(verbs, "summary", summary, "打印2008年式的年度总结数据和句子")
    summing.add_argument(
        "--bound",
        action="append",
        metavar="日期",
        help="清理时段的分界, 可多次",
    )
    summing.add_argument("--until", metavar="日期", help="统计到哪一天 (默认年底)")
    exporting = _verb(verbs, "export", export, "导出年度报告文件")
    exporting.add_argument("--kind", choices=KINDS, default="docx", help="文件种类")
    exporting.add_argument("--out", type=Path, metavar="文件", help="写到哪里 (默认以标题命名)")
    entering = _verb(verbs, "enter", enter, "填写一格手工数据")
    entering.add_argument("--cell", required=True, metavar="格", help="如 proactive.fees.amount")
    entering.add_argument("--value", required=True, metavar="数", help="数值; 空串收回")
    entering.add_argument("--source", required=True, metavar="来源", help="数据来源")
    _verb(verbs, "sum", total, "上级机关汇总下级各机关的年度报告")
    listing = verb(verbs, "list", list_reports, "列出年度报告和各自的状态")
    listing.add_argument("--body", metavar="代码", help="只列这个机关")


def _verb(verbs: Any, name: str, run: Any, text: str) -> Any:
    parser = verb(verbs, name, run, text)
    parser.add_argument("--body", required=True, metavar="代码", help="机关")
    parser.add_argument("--year", required=True, type=int, metavar="年", help="统计年度")
    return parser


def compute(args: Namespace) -> int:
    """Count and check the form; 1 when an identity is broken."""
    from gongkai.reporting.actions import begin
    from gongkai.reporting.figures import compute as computed
    from gongkai.reporting.report_json import of_figures

    body = body_named(args.body)
    if args.begin:
        begin(body=body, year=args.year, by=None, now=now())
    figures = computed(body, args.year)
    data = {"body": body.code, "name": body.name, **of_figures(figures, args.year)}
    answer(args, data, _lines(body.name, args.year, figures))
    return 1 if figures.grave else 0


def _lines(name: str, year: int, figures: "Figures") -> list[str]:
    from gongkai.reporting.layout import shown

    lines = [f"{name} {year}年 ({figures.form.title})"]
    for table in figures.form.tables:
        lines.append(table.title)
        held = [c for c in table.cells if figures.values.get(c.key)]
        lines += [f"  {c.label}: {shown(figures.values[c.key])}{c.unit}" for c in held]
        if not held:
            lines.append("  全部为0")
    if figures.missing:
        cells = figures.form.cells
        lines.append("还没有填写: " + "、".join(cells[key].label for key in figures.missing))
    lines += [*figures.undecided, *(b.sentence for b in figures.findings)]
    if not figures.findings:
        lines.append("勾稽关系全部成立。")
    return lines


def summary(args: Namespace) -> None:
    """The figures of the classic summary, each share with its total."""
    from gongkai.reporting.summary import sentences, summarise

    bounds = [_day(text) for text in args.bound or ()]
    until = _day(args.until) if args.until else None
    found = summarise(body_named(args.body), args.year, bounds=bounds, until=until)
    answer(args, found.as_dict(), sentences(found))


def _day(text: str) -> Any:
    from gongkai.text.dates import parse_date

    found = parse_date(text)
    if found is None:
        raise Failure(f"“{text}”不是日期, 请写成 2008-03-01。")
    return found


def export(args: Namespace) -> None:
    """Write the report as approved, or as it stands (marked as a draft)."""
    from gongkai.reporting.documents import made

    file = made(_report(args), args.kind)
    path = args.out or Path(file.name)
    try:
        path.write_bytes(file.content)
    except OSError as error:
        raise Failure(f"写不了文件 {path}: {error.strerror}。") from None
    data = {"path": str(path), "bytes": len(file.content)}
    answer(args, data, [f"已写入 {path} ({len(file.content)} 字节)。"])


def _report(args: Namespace) -> "AnnualReport":
    from gongkai.reporting.models import AnnualReport

    body = body_named(args.body)
    found = AnnualReport.objects.filter(body=body, year=args.year).first()
    if found is None:
        raise Failure(
            f"{body.name}还没有开始编制{args.year}年的年度报告, 请先 report compute --begin。"
        )
    return found


def enter(args: Namespace) -> None:
    """Enter a cell by hand, with its source; the form is checked at once."""
    from gongkai.reporting.actions import enter as entered
    from gongkai.reporting.values import Entry

    report = _report(args)
    try:
        value = Decimal(args.value.strip()) if args.value.strip() else None
    except InvalidOperation:
        raise Failure(f"“{args.value}”不是数字。") from None
    entered(report=report, entry=Entry(args.cell, value, args.source), by=None, now=now())
    report.refresh_from_db()
    data = {"cell": args.cell, "value": report.figures.get(args.cell), "findings": report.findings}
    answer(args, data, [f"{args.cell} = {report.figures.get(args.cell, '')}"])


def total(args: Namespace) -> None:
    """Add the approved forms up, and name the bodies that are missing."""
    from gongkai.reporting.report_json import of_total
    from gongkai.reporting.sums import total as summed

    body = body_named(args.body)
    found = summed(body, args.year)
    given = [part for part in found.parts if part.values is not None]
    lines = [f"{body.name} {args.year}年: 汇总{len(given)}个机关。"]
    lines += [f"缺: {part.body.name} ({part.word})" for part in found.missing]
    lines += [b.sentence for b in found.findings]
    answer(args, {"body": body.code, **of_total(found)}, lines)


def list_reports(args: Namespace) -> None:
    """Every report with its state, newest year first."""
    from gongkai.reporting.models import AnnualReport

    rows = AnnualReport.objects.select_related("body").order_by("-year", "body__code")
    if args.body:
        rows = rows.filter(body=body_named(args.body))
    found = [
        {
            "body": row.body.code,
            "name": row.body.name,
            "year": row.year,
            "state": row.state,
            "state_label": row.get_state_display(),
            "findings": len(row.findings),
        }
        for row in rows
    ]
    lines = [f"{r['year']} {r['body']} {r['name']} {r['state_label']}" for r in found]
    answer(args, {"reports": found}, [*lines, f"共 {len(found)} 份。"])
