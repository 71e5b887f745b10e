"""The reference page of the register: every column and code, beside its row of the report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.disclosure.models import RemedyKind
from gongkai.disclosure.register_columns import COLUMNS, FEE_WAYS, GROUNDS, OPINIONS
from gongkai.law import in_force
from gongkai.law.annual_report import form_for
from gongkai.law.annual_report.model import Line
from gongkai.law.annual_report.requests_table import GROUPS, RESULTS
from gongkai.law.applications import ApplicantKind
from gongkai.law.receipt import Channel, rule_for
from gongkai.law.replies import OUTCOMES

_KINDS = {"text": "文字", "day": "日期", "code": "代码", "number": "整数"}
# The report's own key of each group of table four.
REPORT_GROUP = {
    RemedyKind.RECONSIDERATION: "reconsideration",
    RemedyKind.DIRECT_SUIT: "lawsuit_direct",
    RemedyKind.SUIT_AFTER: "lawsuit_after",
}
_OLD, _NEW = date(2008, 5, 1), date(2019, 5, 15)
_INTRO = """\
# Request register 申请台账

One row is one request; `gongkai requests import` reads it and `gongkai requests export` writes
it. Headings are the Chinese names or the keys below, in any order; other columns are not read
(the command names them). A code is written as itself or by its Chinese label. Days are
2024-03-05, 2024/3/5, 2024年3月5日 or the spreadsheet's own dates.

Each row follows the law of the day of receipt: its clock, its due date, and whether the reply was
in time are counted, never read. A row without `outcome` becomes an open case. Rows are known again
by `number`, else by all they say, so a register can be imported again after rows were added.
"""


def register_page() -> str:
    """The page as Markdown."""
    parts = [_INTRO, _columns(), _channels(), _kinds(), _outcomes(), _remedies(), _others()]
    return "\n".join(parts)


def _table(title: str, heads: str, rows: Iterable[Iterable[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    names = heads.split(",")
    rule = "|---" * len(names) + "|"
    return "\n".join([f"## {title}\n", f"| {' | '.join(names)} |", rule, *lines, ""])


def _columns() -> str:
    rows = (
        (
            f"`{c.key}`",
            "、".join((c.label, *c.headings)),
            _KINDS[c.kind],
            "；".join(part for part in (c.note, "仅在 --personal 时导出" * c.personal) if part),
        )
        for c in COLUMNS
    )
    return _table("Columns 各列", "column,headings,content,note", rows)


def _channels() -> str:
    new, old = in_force(_NEW), in_force(_OLD)
    rows = (
        (f"`{c.value}`", c.label, rule_for(c, new).called, rule_for(c, old).called) for c in Channel
    )
    return _table("`channel` 渠道", "code,label,收到之日（2019年5月15日起）,收到之日（此前）", rows)


def _kinds() -> str:
    rows = ((f"`{k.value}`", k.label, f"表三“{k.label}”列") for k in ApplicantKind)
    return _table("`applicant_kind` 申请人类型", "code,label,yearly report", rows)


def report_row(key: str, year: int) -> str:
    """The label of an outcome's row in table three of a statistical year's form."""
    leaf = next(o.row for o in OUTCOMES if o.key == key)
    rows: dict[str, Line] = {}
    for table in form_for(year).tables:
        if table.key == "requests":
            rows = {line.key: line for line in table.rows}
    found = rows.get(leaf) or rows.get("other_handling")
    if found is None:
        raise KeyError(key)
    return found.label


def _outcomes() -> str:
    new, old = in_force(_NEW), in_force(_OLD)
    rows = (
        (
            f"`{o.key}`",
            o.label,
            "、".join(map(str, o.cite(new))) if new.base.key in o.cites else "—",
            "、".join(map(str, o.cite(old))) if old.base.key in o.cites else "没有这一类型",
            report_row(o.key, 2025),
        )
        for o in OUTCOMES
    )
    return _table(
        "`outcome` 办理结果", "code,label,2019 decree,2007 decree,年度报告表三（2021年格式）", rows
    )


def _remedies() -> str:
    groups = {line.key: line.label for line in GROUPS}
    results = {line.key: line.label for line in RESULTS}
    kinds = ((f"`{k.value}_…`", k.label, groups[REPORT_GROUP[k]]) for k in RemedyKind)
    codes = ((f"`{key}`", label, label) for key, label in results.items() if key != "total")
    return "\n".join(
        (
            _table("复议、诉讼各列", "columns,label,年度报告表四", kinds),
            _table("`…_outcome` 复议、诉讼结果", "code,label,年度报告表四", codes),
        )
    )


def _others() -> str:
    tables = (
        ("`ground` 不予公开的理由", GROUNDS),
        ("`third_party_opinion` 第三方意见", OPINIONS),
        ("`fee_way` 收费方式", FEE_WAYS),
    )
    return "\n".join(
        _table(title, "code,label", ((f"`{k}`", v) for k, v in codes.items()))
        for title, codes in tables
    )
