"""The verbs of ``gongkai report`` for anyone's report: read, check."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.project.command import Failure, Namespace, answer
from gongkai.project.lookup import verb

if TYPE_CHECKING:
    from gongkai.reporting.reading.model import Source

_FILE = "年度报告: PDF、Word (docx)、网页、Excel 或文本文件"


def add(verbs: Any) -> None:
    """Add the verbs."""
    reads = verb(verbs, "read", read, "读出一份年度报告各表的数字; 不能确定的格逐一列出, 不猜测")
    reads.add_argument("file", type=Path, help=_FILE)
    checks = verb(verbs, "check", check, "核对一份年度报告: 表内关系、与上年、正文与表、占比")
    checks.add_argument("file", type=Path, help=_FILE)
    checks.add_argument("--last", type=Path, metavar="FILE", help="上一年度报告, 用来核对结转")
    checks.add_argument(
        "--bodies", type=Path, nargs="+", default=[], metavar="FILE", help="所属各机关的报告"
    )
    checks.add_argument("--strict", action="store_true", help="有不一致时退出码为 1")


def read(args: Namespace) -> None:
    """What a file says."""
    from gongkai.reporting.reading.check import report_of
    from gongkai.reporting.reading.lines import found_lines, table_lines
    from gongkai.reporting.schema import report_json

    report = report_of(_source(args.file))
    answer(args, report_json(report), [*table_lines(report), *found_lines(report)])


def check(args: Namespace) -> int:
    """What in a file does not agree."""
    from dataclasses import replace

    from gongkai.reporting.reading.check import checked, report_of, sum_of_bodies
    from gongkai.reporting.reading.lines import found_lines, verdict
    from gongkai.reporting.schema import report_json

    report = checked(_source(args.file), _source(args.last) if args.last else None)
    if args.bodies:
        more = sum_of_bodies(report, [report_of(_source(path)) for path in args.bodies])
        report = replace(report, findings=(*report.findings, *more))
    answer(args, report_json(report), [*found_lines(report), verdict(report)])
    return int(args.strict and any(not item.soft for item in report.findings))


def _source(path: Path) -> "Source":
    from gongkai import plug
    from gongkai.ports import ExtractionError
    from gongkai.reporting.reading.sources import source_of

    try:
        return source_of(plug.extract(path))
    except ExtractionError as error:
        raise Failure(str(error)) from None
