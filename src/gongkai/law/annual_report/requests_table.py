"""Tables three and four, which the forms of 2019 and 2021 share but for the rows of （六）."""

from __future__ import annotations

from gongkai.law.annual_report.model import Cell, Identity, Line, Table
from gongkai.law.applications import ApplicantKind
from gongkai.law.replies import LEAVES

COLUMNS: tuple[Line, ...] = (
    *(Line(kind.value, kind.label) for kind in ApplicantKind),
    Line("total", "总计"),
)
KINDS: tuple[str, ...] = tuple(kind.value for kind in ApplicantKind)

_LABELS: dict[str, str] = {
    "granted": "（一）予以公开",
    "partly_granted": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "refused_state_secret": "（三）不予公开 1.属于国家秘密",
    "refused_prohibited_by_law": "（三）不予公开 2.其他法律行政法规禁止公开",
    "refused_endangers_security": "（三）不予公开 3.危及“三安全一稳定”",
    "refused_third_party": "（三）不予公开 4.保护第三方合法权益",
    "refused_internal_affairs": "（三）不予公开 5.属于三类内部事务信息",
    "refused_deliberative": "（三）不予公开 6.属于四类过程性信息",
    "refused_enforcement_file": "（三）不予公开 7.属于行政执法案卷",
    "special_procedure": "（三）不予公开 8.属于行政查询事项",
    "not_held": "（四）无法提供 1.本机关不掌握相关政府信息",
    "not_ready_made": "（四）无法提供 2.没有现成信息需要另行制作",
    "still_unclear": "（四）无法提供 3.补正后申请内容仍不明确",
    "petition": "（五）不予处理 1.信访举报投诉类申请",
    "repeated": "（五）不予处理 2.重复申请",
    "public_publication": "（五）不予处理 3.要求提供公开出版物",
    "excessive": "（五）不予处理 4.无正当理由大量反复申请",
    "confirm_or_reissue": "（五）不予处理 5.要求行政机关确认或重新出具已获取信息",
    "abandoned_no_supplement": "（六）其他处理 1.申请人无正当理由逾期不补正",
    "abandoned_no_fee": "（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用",
    "other": "（六）其他处理 3.其他",
}
MERGED_IN_2019 = ("abandoned_no_supplement", "abandoned_no_fee", "other")
OTHER_HANDLING = Line("other_handling", "（六）其他处理")
LEAVES_2021: tuple[Line, ...] = tuple(Line(key, _LABELS[key]) for key in LEAVES)
LEAVES_2019: tuple[Line, ...] = (
    *(line for line in LEAVES_2021 if line.key not in MERGED_IN_2019),
    OTHER_HANDLING,
)
_NEW = Line("new", "一、本年新收政府信息公开申请数量")
_IN = Line("carried_in", "二、上年结转政府信息公开申请数量")
_HANDLED = Line("handled", "（七）总计")
_OVER = Line("carried_over", "四、结转下年度继续办理")


def key(row: str, column: str) -> str:
    """The key of a cell of table three."""
    return f"requests.{row}.{column}"


def requests_table(leaves: tuple[Line, ...]) -> Table:
    """Table three with the leaves of its edition."""
    rows = (_NEW, _IN, *leaves, _HANDLED, _OVER)
    cells = tuple(Cell(key(r.key, c.key), f"{r.label}·{c.label}") for r in rows for c in COLUMNS)
    return Table("requests", "三、收到和处理政府信息公开申请情况", rows, COLUMNS, cells)


def requests_identities(leaves: tuple[Line, ...]) -> tuple[Identity, ...]:
    """I1, I2 per column, I3 per row; totals of rows first, so that they can be computed."""
    rows = (_NEW, _IN, *leaves, _OVER, _HANDLED)
    outcomes = tuple(leaf.key for leaf in leaves)
    found = [_handled(outcomes, column, computed=True) for column in COLUMNS[:-1]]
    found += [_across(row) for row in rows]
    found += [_balance(column) for column in COLUMNS]
    found.append(_handled(outcomes, COLUMNS[-1], computed=False))
    return (*found, *(_brought(column) for column in COLUMNS))


def _handled(outcomes: tuple[str, ...], column: Line, *, computed: bool) -> Identity:
    sum_of = key("handled", column.key)
    return Identity(
        "I2",
        "三（七）总计须等于各办理结果之和",
        f"表三·{column.label}",
        (sum_of,),
        tuple(key(outcome, column.key) for outcome in outcomes),
        *((sum_of,) if computed else ()),
    )


def _across(row: Line) -> Identity:
    return Identity(
        "I3",
        "总计须等于自然人与法人或其他组织各列之和",
        f"表三·{row.label}",
        (key(row.key, "total"),),
        tuple(key(row.key, kind) for kind in KINDS),
        key(row.key, "total"),
    )


def _balance(column: Line) -> Identity:
    return Identity(
        "I1",
        "第一项加第二项之和须等于第三项加第四项之和（一+二≠三(七)+四）",
        f"表三·{column.label}",
        (key("new", column.key), key("carried_in", column.key)),
        (key("handled", column.key), key("carried_over", column.key)),
    )


def _brought(column: Line) -> Identity:
    return Identity(
        "I5",
        "上年结转须等于上一年度报告的结转下年度数量",
        f"表三·{column.label}",
        (key("carried_in", column.key),),
        (),
        last=(key("carried_over", column.key),),
    )


def carry() -> dict[str, str]:
    """This year's 上年结转 from last year's 结转下年度, per column."""
    return {key("carried_in", c.key): key("carried_over", c.key) for c in COLUMNS}


GROUPS: tuple[Line, ...] = (
    Line("reconsideration", "行政复议"),
    Line("lawsuit_direct", "行政诉讼·未经复议直接起诉"),
    Line("lawsuit_after", "行政诉讼·复议后起诉"),
)
RESULTS: tuple[Line, ...] = (
    Line("upheld", "结果维持"),
    Line("corrected", "结果纠正"),
    Line("other", "其他结果"),
    Line("pending", "尚未审结"),
    Line("total", "总计"),
)


def remedies_table() -> Table:
    """Table four: one row of fifteen cells."""
    cells = tuple(
        Cell(f"remedies.{g.key}.{r.key}", f"{g.label}·{r.label}") for g in GROUPS for r in RESULTS
    )
    return Table("remedies", "四、政府信息公开行政复议、行政诉讼情况", GROUPS, RESULTS, cells)


def remedies_identities() -> tuple[Identity, ...]:
    """I4: each total is the sum of its four results."""
    return tuple(
        Identity(
            "I4",
            "总计须等于四种结果之和",
            f"表四·{g.label}",
            (f"remedies.{g.key}.total",),
            tuple(f"remedies.{g.key}.{r.key}" for r in RESULTS[:-1]),
            f"remedies.{g.key}.total",
        )
        for g in GROUPS
    )
