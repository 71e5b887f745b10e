"""The printed tables of every edition as grids: merged heads, rows and the key of every cell.

Pure, and the one source of how a table looks: desk, DOCX, PDF and XLSX draw the same grid. The
tables of 2021 follow the annex of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.law.annual_report import Form
from gongkai.law.annual_report.model import Line, Number, Table
from gongkai.law.annual_report.requests_table import COLUMNS, GROUPS, RESULTS

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
# Where the annex says more than the label of the row.
_IN_FULL = {
    "abandoned_no_supplement": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "abandoned_no_fee": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as printed: `text` of a head, or the form's `key` of a figure; its span."""

    text: str = ""
    key: str = ""
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: `widths` are shares of the page, the first `heads` rows repeat."""

    key: str
    title: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Box, ...], ...]
    heads: int = 0

    @property
    def places(self) -> Iterator[tuple[int, int, Box]]:
        """Row and column of every box's upper left corner, spans respected."""
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(self.rows):
            column = 0
            for box in row:
                while (at, column) in taken:
                    column += 1
                taken |= {(at + r, column + c) for r in range(box.rows) for c in range(box.columns)}
                yield at, column, box
                column += box.columns


def grids(form: Form) -> tuple[Grid, ...]:
    """The form's tables in the order of the form."""
    return tuple(_BY_TABLE.get((form.key, t.key), _plain)(t) for t in form.tables)


def _block(
    item: str, heads: tuple[str, ...], rows: dict[str, tuple[str, ...]]
) -> list[tuple[Box, ...]]:
    """One item of Art. 20: its name across, its heads, its rows; the last column fills the rest."""
    rest = 4 - len(heads)
    lines = [
        (Box(f"第二十条第（{item}）项", columns=4),),
        (Box("信息内容"), *(Box(h) for h in heads[:-1]), Box(heads[-1], columns=rest)),
    ]
    for label, keys in rows.items():
        cells = [Box(key=f"proactive.{key}") for key in keys[:-1]]
        lines.append((Box(label), *cells, Box(key=f"proactive.{keys[-1]}", columns=rest)))
    return lines


def _row(row: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"{row}.{column}" for column in columns)


def _two_2021(table: Table) -> Grid:
    papers = ("made", "abolished", "in_force")
    decisions = ("本年处理决定数量",)
    lines = [
        *_block("一", ("本年制发件数", "本年废止件数", "现行有效件数"), {
            "规章": _row("rules", *papers),
            "行政规范性文件": _row("normative_documents", *papers),
        }),
        *_block("五", decisions, {"行政许可": _row("licences", "decisions")}),
        *_block("六", decisions, {
            "行政处罚": _row("penalties", "decisions"),
            "行政强制": _row("coercion", "decisions"),
        }),
        *_block("八", ("本年收费金额（单位：万元）",), {"行政事业性收费": _row("fees", "amount")}),
    ]  # fmt: skip
    return Grid(table.key, table.title, (34, 22, 22, 22), tuple(lines))


def _two_2019(table: Table) -> Grid:
    papers = ("made", "newly_public", "public_total")
    items = ("last_year", "change", "decisions")
    heads = ("上一年项目数量", "本年增/减", "处理决定数量")
    lines = [
        *_block("一", ("本年新制作数量", "本年新公开数量", "对外公开总数量"), {
            "规章": _row("rules", *papers),
            "规范性文件": _row("normative_documents", *papers),
        }),
        *_block("五", heads, {
            "行政许可": _row("licences", *items),
            "其他对外管理服务事项": _row("services", *items),
        }),
        *_block("六", heads, {
            "行政处罚": _row("penalties", *items),
            "行政强制": _row("coercion", *items),
        }),
        *_block("八", heads[:2], {"行政事业性收费": _row("fees", "last_year", "change")}),
        *_block("九", ("采购项目数量", "采购总金额"), {
            "政府集中采购": _row("purchases", "count", "amount"),
        }),
    ]  # fmt: skip
    return Grid(table.key, table.title, (34, 22, 22, 22), tuple(lines))


def _three(table: Table) -> Grid:
    leaves = [
        r for r in table.rows if r.key not in ("new", "carried_in", "handled", "carried_over")
    ]
    labels = {line.key: line.label for line in table.rows}
    heads = [
        (Box(CORNER, rows=3, columns=3), Box("申请人情况", columns=7)),
        (
            Box("自然人", rows=2),
            Box("法人或其他组织", columns=5),
            Box("总计", rows=2),
        ),
        tuple(Box(column.label) for column in COLUMNS[1:-1]),
    ]
    lines = [
        (Box(labels["new"], columns=3), *_figures("new")),
        (Box(labels["carried_in"], columns=3), *_figures("carried_in")),
        *_outcomes(leaves),
        (Box(labels["handled"], columns=2), *_figures("handled")),
        (Box(labels["carried_over"], columns=3), *_figures("carried_over")),
    ]
    widths = (8, 12, 24, 8, 8, 8, 8, 8, 8, 8)
    return Grid(table.key, table.title, widths, (*heads, *lines), heads=3)


def _outcomes(leaves: list[Line]) -> Iterator[tuple[Box, ...]]:
    """三、本年度办理结果: the groups （一） to （六）, the block's name before the first row."""
    block: tuple[Box, ...] = (Box("三、本年度办理结果", rows=len(leaves) + 1),)
    for group, members in groupby(leaves, key=lambda line: line.label.partition(" ")[0]):
        lines = list(members)
        name: tuple[Box, ...] = (Box(group, rows=len(lines)),)
        for line in lines:
            _, _, leaf = line.label.partition(" ")
            words = _IN_FULL.get(line.key, leaf)
            if leaf:
                yield (*block, *name, Box(words), *_figures(line.key))
            else:
                yield (*block, Box(group, columns=2), *_figures(line.key))
            block = name = ()


def _figures(row: str) -> tuple[Box, ...]:
    return tuple(Box(key=f"requests.{row}.{column.key}") for column in COLUMNS)


def _four(table: Table) -> Grid:
    results = [Box(result.label) for result in RESULTS]
    return Grid(
        table.key,
        table.title,
        (7, 7, 6, 7, 6) * 3,
        (
            (Box("行政复议", columns=5), Box("行政诉讼", columns=10)),
            (
                *(Box(result.label, rows=2) for result in RESULTS),
                Box("未经复议直接起诉", columns=5),
                Box("复议后起诉", columns=5),
            ),
            (*results, *results),
            tuple(Box(key=f"remedies.{g.key}.{r.key}") for g in GROUPS for r in RESULTS),
        ),
        heads=3,
    )


def _plain(table: Table) -> Grid:
    """Rows and columns as the form names them, empty where the form has no figure."""
    keys = {cell.key for cell in table.cells}
    head = (Box("指标"), *(Box(column.label) for column in table.columns))
    units = {cell.key: cell.unit for cell in table.cells}
    lines = []
    for row in table.rows:
        found = [f"{table.key}.{row.key}.{column.key}" for column in table.columns]
        unit = next((units[key] for key in found if key in keys), "件")
        label = row.label if unit in ("件", "%") else f"{row.label}（{unit}）"
        lines.append((Box(label), *(Box(key=key if key in keys else "") for key in found)))
    widths = (60, *(40 // len(table.columns) for _ in table.columns))
    return Grid(table.key, table.title, widths, (head, *lines), heads=1)


_BY_TABLE = {
    ("2021", "proactive"): _two_2021,
    ("2019", "proactive"): _two_2019,
    ("2021", "requests"): _three,
    ("2019", "requests"): _three,
    ("2021", "remedies"): _four,
    ("2019", "remedies"): _four,
}


def shown(value: Number | None) -> str:
    """A figure as printed: no exponent, no needless zeros; empty when there is none."""
    if value is None:
        return ""
    return f"{value:f}" if not isinstance(value, int) else str(value)
