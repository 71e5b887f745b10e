"""Damage that life does to reports, and what must be known in spite of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from gongkai.backends.extract.html_grids import grids_of
from gongkai.kit.refusal import Refusal
from gongkai.reporting.reading.figures import chinese, is_blank, number
from gongkai.reporting.reading.model import Reading, Row, Source
from gongkai.reporting.reading.read import read
from gongkai.reporting.reading.splits import ways
from gongkai.text.traditional import SIMPLIFIED
from tests.reporting.years import Cells, html, text, year

CELLS: Cells = year(7, "2021", 90)


def of_page(page: str) -> Source:
    from selectolax.lexbor import LexborHTMLParser

    return Source("", grids_of(LexborHTMLParser(page)))


def right(reading: Reading, cells: Cells = CELLS) -> bool:
    return all((reading.cells[key] or 0) == value for key, value in cells.items())


def test_labels_in_traditional_characters_with_blanks_and_confusions() -> None:
    traditional = {simple: old for old, simple in SIMPLIFIED.items()}
    page = html("2021", CELLS)
    for one, other in (
        ("属于国家秘密", "属 于 国 家 秘 密"),
        ("重复申请", "重夏申请"),
        ("要求提供公开出版物", "要求提供公开出板物"),
        ("其他法律行政法规禁止公开", "其他法律行政法规禁止公"),
        ("本机关不掌握相关政府信息", "本机关不掌握相关政府信"),
    ):
        assert one in page
        page = page.replace(one, other)
    assert right(read(of_page(page)))
    old = "".join(traditional.get(char, char) for char in page)
    assert old != page
    assert right(read(of_page(old)))


def test_a_row_without_its_label_is_known_by_its_place() -> None:
    page = html("2021", CELLS).replace("4.保护第三方合法权益", "")
    reading = read(of_page(page))
    assert right(reading)
    assert reading.undecided == ()


def test_a_row_that_is_missing_is_named_and_not_made_up() -> None:
    page = re.sub(r"<tr><td colspan=1>2\.重复申请.*?</tr>", "", html("2021", CELLS))
    reading = read(of_page(page))
    assert {item.cell for item in reading.undecided} == {f"t3.np_repeat[{n}]" for n in range(7)}
    assert "没有找到这一行" in reading.undecided[0].reason


def test_full_width_figures_and_thousands_are_figures() -> None:
    cells = year(3, "2021", 40_000)
    page = re.sub(
        r"<td><p>(\d{4,})</p>", lambda m: f"<td><p>{int(m[1]):,}</p>", html("2021", cells)
    )
    page = re.sub(r"<td><p>(\d)</p>", lambda m: f"<td><p>{chr(ord(m[1]) + 0xFEE0)}</p>", page)
    assert "," in page
    assert right(read(of_page(page)), cells)


@pytest.mark.parametrize("sign", ["", "/", "—", "－", "无", " ", "-", "\\"])
def test_blank_is_not_zero(sign: str) -> None:
    page = html("2021", CELLS).replace("<td><p>0</p></td>", f"<td><p>{sign}</p></td>")
    reading = read(of_page(page))
    zeros = [key for key, value in CELLS.items() if value == 0]
    assert zeros
    assert all(reading.cells[key] is None for key in zeros)
    assert len(reading.blanks) == len(zeros)
    assert reading.undecided == ()


def test_a_cell_that_is_no_figure_is_undecided_with_what_stood_there() -> None:
    page = html("2021", CELLS)
    spot = page.index("1.属于国家秘密")
    page = page[:spot] + re.sub(r"<p>\d+</p>", "<p>见附件1</p>", page[spot:], count=1)
    (item,) = read(of_page(page)).undecided
    assert (item.cell, item.raw) == ("t3.deny_secret[0]", "见附件1")


def test_ordinals_without_their_signs_do_not_become_figures() -> None:
    said = text("2021", CELLS, between="", after="")
    for n in range(1, 9):
        said = re.sub(rf"(?<=\d){n}\.(?=[\u4e00-\u9fff])", f"{n}", said)
    reading = read(Source(said))
    doubtful = {item.cell for item in reading.undecided}
    assert len([cell for cell in doubtful if cell.startswith("t3")]) < 30
    known = {key for key, value in reading.cells.items() if value is not None}
    assert all(reading.cells[key] == CELLS[key] for key in known)


def test_a_report_of_nothing_but_words_is_refused() -> None:
    with pytest.raises(Refusal, match="没有在文件里找到"):
        read(Source("本局2023年做了许多工作，主动公开信息500条。"))


def test_an_empty_form_is_known_as_empty() -> None:
    from gongkai.reporting.reading.check import checked

    page = re.sub(r"<p>[\d.]+</p>", "<p></p>", html("2021", CELLS))
    report = checked(of_page(page))
    assert report.empty
    assert report.findings == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [("１２", 12), ("1,234", 1234), ("12 345", 12345), ("3件", 3), ("-2", -2), ("397.619", None)],
)
def test_figures_of_counts(written: str, value: int | None) -> None:
    found = number(written)
    assert (found if isinstance(found, int) else None) == value


def test_figures_of_money_and_in_words() -> None:
    assert str(number("96,171.6万元", money=True)) == "96171.6"
    assert number("500000元", money=True) == 50
    assert chinese("一百零三") == 103
    assert chinese("三千") == 3000
    assert chinese("二〇〇八") == 2008
    assert number("一") is None, "a dash misread"
    assert not is_blank("0")


def test_ways_to_part_figures() -> None:
    row = Row("new", ("a",) * 7, ("21710000218",))
    assert ways(row, 7) == [(217, 1, 0, 0, 0, 0, 218)]
    assert ways(replace(row, tokens=("21710000219",)), 7) == []
    pulled = replace(row, tokens=("3", "001", "53", "0", "0", "61", "4", "3119"))
    assert ways(pulled, 7) == [(3001, 53, 0, 0, 61, 4, 3119)]
    three = Row("x", ("a", "b", "c"), ("6233440",))
    assert len(ways(three, 0)) > 5


CONTENTS = """目录
一、总体情况
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况"""


@pytest.mark.parametrize(
    "change",
    [
        lambda said: f"{CONTENTS}\n{said}",
        lambda said: said.replace("\t", " | "),
        lambda said: re.sub(r"(?m)^[二三四五]、.*情况$\n", "", said),
        lambda said: said.replace(
            "四、政府", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况\n"
        ),
    ],
    ids=["contents", "bars", "no headings", "another heading"],
)
def test_texts_set_in_another_way(change: Callable[[str], str]) -> None:
    said = text("2021", CELLS)
    assert change(said) != said
    reading = read(Source(change(said)))
    assert right(reading)
    assert reading.undecided == ()
