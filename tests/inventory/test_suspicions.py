"""What old lists suffer from is told, never mended."""

from __future__ import annotations

import pytest

from gongkai.inventory.numbers import place_of
from gongkai.inventory.rows import read_row
from gongkai.text.finding import Finding
from gongkai.text.mapping import read_mapping

MAPPING = read_mapping({"fields": {"title": ["t"], "text": ["x"], "document_number": ["n"]}})


def found(title: str, text: str, number: str = "") -> list[Finding]:
    paper = read_row({"t": title, "x": text, "n": number}, MAPPING)
    for finding in paper.findings:
        assert paper.source[finding.start : finding.end] == finding.evidence
    return list(paper.findings)


@pytest.mark.parametrize("after", ["\n各商场：", "各商场："])
def test_a_cut_title_is_completed_from_the_body_as_a_proposal(after: str) -> None:
    text = f"青石区商务局\n关于做好2009年春节 市场供应和价格监测工作的通知{after}"
    (finding,) = found("关于做好2009年春节市场供应和价格...", text)
    assert finding.kind == "cut_title"
    assert finding.evidence == "关于做好2009年春节市场供应和价格..."
    assert finding.proposal == "关于做好2009年春节市场供应和价格监测工作的通知"


def test_a_cut_title_is_completed_from_a_text_that_names_only_its_end() -> None:
    cut = "青石区商务局关于公布第三届“青石好味道”烹饪技能比赛决赛..."
    text = "文件下载：第三届“青石好味道”烹饪技能比赛决赛获奖名单的通知\n附件：名单"
    told = {one.kind: one.proposal for one in found(cut, text)}
    assert told["cut_title"] == f"{cut[:-3]}获奖名单的通知"
    cited = "根据《第三届“青石好味道”烹饪技能比赛决赛报名的通知》，现予公布。"
    assert [one.proposal for one in found(cut, cited)] == [None]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("关于供应的通知（青商字〔2009〕3号）各商场：请照办。", "青商字〔2009〕3号"),
        ("（青商字〔2009〕3号）　摘要：请照办。", "青商字〔2009〕3号"),
        ("按照区政府的通知（青政发〔2009〕3号）要求，请照办。", None),
        ("关于落实《办法》（青政发〔2009〕3号）的通知", None),
    ],
)
def test_the_own_number_may_stand_in_brackets_behind_the_title(
    text: str, number: str | None
) -> None:
    told = [one for one in found("通知", text) if one.kind == "unfilled_document_number"]
    assert [(one.proposal, one.target) for one in told] == (
        [(number, "document_number")] if number else []
    )


@pytest.mark.parametrize("text", ["各商场：备足货源。", "关于做好2009年春节市场供应和价格监测。"])
def test_a_cut_title_without_its_rest_has_no_proposal(text: str) -> None:
    (finding,) = found("关于做好2009年春节市场供应和价格…", text)
    assert (finding.kind, finding.proposal) == ("cut_title", None)


def test_a_number_left_in_the_body_is_pointed_out() -> None:
    (finding,) = found("通知", "\n青商字【2009】3号关于供应的通知各商场：")
    assert finding.kind == "unfilled_document_number"
    assert finding.evidence.startswith("青商字【2009】3号")
    assert "青商字〔2009〕3号" in finding.reason


@pytest.mark.parametrize(
    ("text", "number"),
    [("根据《办法》（京政发〔2008〕2号）要求", ""), ("青商字〔2009〕3号", "青商字〔2009〕3号")],
)
def test_a_cited_number_or_a_filled_field_is_left_alone(text: str, number: str) -> None:
    assert found("通知", text, number) == []


def test_an_empty_body_is_told() -> None:
    assert [f.kind for f in found("通知", "  ")] == ["no_text"]


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("11J025/ZK-2008-000368", "门头沟区"),
        ("110000/ZK-2008-000368", ""),
        ("006939991/2021-00707", ""),
        ("", ""),
    ],
)
def test_the_district_stands_in_the_index_number(number: str, place: str) -> None:
    assert place_of(number) == place
