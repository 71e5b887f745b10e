"""The form for the reports on 2019 and 2020 (国办公开办函〔2019〕60号, number from memory)."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.annual_report import requests_table as three
from gongkai.law.annual_report.model import Cell, Form, Line, Table
from gongkai.law.cite import Cite

_DOCUMENTS = (
    "一",
    (Line("rules", "规章"), Line("normative_documents", "规范性文件")),
    (
        Line("made", "本年新制作数量"),
        Line("newly_public", "本年新公开数量"),
        Line("public_total", "对外公开总数量"),
    ),
)
_ITEMS = (
    Line("last_year", "上一年项目数量"),
    Line("change", "本年增/减"),
    Line("decisions", "处理决定数量"),
)
_PERMITS = ("五", (Line("licences", "行政许可"), Line("services", "其他对外管理服务事项")), _ITEMS)
_SANCTIONS = ("六", (Line("penalties", "行政处罚"), Line("coercion", "行政强制")), _ITEMS)
_FEES = ("八", (Line("fees", "行政事业性收费"),), _ITEMS[:2])
_BLOCKS = (_DOCUMENTS, _PERMITS, _SANCTIONS, _FEES)
# 本年增/减 may be negative: it is a change, not a count.
SIGNED = "change"


def _proactive() -> Table:
    cells = [
        Cell(
            f"proactive.{row.key}.{c.key}",
            f"第二十条第（{item}）项·{row.label}·{c.label}",
            signed=c.key == SIGNED,
        )
        for item, rows, columns in _BLOCKS
        for row in rows
        for c in columns
    ]
    purchases = "第二十条第（九）项·政府集中采购"
    cells.append(Cell("proactive.purchases.count", f"{purchases}·采购项目数量"))
    cells.append(
        Cell("proactive.purchases.amount", f"{purchases}·采购总金额", decimal=True, unit="元")
    )
    rows = tuple(row for _, rows, _ in _BLOCKS for row in rows)
    columns = tuple(dict.fromkeys(c for _, _, columns in _BLOCKS for c in columns))
    return Table(
        "proactive",
        "二、主动公开政府信息情况",
        (*rows, Line("purchases", "政府集中采购")),
        (*columns, Line("count", "采购项目数量"), Line("amount", "采购总金额")),
        tuple(cells),
    )


FORM = Form(
    key="2019",
    title="政府信息公开工作年度报告（2019年格式）",
    basis=str(Cite("report_form_2019_60", "", "memory")),
    span=Span(date(2019, 1, 1), date(2021, 1, 1)),
    tables=(_proactive(), three.requests_table(three.LEAVES_2019), three.remedies_table()),
    identities=(
        *three.requests_identities(three.LEAVES_2019),
        *three.remedies_identities(),
    ),
    carry=three.carry(),
)
