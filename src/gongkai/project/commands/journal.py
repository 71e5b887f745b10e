"""``gongkai journal``: the record of who did what, verified and read."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongkai.project.command import JSON_HELP, Failure, Namespace, Subparsers, answer

if TYPE_CHECKING:
    from gongkai.journal.models import Entry
    from gongkai.journal.verify import Known


def register(subparsers: Subparsers) -> None:
    """Add the command and its verbs."""
    parser = subparsers.add_parser("journal", help="留痕: 核验、查看")
    verbs = parser.add_subparsers(title="操作", metavar="操作", dest="verb", required=True)
    verify = verbs.add_parser("verify", help="核验全部留痕: 找出被改、被删、被插入、被换次序的记录")
    verify.add_argument(
        "--known",
        metavar="序号:校验值",
        help="先前记在别处的链头; 用来发现整个数据库被退回的情形",
    )
    verify.set_defaults(run=run_verify)
    show = verbs.add_parser("show", help="列出留痕记录，新的在前")
    show.add_argument("--event", default="", help="只看以此开头的事件 (如 record.)")
    show.add_argument("--actor", type=int, help="只看此编号人员的")
    show.add_argument("--body", type=int, help="只看此编号单位的")
    show.add_argument("--subject", default="", metavar="种类:编号", help="只看此对象的")
    show.add_argument("--act", default="", help="只看此次操作的")
    show.add_argument("--before", type=int, help="只看序号小于此数的")
    show.add_argument("--limit", type=int, default=50, help="最多列几条 (默认 50, 至多 1000)")
    show.set_defaults(run=run_show)
    for found in verbs.choices.values():
        found.add_argument("--json", action="store_true", help=JSON_HELP)


def run_verify(args: Namespace) -> int:
    """Exit code 0 only when the journal is whole."""
    from gongkai.journal.verify import verify

    report = verify(known=_known(args.known))
    lines = [fault.sentence for fault in report.faults]
    if report.more:
        lines.append(f"只列出前 {len(report.faults)} 处，还有更多。")
    lines.append(
        f"核验 {report.checked} 条，"
        + ("完好。" if report.sound else f"发现 {len(report.faults)} 处问题。")
    )
    lines.append(f"链头 {report.head_seq}:{report.head_hash}（请抄存于系统之外，供日后 --known）")
    data = asdict(report) | {"sound": report.sound}
    if report.sound:
        answer(args, data, lines)
        return 0
    sentence = "留痕不完好：请停用系统，保全现场，从可信备份恢复，并按各条说明追查。"
    answer(args, data | {"error": {"code": "journal.not_whole", "sentence": sentence}}, lines)
    sys.stderr.write(sentence + "\n")
    return 1


def run_show(args: Namespace) -> None:
    """The newest lines that match, each as a sentence."""
    from gongkai.journal import queries

    kind, _, number = args.subject.partition(":")
    if args.subject and not number.isdecimal():
        raise Failure("--subject 应写成 种类:编号，如 record:12。")
    wanted = queries.Filter(
        event_prefix=args.event,
        actor_id=args.actor,
        body_id=args.body,
        subject_kind=kind,
        subject_id=int(number) if number else None,
        act=_uuid(args.act),
    )
    page = queries.page(wanted, before=args.before, limit=args.limit)
    lines = [_line(entry) for entry in page.entries] or ["没有符合的记录。"]
    if page.next_before is not None:
        lines.append(f"还有更早的：加 --before {page.next_before} 续看。")
    data = {"entries": [_plain(e) for e in page.entries], "next_before": page.next_before}
    answer(args, data, lines)


def _known(text: str | None) -> "Known | None":
    from gongkai.journal.verify import Known

    if text is None:
        return None
    seq, _, line_hash = text.partition(":")
    if not seq.isdecimal() or len(line_hash) != 64:
        raise Failure("--known 应写成 序号:校验值，即上次核验时打印的链头。")
    return Known(int(seq), line_hash.lower())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Failure(f"“{text}”不是操作编号。") from None


def _line(entry: "Entry") -> str:
    from django.utils import timezone

    from gongkai.journal import events

    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S")
    reason = f" 理由：{entry.reason}" if entry.reason else ""
    return f"{entry.seq}  {at}  {events.sentence(entry)}{reason}"


def _plain(entry: "Entry") -> dict[str, Any]:
    from gongkai.journal import chain, events

    return chain.values_of(entry) | {
        "hash": entry.hash,
        "mac": entry.mac,
        "sentence": events.sentence(entry),
    }
