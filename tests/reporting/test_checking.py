"""Findings: where, with which arithmetic; and the reports and the summary of real offices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gongkai.backends.extract.docx import DocxExtractor
from gongkai.backends.extract.pdf import PdfExtractor
from gongkai.backends.extract.plain import PlainExtractor
from gongkai.law.annual_report.requests_table import key
from gongkai.ports import Extractor
from gongkai.reporting.reading.check import checked, report_of, sum_of_bodies
from gongkai.reporting.reading.lines import found_lines, table_lines, verdict
from gongkai.reporting.reading.model import Source
from gongkai.reporting.reading.sources import source_of
from gongkai.reporting.schema import Report, addresses, report_json
from gongkai.text.ad_words import STRONG
from tests.reporting.years import Cells, text, year

SHARED = Path(__file__).parents[3] / "shared"
YEARLY = SHARED / "data" / "fixtures" / "yearly"
SEED = SHARED / "seed" / "summary-2008.txt"
needs_shared = pytest.mark.skipif(not YEARLY.is_dir(), reason="the real inputs are not here")

CELLS: Cells = year(11, "2021", 70)


def check(
    cells: Mapping[str, Any], told: str = "", last: Mapping[str, Any] | None = None
) -> Report:
    before = Source(text("2021", last).replace("2021年", "2020年")) if last else None
    return checked(Source(text("2021", cells, told=told)), before)


def test_the_first_identity_is_told_with_its_arithmetic() -> None:
    new = key("new", "natural")
    findings = check({**CELLS, new: CELLS[new] + 1}).findings
    by = {finding.identity: finding for finding in findings}
    assert set(by) == {"I1", "I3"}
    left = CELLS[new] + CELLS[key("carried_in", "natural")] + 1
    assert by["I1"].sentence.startswith(f"表三·自然人：一项加二项 {left} ≠ 三项加四项 {left - 1}（")
    assert f"{CELLS[new] + 1}+{CELLS[key('carried_in', 'natural')]}={left}" in by["I1"].sentence
    assert (by["I1"].expected, by["I1"].found) == (left - 1, left)
    assert "t3.new[0]" in by["I1"].cells
    (remark,) = check({**CELLS, new: CELLS[new] + 1}).remarks
    assert f"“一、本年新收政府信息公开申请数量·自然人”（{CELLS[new] + 1}）" in remark


def test_what_was_carried_in_is_what_last_year_carried_over() -> None:
    over = key("carried_over", "natural")
    last = {**year(12, "2021", 70), over: CELLS[key("carried_in", "natural")] + 2}
    findings = [f for f in check(CELLS, last=last).findings if f.identity == "I5"]
    assert any(
        "上年结转" in f.sentence and (f.expected or 0) - (f.found or 0) == 2 for f in findings
    )


def test_the_wrong_year_beside_it_is_said() -> None:
    same = Source(text("2021", CELLS))
    assert any("应是2020年的" in line for line in checked(same, same).remarks)


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("全年共收到政府信息公开申请{new}件。", "新收申请"),
        ("本年受理政府信息公开申请{new}件，已全部按期处理。", "新收申请"),
        ("收到申请若干，全年共答复政府信息公开申请，答复{done}件。", "答复或办结"),
        ("依申请公开方面，予以公开{granted}件，部分公开{partial}件。", "予以公开"),
        ("政府信息公开行政复议{review}件，其中结果维持{upheld}件。", "行政复议"),
    ],
)
def test_sentences_are_compared_with_the_tables(told: str, what: str) -> None:
    values = {
        "new": CELLS[key("new", "total")],
        "done": CELLS[key("handled", "total")],
        "granted": CELLS[key("granted", "total")],
        "partial": CELLS[key("partly_granted", "total")],
        "review": CELLS["remedies.reconsideration.total"],
        "upheld": CELLS["remedies.reconsideration.upheld"],
    }
    assert check(CELLS, told.format(**values)).findings == ()
    first = next(name for name in values if "{" + name + "}" in told)
    wrong = told.format(**{**values, first: int(values[first]) + 7777})
    (finding,) = check(CELLS, wrong).findings
    assert finding.identity == "text"
    assert finding.place == f"正文·{what}"
    assert finding.found == values[first] + 7777
    assert finding.expected == values[first]


def test_numerals_in_words_are_numbers_too() -> None:
    told = "全年共收到政府信息公开申请九千九百九十九件。"
    (finding,) = check(CELLS, told).findings
    assert finding.found == 9999


@pytest.mark.parametrize(
    "told",
    [
        "通过网站收到政府信息公开申请3件，信函2件。",
        "去年同期收到政府信息公开申请9999件。",
        "2008年以来累计收到政府信息公开申请9999件。",
        "全年收到政府信息公开申请，其中当面收到申请9999件。",
        "收到政府信息公开申请9000余件。",
        "2019年收到政府信息公开申请9999件。",
    ],
)
def test_sentences_about_something_else_are_no_alarm(told: str) -> None:
    assert check(CELLS, told).findings == ()


def test_an_authority_is_the_sum_of_its_bodies() -> None:
    whole = report_of(Source(text("2021", CELLS)))
    assert sum_of_bodies(whole, [whole]) == ()
    found = sum_of_bodies(whole, [whole, whole])
    assert found
    assert all(item.identity == "I9" and item.soft for item in found)


def test_lines_and_json_say_the_same() -> None:
    new = key("new", "natural")
    report = check({**CELLS, new: CELLS[new] + 1})
    said = "\n".join([*table_lines(report), *found_lines(report)])
    assert "不一致 [I1]" in said
    assert verdict(report).startswith("有2处不一致")
    data = json.loads(json.dumps(report_json(report), ensure_ascii=False))
    assert {item["identity"] for item in data["findings"]} == {"I1", "I3"}
    assert data["t3"]["new"][0] == CELLS[new] + 1


def real(name: str) -> Source:
    path = YEARLY / name
    extractors: dict[str, Extractor] = {
        ".pdf": PdfExtractor(),
        ".txt": PlainExtractor(),
        ".docx": DocxExtractor(),
    }
    return source_of(extractors[path.suffix].extract(path))


@needs_shared
@pytest.mark.parametrize(
    ("name", "truth", "doubtful"),
    [
        ("淮安市人民政府2024.pdf", "淮安市人民政府2024", 0),
        ("平潭综合实验区2024年度.sections2-4.txt", "平潭2024", 3),
        ("河北教育厅2023.txt", "河北教育厅2023", 0),
    ],
)
def test_real_reports_are_read_right_and_raise_no_alarm(
    name: str, truth: str, doubtful: int
) -> None:
    known = json.loads((YEARLY / "TRUTH_dev.json").read_text("utf-8"))[truth]
    report = checked(real(name))
    said = report_json(report)
    assert said["edition"] == "2021"
    assert said["t3"] == known["t3"]
    assert said["t4"] == known["t4"]
    for row, cells in known.get("t2", {}).items():
        if row in said["t2"] and None not in said["t2"][row]:
            assert said["t2"][row] == (cells if isinstance(cells, list) else [cells])
    assert len(report.undecided) == doubtful
    assert report.findings == ()


@needs_shared
def test_the_statutory_template_is_known_as_empty() -> None:
    report = checked(real("政务公开年报模版.docx"))
    assert report.empty
    assert set(report.blanks) == set(addresses("2021").values())


@needs_shared
def test_the_summary_of_2008_does_not_add_up_and_the_trap_is_told() -> None:
    report = checked(source_of(PlainExtractor().extract(SEED)))
    said = "\n".join([*table_lines(report), *found_lines(report), verdict(report)])
    assert "366 ≠ 五类信息数之和 368" in said
    assert "占各类合计368的比例" in said
    for figure in ("453-330-1=122", "53-36-1=16", "122+16=138"):
        assert figure in said
    whole = json.dumps(report_json(report), ensure_ascii=False) + said
    assert not any(word in whole for word in STRONG)
