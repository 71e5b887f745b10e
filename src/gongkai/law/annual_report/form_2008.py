"""Beijing's classic statistics for the reports on 2008 to 2018.

The reports carry the count, the share of full texts and the five classes with their shares, the
requests by channel, the replies, remedies, staff and fees; the sheet's coded indicators follow a
local statistics sheet of 2008 of which the reasons for refusal were not seen (inference).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gongkai.kit.ranges import Span
from gongkai.law.annual_report.model import Break, Cell, Form, Identity, Line, Table, Values
from gongkai.law.annual_report.shares import ClassCheck, check_classes, share
from gongkai.law.catalog import FIVE_CLASSES
from gongkai.law.cite import Cite

CLASSES: tuple[Line, ...] = tuple(Line(c.key, c.label) for c in FIVE_CLASSES)
CHANNELS = (
    Line("counter", "当面申请"),
    Line("fax", "传真申请"),
    Line("email", "电子邮件申请"),
    Line("web", "网上申请"),
    Line("letter", "信函申请"),
    Line("other", "其他形式申请"),
)
REPLIES = (
    Line("granted", "同意公开"),
    Line("partly_granted", "同意部分公开"),
    Line("refused", "不同意公开（否决）"),
    Line("other", "其他答复"),
)
REASONS = (
    Line("state_secret", "涉及国家秘密"),
    Line("trade_secret", "涉及商业秘密"),
    Line("privacy", "涉及个人隐私"),
    Line("endangers_security", "危及安全和稳定"),
    Line("not_held", "信息不存在"),
    Line("not_ours", "非本机关掌握"),
    Line("unclear", "申请内容不明确"),
    Line("repeated", "重复申请"),
    Line("other", "其他原因"),
)
REMEDIES = (
    Line("reconsideration", "行政复议"),
    Line("lawsuit", "行政诉讼"),
    Line("complaint", "行政申诉"),
)
_COUNT = (Line("count", "数量"),)


def _counts(table: str, title: str, rows: tuple[Line, ...]) -> Table:
    cells = tuple(Cell(f"{table}.{r.key}.count", r.label) for r in rows)
    return Table(table, title, rows, _COUNT, cells)


def _proactive() -> Table:
    rows = (Line("total", "主动公开信息数"), Line("full_text", "其中全文电子化"), *CLASSES)
    columns = (*_COUNT, Line("share", "占比（%）"))
    cells = [Cell(f"proactive.{r.key}.count", r.label) for r in rows]
    cells += [
        Cell(f"proactive.{r.key}.share", f"{r.label}占比", decimal=True, unit="%") for r in rows[1:]
    ]
    return Table("proactive", "主动公开政府信息情况", rows, columns, tuple(cells))


def _sum(code: str, words: str, where: str, total: str, parts: Iterable[str]) -> Identity:
    return Identity(code, words, where, (total,), tuple(parts), total)


_IDENTITIES = (
    Identity(
        "C1",
        "五类信息数之和须等于主动公开信息数",
        "主动公开",
        ("proactive.total.count",),
        tuple(f"proactive.{c.key}.count" for c in CLASSES),
    ),
    _sum(
        "C2",
        "申请总数须等于各渠道之和",
        "依申请公开",
        "requests.total.count",
        (f"requests.{c.key}.count" for c in CHANNELS),
    ),
    _sum(
        "C4",
        "不同意公开数须等于各原因之和",
        "依申请公开",
        "replies.refused.count",
        (f"reasons.{r.key}.count" for r in REASONS),
    ),
    _sum(
        "C3",
        "答复总数须等于各类答复之和",
        "依申请公开",
        "replies.total.count",
        (f"replies.{r.key}.count" for r in REPLIES),
    ),
)


def _shares(values: Values) -> Iterable[Break]:
    """Printed shares against the counts: over the total, or over the sum of the classes."""
    total, full = values.get("proactive.total.count", 0), values.get("proactive.full_text.count", 0)
    if full > total:
        sentence = f"全文电子化{full}件多于主动公开{total}件，请核对。"
        yield Break("C5", "主动公开·全文电子化", full, total, sentence)
    counts = {c.key: int(values.get(f"proactive.{c.key}.count", 0)) for c in CLASSES}
    over = check_classes(counts, int(total))
    for line in CLASSES:
        printed = values.get(f"proactive.{line.key}.share")
        if printed is not None:
            right = share(counts[line.key], int(total))
            yield from _one_share(line, Decimal(printed), right, over)


def _one_share(line: Line, printed: Decimal, right: Decimal, over: ClassCheck) -> Iterable[Break]:
    """A share of the classes' own sum is a warning, any other wrong one an error."""
    where = f"主动公开·{line.label}"
    if printed == right:
        return
    if printed == over.shares[line.key]:
        sentence = f"{where}：占比{printed}%是按分类合计{over.total_of_classes}计算的，请核对。"
        yield Break("C6", where, printed, right, sentence, soft=True)
    else:
        sentence = f"{where}：占比应为{right}%，表中为{printed}%。"
        yield Break("C6", where, printed, right, sentence)


def _derive(values: Values) -> Values:
    """The shares, computed over the total."""
    total = int(values.get("proactive.total.count", 0))
    rows = ("full_text", *(c.key for c in CLASSES))
    return {
        f"proactive.{row}.share": share(int(values.get(f"proactive.{row}.count", 0)), total)
        for row in rows
    }


FORM = Form(
    key="2008",
    title="政府信息公开工作年度报告（2008–2018年，附指标统计表）",
    basis=str(Cite("decree_492_2007", "32", "memory")),
    span=Span(date(2008, 1, 1), date(2019, 1, 1)),
    tables=(
        _proactive(),
        _counts("requests", "依申请公开情况", (Line("total", "申请总数"), *CHANNELS)),
        _counts("replies", "答复情况", (Line("total", "答复总数"), *REPLIES)),
        _counts("reasons", "不同意公开的原因", REASONS),
        _counts("remedies", "复议、诉讼和申诉情况", REMEDIES),
        _counts("enquiries", "咨询情况", (Line("total", "接受咨询人次"),)),
        _counts(
            "staff",
            "人员情况",
            (Line("full_time", "专职人员"), Line("part_time", "兼职人员")),
        ),
        Table(
            "fees",
            "收费及减免情况",
            (Line("charged", "收取费用"), Line("waived", "减免费用")),
            (Line("amount", "金额"),),
            (
                Cell("fees.charged.amount", "收取费用", decimal=True, unit="元"),
                Cell("fees.waived.amount", "减免费用", decimal=True, unit="元"),
            ),
        ),
    ),
    identities=_IDENTITIES,
    extra=(_shares,),
    derive=_derive,
)
