"""Another real place where our own should stand: told from what the paper says of itself."""

from __future__ import annotations

import pytest

from gongkai.inventory.reading import paper
from gongkai.ports import Extracted
from gongkai.text.finding import Finding
from gongkai.text.foreign_names import Own, signature, title_maker

OURS = Own("云岭区", "云岭区商务局", "11Y025/", "云商")
PAPER = """信息名称:{place}商务局关于印发第3号工作方案的通知
索引号:{index}ZK-2008-000003
公开责任部门:{unit}商务局
文号:{word}〔2008〕3号
生成日期:2008-01-02
发布日期:2008-01-02

{place}商务局关于印发第3号工作方案的通知
各单位：
    {place}商务局负责解释，请在{place}内执行。
    {place}商务局
2008年1月2日
"""


def read(
    place: str, index: str = "11Y025/", word: str = "云商发", unit: str = "", own: Own = OURS
) -> tuple[str, list[Finding]]:
    text = PAPER.format(place=place, index=index, word=word, unit=unit or place)
    found = paper(Extracted(text=text), None, own=own)
    return text, [one for one in found.findings if one.kind == "foreign_name"]


@pytest.mark.parametrize("place", ["海淀区", "朝阳区", "昌平区", "大余县"])
def test_a_real_place_throughout_is_told_everywhere_with_our_own_beside_it(place: str) -> None:
    text, found = read(place)
    assert len(found) == text.count(place) == 6
    assert {(one.evidence, one.proposal, one.severity) for one in found} == {
        (place, "云岭区", "error")
    }
    assert all(text[one.start : one.end] == one.evidence for one in found)


def test_the_index_number_or_the_document_number_alone_are_proof() -> None:
    assert len(read("海淀区", word="")[1]) == 6
    assert len(read("海淀区", index="11K001/")[1]) == 6
    # What an index number says of its district needs nothing known of the body.
    assert len(read("海淀区", index="11J025/", word="", own=Own())[1]) == 6


def test_a_city_in_place_of_the_district_needs_the_document_number() -> None:
    assert len(read("海口市")[1]) == 6
    assert read("平原市", word="")[1] == []  # the city above: its papers are kept here too


def test_a_paper_whose_number_is_the_other_places_is_left_in_peace() -> None:
    assert read("海淀区", word="海商发")[1] == []
    assert read("平原市", word="平商发")[1] == []


def test_without_proof_only_our_own_kind_of_organ_is_asked_about_once() -> None:
    text, found = read("海淀区", index="11K001/", word="")
    assert [(one.start, one.proposal, one.severity) for one in found] == [
        (text.index("海淀区"), None, "warning")
    ]
    assert "可能是别处的文件" in found[0].reason
    other = Own("云岭区", "云岭区教育局", "11Y025/", "云教")
    assert read("海淀区", index="11K001/", word="", own=other)[1] == []


def test_papers_that_name_others_in_passing_raise_nothing() -> None:
    assert read("云岭区")[1] == []
    passing = PAPER.format(place="云岭区", index="11Y025/", word="云商发", unit="云岭区").replace(
        "请在云岭区内执行", "请学习海淀区商务局、海淀区教育局的做法，海淀区另行通报"
    )
    found = paper(Extracted(text=passing), None, own=OURS)
    assert [one.kind for one in found.findings] == []
    # A title that names no organ, signed by another: one place of the paper is not enough.
    one = "关于转发经验材料的通知\n各单位：\n    请学习。\n海淀区商务局\n2008年1月2日\n"
    found = paper(Extracted(text=one), None, own=OURS)
    assert "foreign_name" not in {each.kind for each in found.findings}


def test_who_made_it_is_read_from_the_title_and_the_signature() -> None:
    made = title_maker("平原市海淀区商务局关于春节市场供应的通知")
    assert made is not None
    assert (made.place, made.chain, made.organ) == ("海淀区", "平原市海淀区", "商务局")
    made = title_maker("海淀区城市管理局关于环境整治的通知")
    assert made is not None
    assert (made.place, made.organ) == ("海淀区", "城市管理局")
    assert title_maker("关于春节市场供应的通知") is None
    signed = signature("…请遵照执行。\n    海淀区商务局\n    二〇〇八年一月二日\n")
    assert signed is not None
    assert signed.place == "海淀区"
    assert signature("本办法在城市管理局备案，请各区执行") is None
