"""The form of 国办公开办函〔2021〕30号, for the statistical years from 2021 on."""

from __future__ import annotations

from datetime import date

from gongkai.kit.ranges import Span
from gongkai.law.annual_report import requests_table as three
from gongkai.law.annual_report.model import Cell, Form, Identity, Line, Table
from gongkai.law.cite import Cite

_DOCUMENTS = (
    Line("rules", "规章"),
    Line("normative_documents", "行政规范性文件"),
)
_COUNTS = (
    Line("made", "本年制发件数"),
    Line("abolished", "本年废止件数"),
    Line("in_force", "现行有效件数"),
)
_DECISIONS = (
    Line("licences", "行政许可"),
    Line("penalties", "行政处罚"),
    Line("coercion", "行政强制"),
)


def _proactive() -> Table:
    cells = [
        Cell(f"proactive.{d.key}.{c.key}", f"第二十条第（一）项·{d.label}·{c.label}")
        for d in _DOCUMENTS
        for c in _COUNTS
    ]
    for line, item in zip(_DECISIONS, ("五", "六", "六"), strict=True):
        label = f"第二十条第（{item}）项·{line.label}·本年处理决定数量"
        cells.append(Cell(f"proactive.{line.key}.decisions", label))
    cells.append(
        Cell(
            "proactive.fees.amount",
            "第二十条第（八）项·行政事业性收费·本年收费金额",
            decimal=True,
            unit="万元",
        )
    )
    rows = (*_DOCUMENTS, *_DECISIONS, Line("fees", "行政事业性收费"))
    columns = (*_COUNTS, Line("decisions", "本年处理决定数量"), Line("amount", "本年收费金额"))
    return Table("proactive", "二、主动公开政府信息情况", rows, columns, tuple(cells))


def _in_force() -> tuple[Identity, ...]:
    """I7 (not printed, a warning): in force now = in force last year + made − abolished."""
    return tuple(
        Identity(
            "I7",
            "现行有效件数与上年现行有效加制发减废止不一致，请核对",
            f"表二·{d.label}",
            (f"proactive.{d.key}.in_force", f"proactive.{d.key}.abolished"),
            (f"proactive.{d.key}.made",),
            last=(f"proactive.{d.key}.in_force",),
            soft=True,
        )
        for d in _DOCUMENTS
    )


def _tables() -> tuple[Table, ...]:
    return (_proactive(), three.requests_table(three.LEAVES_2021), three.remedies_table())


FORM = Form(
    key="2021",
    title="政府信息公开工作年度报告（2021年格式）",
    basis=str(Cite("report_form_2021_30")),
    span=Span(date(2021, 1, 1), None),
    tables=_tables(),
    identities=(
        *three.requests_identities(three.LEAVES_2021),
        *three.remedies_identities(),
        *_in_force(),
    ),
    carry=three.carry(),
)
