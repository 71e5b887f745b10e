"""Invented years that foot, and how offices set them: as tables, as text, run together."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape, unescape
from pathlib import Path
from typing import Any, Final

from gongkai.law.annual_report import Form, complete, form_for
from gongkai.law.annual_report.model import Number
from gongkai.law.annual_report.requests_table import COLUMNS, GROUPS, KINDS, RESULTS, key
from gongkai.reporting.schema import T3_ROWS, layout, plain

Cells = dict[str, Number]


GROUP_OF: Final = {
    "deny_secret": ("（三）不予公开", 8),
    "na_nothold": ("（四）无法提供", 3),
    "np_petition": ("（五）不予处理", 5),
    "ot_nocorrect": ("（六）其他处理", 3),
}
LABELS: Final = {
    "new": "一、本年新收政府信息公开申请数量",
    "carry_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "partial": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "deny_secret": "1.属于国家秘密",
    "deny_law": "2.其他法律行政法规禁止公开",
    "deny_safety": "3.危及“三安全一稳定”",
    "deny_third": "4.保护第三方合法权益",
    "deny_internal": "5.属于三类内部事务信息",
    "deny_process": "6.属于四类过程性信息",
    "deny_enforce": "7.属于行政执法案卷",
    "deny_query": "8.属于行政查询事项",
    "na_nothold": "1.本机关不掌握相关政府信息",
    "na_create": "2.没有现成信息需要另行制作",
    "na_unclear": "3.补正后申请内容仍不明确",
    "np_petition": "1.信访举报投诉类申请",
    "np_repeat": "2.重复申请",
    "np_publication": "3.要求提供公开出版物",
    "np_mass": "4.无正当理由大量反复申请",
    "np_confirm": "5.要求行政机关确认或重新出具已获取信息",
    "ot_nocorrect": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "ot_nofee": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "ot_other": "3.其他",
    "ot_all": "（六）其他处理",
    "total": "（七）总计",
    "carry_out": "四、结转下年度继续办理",
}
TWO: Final[Mapping[str, Sequence[tuple[str, Sequence[str], Sequence[str]]]]] = {
    "2021": (
        (
            "第二十条第（一）项",
            ("本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", "行政规范性文件"),
        ),
        ("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
        ("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
        ("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
    ),
    "2019": (
        (
            "第二十条第（一）项",
            ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
            ("规章", "规范性文件"),
        ),
        (
            "第二十条第（五）项",
            ("上一年项目数量", "本年增/减", "处理决定数量"),
            ("行政许可", "其他对外管理服务事项"),
        ),
        (
            "第二十条第（六）项",
            ("上一年项目数量", "本年增/减", "处理决定数量"),
            ("行政处罚", "行政强制"),
        ),
        ("第二十条第（八）项", ("上一年项目数量", "本年增/减"), ("行政事业性收费",)),
        ("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",)),
    ),
}


def year(seed: int, edition: str, size: int = 60) -> Cells:
    """A year that foots; most cells are nothing, as in life."""
    rng = random.Random(seed)
    form = form_for(int(edition))
    cells: Cells = dict.fromkeys(form.cells, 0)
    for row in (r for r in T3_ROWS.values() if key(r, "natural") in cells):
        if row in ("new", "handled", "carried_over"):
            continue
        for index, kind in enumerate(KINDS):
            if rng.random() < (0.6 if index == 0 else 0.15):
                cells[key(row, kind)] = rng.randint(1, size if index == 0 else size // 8 + 1)
    for group in GROUPS:
        for result in RESULTS[:-1]:
            cells[f"remedies.{group.key}.{result.key}"] = rng.choice((0, 0, rng.randint(1, size)))
    for name in [name for name in cells if name.startswith("proactive.")]:
        cells[name] = rng.randint(0, 500)
    money = {"2021": "proactive.fees.amount", "2019": "proactive.purchases.amount"}[edition]
    cells[money] = Decimal(rng.randint(0, 10**7)) / 100
    return _balanced(form, cells, rng)


def _balanced(form: Form, cells: Cells, rng: random.Random) -> Cells:
    """What is new makes up what was handled or carried over."""
    for kind in KINDS:
        handled = sum(int(cells[k]) for k in _outcomes(form, kind))
        brought = int(cells[key("carried_in", kind)])
        over = max(rng.choice((0, 0, rng.randint(0, 9))), brought - handled)
        cells[key("carried_over", kind)] = over
        cells[key("new", kind)] = handled + over - brought
    done = complete(form, cells)
    return {name: done[name] for name in form.cells}


def _outcomes(form: Form, kind: str) -> list[str]:
    apart = {"new", "carried_in", "handled", "carried_over"}
    rows = [row for row in T3_ROWS.values() if row not in apart]
    return [key(row, kind) for row in rows if key(row, kind) in form.cells]


def said(value: Number) -> str:
    """As typed into a cell."""
    return str(plain(value))


def rows_three(edition: str, cells: Mapping[str, Number]) -> list[tuple[str, str, int, list[str]]]:
    """Row name, group printed before it, how many rows the group spans, the seven figures."""
    three = layout(edition)["t3"]
    assert isinstance(three, dict)
    return [
        (name, *GROUP_OF.get(name, ("", 0)), [said(cells[k]) for k in keys])
        for name, keys in three.items()
    ]


def rows_two(edition: str, cells: Mapping[str, Number]) -> dict[str, list[str]]:
    """The rows of table two."""
    two = layout(edition)["t2"]
    assert isinstance(two, dict)
    return {name: [said(cells[k]) for k in keys] for name, keys in two.items()}


def row_four(edition: str, cells: Mapping[str, Number]) -> list[str]:
    """The fifteen."""
    four = layout(edition)["t4"]
    assert isinstance(four, tuple)
    return [said(cells[k]) for k in four]


HEAD: Final = "某市某局{year}年政府信息公开工作年度报告"
H2, H3 = "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"
H4, H5 = "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"
NOTE: Final = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
SPANS: Final = {"2021": 22, "2019": 20}


def narrative(edition: str, cells: Mapping[str, Number]) -> str:
    """A sentence or two that agree with the tables."""
    new, done = cells[key("new", "total")], cells[key("handled", "total")]
    return (
        f"全年共收到政府信息公开申请{new}件，办结{done}件。"
        f"政府信息公开行政复议{cells['remedies.reconsideration.total']}件。"
    )


def html_tables(edition: str, cells: Mapping[str, Number]) -> tuple[str, str, str]:
    """Tables two, three and four with spans, as an editor sets them."""
    two = []
    for title, heads, names in TWO[edition]:
        width = max(len(h) for _, h, _ in TWO[edition]) + 1
        two.append(f"<tr><td colspan={width}>{title}</td></tr>")
        two.append(_tr([_td("信息内容"), *map(_td, heads)]))
        two += [_tr([_td(n), *map(_td, rows_two(edition, cells)[n])]) for n in names]
    three = [
        f'<tr><td colspan="3" rowspan="3">{NOTE}</td><td colspan="7">申请人情况</td></tr>',
        (
            '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td>'
            '<td rowspan="2">总计</td></tr>'
        ),
        _tr([_td(column.label) for column in COLUMNS[1:-1]]),
    ]
    for name, group, span, figures in rows_three(edition, cells):
        lead = ""
        if name == "granted":
            lead = f"<td rowspan={SPANS[edition]}>三、本年度办理结果</td>"
        lead += f"<td rowspan={span}>{group}</td>" if group else ""
        across = 3 if name in ("new", "carry_in", "carry_out") else 2
        across = 1 if LABELS[name][0].isdigit() else across
        label = f"<td colspan={across}>{escape(LABELS[name])}</td>"
        three.append("<tr>" + lead + label + "".join(map(_td, figures)) + "</tr>")
    results = [r.label for r in RESULTS]
    four = [
        "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>",
        "<tr>"
        + "".join(f"<td rowspan=2>{r}</td>" for r in results)
        + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>",
        _tr(list(map(_td, results * 2))),
        _tr(list(map(_td, row_four(edition, cells)))),
    ]
    return tuple(f"<table border=1>{''.join(rows)}</table>" for rows in (two, three, four))  # type: ignore[return-value]


def _td(text: str) -> str:
    return f"<td><p>{escape(text)}</p></td>"


def _tr(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def html(edition: str, cells: Mapping[str, Number], told: str = "") -> str:
    """The report as a page."""
    two, three, four = html_tables(edition, cells)
    return (
        f"<html><meta charset=utf-8><body><h1>{HEAD.format(year=edition)}</h1><div id=zoom>"
        f"<p>一、总体情况</p><p>{told or narrative(edition, cells)}</p><p>{H2}</p>{two}<p>{H3}</p>"
        f"{three}<p>{H4}</p>{four}<p>{H5}</p><p>仍有不足，今后改进。</p></div></body></html>"
    )


def text(
    edition: str,
    cells: Mapping[str, Number],
    *,
    between: str = "\t",
    after: str = "\n",
    told: str = "",
) -> str:
    """The report as plain text: `between` cells, `after` rows; both empty runs it together."""
    lines = [HEAD.format(year=edition), "一、总体情况", told or narrative(edition, cells), H2]
    body: list[str] = []
    for title, heads, names in TWO[edition]:
        body += [title, between.join(["信息内容", *heads])]
        body += [between.join([name, *rows_two(edition, cells)[name]]) for name in names]
    body += [H3, NOTE, between.join(["申请人情况", "自然人", "法人或其他组织", "总计"])]
    body.append(between.join(column.label for column in COLUMNS[1:-1]))
    for name, group, _, figures in rows_three(edition, cells):
        lead = ["三、本年度办理结果"] if name == "granted" else []
        lead += [group] if group else []
        body.append(between.join([*lead, LABELS[name], *figures]))
    results = [r.label for r in RESULTS]
    body += [H4, between.join(["行政复议", "行政诉讼"])]
    body += [between.join([*results, "未经复议直接起诉", "复议后起诉", *results, *results])]
    body += [between.join(row_four(edition, cells)), H5]
    return "\n".join(lines) + "\n" + after.join(body) + "\n仍有不足，今后改进。\n"


def write_docx(path: Path, edition: str, cells: Mapping[str, Number]) -> None:
    """The tables with merged cells, in a DOCX file."""
    import docx

    document = docx.Document()
    document.add_paragraph(HEAD.format(year=edition))
    document.add_paragraph("一、总体情况")
    document.add_paragraph(narrative(edition, cells))
    for heading, (laid, height, width) in zip((H2, H3, H4), laid_out(edition, cells), strict=True):
        document.add_paragraph(heading)
        table = document.add_table(height, width)
        for (y, x), (down, across, words) in laid.items():
            corner = table.cell(y + down - 1, x + across - 1)
            table.cell(y, x).merge(corner).text = words
    document.add_paragraph(H5)
    document.save(str(path))


def write_xlsx(path: Path, edition: str, cells: Mapping[str, Number], *, split: bool) -> None:
    """One sheet, or one for each table; merged cells as in the form."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet, top = book.add_worksheet("年报"), 0
        sheet.write(0, 0, HEAD.format(year=edition))
        for number, (heading, (laid, height, _)) in enumerate(
            zip((H2, H3, H4), laid_out(edition, cells), strict=True)
        ):
            if split and number:
                sheet, top = book.add_worksheet(heading[:2] + str(number)), 0
            sheet.write(top + 1, 0, heading)
            _sheet(sheet, top + 2, laid)
            top += height + 4


def _sheet(sheet: Any, top: int, laid: Laid) -> None:
    for (y, x), (down, across, words) in laid.items():
        value = float(words) if words.replace(".", "").lstrip("-").isdecimal() else words
        if (down, across) == (1, 1):
            sheet.write(top + y, x, value)
        else:
            sheet.merge_range(top + y, x, top + y + down - 1, x + across - 1, value)


Laid = dict[tuple[int, int], tuple[int, int, str]]
"""Row and column → rows and columns spanned, and the text."""


def laid_out(edition: str, cells: Mapping[str, Number]) -> list[tuple[Laid, int, int]]:
    """The three tables with their spans, their heights and widths."""
    return [_laid(table) for table in html_tables(edition, cells)]


def _laid(table: str) -> tuple[Laid, int, int]:
    laid: Laid = {}
    taken: set[tuple[int, int]] = set()
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    for y, row in enumerate(rows):
        x = 0
        for attributes, inner in re.findall(r"<td([^>]*)>(.*?)</td>", row):
            while (y, x) in taken:
                x += 1
            spans = dict(re.findall(r'(\w+)="?(\d+)', attributes))
            down, across = int(spans.get("rowspan", 1)), int(spans.get("colspan", 1))
            laid[y, x] = (down, across, unescape(re.sub("<[^>]+>", "", inner)))
            taken |= {(y + i, x + j) for i in range(down) for j in range(across)}
            x += across
    return laid, len(rows), max(x for _, x in taken) + 1


def typst(edition: str, cells: Mapping[str, Number]) -> str:
    """The report as typst: small pages, so that tables are cut by their ends."""
    parts = [
        (
            '#set page(width: 595pt, height: 500pt, margin: 50pt, numbering: "- 1 -")\n'
            '#set text(font: "Noto Serif CJK SC", size: 9pt, lang: "zh")\n'
        ),
        HEAD.format(year=edition),
        f"\n\n一、总体情况\n\n{narrative(edition, cells)}\n\n",
    ]
    for heading, (laid, _, width) in zip((H2, H3, H4), laid_out(edition, cells), strict=True):
        columns = ", ".join(["1fr"] * width)
        parts.append(f"{heading}\n#table(columns: ({columns}),\n")
        for (y, x), (down, across, words) in sorted(laid.items()):
            spans = f"x: {x}, y: {y}, rowspan: {down}, colspan: {across}"
            parts.append(f'table.cell({spans})[#"{words}"],\n')
        parts.append(")\n\n")
    return "".join([*parts, H5, "\n"])
