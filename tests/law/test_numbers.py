"""Index numbers and document numbers: vectors 54–58, what is met in the wild, what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.law import document_number, index_number
from gongkai.law.beijing import district_of, organ_of
from gongkai.law.check_digits import org_check, org_code_valid, uscc_check, uscc_valid
from gongkai.law.document_number import Shape


def test_vector_54_beijing_number_and_the_next_one() -> None:
    number = index_number.parse("11J025/ZK-2008-000368")
    assert number.grammar == "beijing"
    assert (number.parts["region"], number.parts["district"], number.parts["organ"]) == (
        "11",
        "J",
        "025",
    )
    assert (number.series, number.year, number.serial, number.warnings) == ("ZK", 2008, 368, ())
    assert district_of(number.body) == "门头沟区"
    organ = organ_of(number.body)
    assert organ is not None
    assert organ.name == "北京市门头沟区商务局"
    assert number.following == "11J025/ZK-2008-000369"
    assert index_number.parse("000014349/2017-99999").following == "000014349/2017-100000"
    assert index_number.parse("abc").following is None


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("000014349/2017-00110", False),
        ("000013338/2023-00079", False),
        ("01104325X/2021-62896", False),
        ("035210000/2025-00016", True),
        ("00000000z/2013-191568", True),
    ],
)
def test_vector_55_check_digit_warns_only(text: str, warned: bool) -> None:
    number = index_number.parse(text)
    assert number.grammar == "org9"
    assert any("GB 11714" in w for w in number.warnings) is warned
    assert number.text == text, "a number is never changed"


def test_vector_55_check_digits() -> None:
    assert (org_check("00001434"), org_check("00001333"), org_check("03521000")) == ("9", "8", "8")
    assert len("000014349/2017-00110") == 20
    assert not org_code_valid("00001434")
    assert not org_code_valid("0000-4349")


def test_vector_56_credit_code_with_month() -> None:
    number = index_number.parse("11341702486344515H/202110-00013")
    assert (number.grammar, number.year, number.parts["month"], number.serial, number.warnings) == (
        "uscc_month",
        2021,
        "10",
        13,
        (),
    )
    assert uscc_valid("11341702486344515H")
    assert not uscc_valid("11341702486344515J")
    assert not uscc_valid("1134170248634451IH"), "the letter I is not in the alphabet"
    assert org_code_valid("486344515")
    wrong = index_number.parse("11341702486344516H/202110-00013")
    assert any("GB 32100" in w for w in wrong.warnings)


def test_inner_code_of_a_credit_code_is_checked_too() -> None:
    front = "11341702486344516"
    code = front + uscc_check(front)
    warnings = index_number.parse(f"{code}/2021-1").warnings
    assert any("486344516" in w for w in warnings)


@pytest.mark.parametrize(
    ("text", "grammar", "body", "year", "serial"),
    [
        ("11120000MB1671711Y/2021-00159", "uscc", "11120000MB1671711Y", 2021, 159),
        ("11370322004222241N/2021-5135380", "uscc", "11370322004222241N", 2021, 5135380),
        ("6107280000/2024-001005", "region10", "6107280000", 2024, 1005),
        ("0142768-8/2022-00185", "org_hyphen", "0142768-8", 2022, 185),
        ("000/2021-00475", "front_year", "000", 2021, 475),
        ("FJ00100-0201-2018-00262", "body_class_year", "FJ00100", 2018, 262),
        ("GA000-01-2008-0001", "body_class_year", "GA000", 2008, 1),
        ("330200-012-03-01-20100315-0007", "six_parts", "012", 2010, 7),
        ("20191202-189769", "date_serial", "", 2019, 189769),
        ("11J025／ZK—2008－000368", "beijing", "11J025", 2008, 368),
        (" 11J025/\u200bZK-2008-000368\n", "beijing", "11J025", 2008, 368),
        ("沪府〔2020〕3", "opaque", "", None, None),
    ],
)
def test_shapes_met_in_the_wild(
    text: str, grammar: str, body: str, year: int | None, serial: int | None
) -> None:
    number = index_number.parse(text)
    assert (number.grammar, number.body, number.year, number.serial) == (
        grammar,
        body,
        year,
        serial,
    )
    assert number.as_dict()["label"]


def test_every_grammar_reads_its_own_example() -> None:
    for grammar in index_number.GRAMMARS:
        assert index_number.parse(grammar.example).grammar == grammar.key


def test_unknown_organ_of_beijing_warns() -> None:
    assert index_number.parse("11Z999/ZK-2008-000001").warnings
    assert index_number.parse("abc").series == ""
    assert index_number.parse("00000000z/2013-1").canonical == "00000000Z/2013-1"


def test_empty_number_is_refused() -> None:
    with pytest.raises(Refusal, match="没有索引号"):
        index_number.parse(" \u200b ")


@given(st.integers(1949, 2099), st.integers(1, 999_998), st.sampled_from(["ZK", "XK"]))
def test_what_is_written_is_read_again(year: int, serial: int, series: str) -> None:
    number = index_number.parse(f"11J025/{series}-{year}-{serial:06d}")
    assert (number.grammar, number.series, number.serial) == ("beijing", series, serial)
    assert number.year == year
    assert number.following is not None
    assert index_number.parse(number.following).serial == serial + 1


def test_vector_58_document_number() -> None:
    number = document_number.parse("门商字〔2008〕71号")
    assert (number.word, number.year, number.number, number.warnings) == ("门商字", 2008, 71, ())
    padded = document_number.parse("门商字[2008]071号")
    assert (padded.number, padded.printed) == (71, "门商字〔2008〕71号")
    ordinal = document_number.parse("门商字〔2008〕第71号")
    assert any("格式错误" in w for w in ordinal.warnings)
    assert ordinal.printed == "门商字〔2008〕71号"


@pytest.mark.parametrize(
    "brackets", ["〔〕", "[]", "［］", "()", "（）", "【】", "﹝﹞", "{}", "〈〉"]
)
def test_brackets_of_every_kind(brackets: str) -> None:
    number = document_number.parse(f"门商字{brackets[0]}2008{brackets[1]}71号")
    assert number.printed == "门商字〔2008〕71号"
    assert (not number.warnings) is (brackets == "〔〕")


@pytest.mark.parametrize(
    ("raw", "printed", "lead"),
    [
        ("省政府令第208号", "省政府令第208号", ""),
        ("交通运输部令2010年第6号", "交通运输部令2010年第6号", ""),
        ("国家税务总局公告2015年第43号", "国家税务总局公告2015年第43号", ""),
        ("河北省人民政府令[2019]第10号", "河北省人民政府令〔2019〕第10号", ""),
        ("【2021】3号", "〔2021〕3号", ""),
        ("130 号", "第130号", ""),
        ("门商字〔2008〕\u200b71\u00ad号", "门商字〔2008〕71号", ""),
        ("门商字（２００８）７１号", "门商字〔2008〕71号", ""),
        ("门商字〔2008〕71", "门商字〔2008〕71号", ""),
        ("门商字〔2008年〕71号", "门商字〔2008〕71号", ""),
        ("日国办发[2002]30号", "国办发〔2002〕30号", "日"),
        ("日政发〔2020〕1号", "日政发〔2020〕1号", ""),
        ("教办法〔2020〕1号", "教办法〔2020〕1号", ""),
        ("的通知渝府发〔2021〕22号", "渝府发〔2021〕22号", "的通知"),
        ("按国办发(1985)49号", "国办发〔1985〕49号", "按"),
        ("财政部国科发财字[2000]177号", "国科发财字〔2000〕177号", "财政部"),
    ],
)
def test_document_numbers_met_in_the_wild(raw: str, printed: str, lead: str) -> None:
    number = document_number.parse(raw)
    assert (number.printed, number.lead) == (printed, lead)
    again = document_number.parse(number.printed)
    assert again.printed == printed, "what is printed reads back the same"


@pytest.mark.parametrize(
    "raw", ["", "关于工作的通知", "2008-71", "HJ2021-3号", "门商字〔208〕71号"]
)
def test_what_is_no_document_number_is_refused(raw: str) -> None:
    with pytest.raises(Refusal, match="不像发文字号"):
        document_number.parse(raw)


def test_shape_and_plain_values() -> None:
    number = document_number.parse("财预130号")
    assert (number.shape, number.printed) == (Shape.PLAIN, "财预130号")
    assert number.as_dict()["year"] is None
    assert any("没有年份" in w for w in number.warnings)


def test_numbers_are_found_in_running_text() -> None:
    text = "根据门商字〔2008〕71号和《办法》（京政办发 [2008] 34 号）的要求"
    found = [(text[a:b], n.printed) for a, b, n in document_number.find(text)]
    assert found == [
        ("门商字〔2008〕71号", "门商字〔2008〕71号"),
        ("京政办发 [2008] 34 号", "京政办发〔2008〕34号"),
    ]


def test_wild_list_reads_at_99_percent(shared_dir: Path) -> None:
    rows = (shared_dir / "data/fixtures/docno/docno_dev.tsv").read_text("utf-8").splitlines()[1:]
    raws = [row.split("\t")[0] for row in rows]
    right = sum(_as_expected(raw) for raw in raws)
    assert len(raws) >= 400
    assert right / len(raws) >= 0.99


def _as_expected(raw: str) -> bool:
    """Year and serial by the plainest reading: the first four digits, and the digits before 号."""
    years = re.findall(r"\d{4}", raw)
    serials = re.findall(r"(\d+)\s*号", raw)
    number = document_number.parse(raw)
    return (
        number.year == int(years[0])
        and number.number == int(serials[-1])
        and (number.shape is not Shape.BRACKETED or f"〔{years[0]}〕" in number.printed)
        and raw.replace(" ", "").startswith((number.lead + number.word)[:2])
    )
