"""A report that was read, and what was found in it, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gongkai.law.annual_report.model import Number
from gongkai.law.annual_report.requests_table import COLUMNS
from gongkai.reporting.schema import T3_ROWS, Report, form_of, layout

_MOST: Final = 40
"""Undecided cells named one by one; of more the rest are counted."""


def table_lines(report: Report) -> Iterator[str]:
    """The cells as read: blank is a dash, undecided a question mark."""
    form = form_of(report.edition)
    year = f"{report.year}年度，" if report.year else ""
    yield f"{year}{form.title}。"
    tables = layout(report.edition)
    labels = {row.key: row.label for table in form.tables for row in table.rows}
    if not tables:
        for key, cell in form.cells.items():
            if key in report.cells:
                yield f"  {cell.label}：{_shown(report, key, f'indicators.{key}')}"
        return
    for table, rows in tables.items():
        if isinstance(rows, tuple):
            yield "表四 " + " ".join(
                _shown(report, key, f"{table}[{n}]") for n, key in enumerate(rows)
            )
            continue
        yield "表二" if table == "t2" else "表三（" + "、".join(c.label for c in COLUMNS) + "）"
        for name, keys in rows.items():
            words = labels.get(T3_ROWS.get(name, ""), name)
            cells = (_shown(report, key, f"{table}.{name}[{n}]") for n, key in enumerate(keys))
            yield f"  {words}：{' '.join(cells)}"


def found_lines(report: Report) -> Iterator[str]:
    """Undecided cells, what does not agree, and what is only for reading."""
    for item in report.undecided[:_MOST]:
        could = f"可能是{'、'.join(item.candidates)}。" if item.candidates else ""
        raw = f"原文“{item.raw}”：" if item.raw else ""
        yield f"不能确定 {item.place}：{raw}{item.reason}{could}"
    if len(report.undecided) > _MOST:
        yield f"不能确定的还有{len(report.undecided) - _MOST}格，用 --json 查看。"
    for finding in report.findings:
        yield f"{'请核对' if finding.soft else '不一致'} [{finding.identity}] {finding.sentence}"
    yield from report.remarks


def verdict(report: Report) -> str:
    """One sentence that sums a check up."""
    if report.empty:
        return "表样是空的，没有可核对的数字。"
    wrong = sum(not item.soft for item in report.findings)
    soft = len(report.findings) - wrong
    parts = []
    if wrong:
        parts.append(f"有{wrong}处不一致")
    if soft:
        parts.append(f"有{soft}处请核对")
    if report.undecided:
        parts.append(f"有{len(report.undecided)}格不能确定，涉及这些格的关系没有核对")
    return "，".join(parts) + "。" if parts else "没有发现不一致。"


def _shown(report: Report, key: str, address: str) -> str:
    value: Number | None = report.cells.get(key)
    if value is not None:
        return str(value)
    doubtful = {item.cell for item in report.undecided}
    return "?" if address in doubtful or key not in report.cells else "—"
