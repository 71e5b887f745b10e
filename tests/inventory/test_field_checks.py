"""Faults of old lists in single fields: told with their place, nothing changed by itself."""

from __future__ import annotations

import pytest

from gongkai.inventory.paper import Paper
from gongkai.inventory.reading import inputs, row_paper
from gongkai.inventory.rows import read_row
from gongkai.inventory.typed import typed
from gongkai.kit.refusal import Refusal
from gongkai.ports import Extracted, Table
from gongkai.text.mapping import Rule, SourceMapping

MAPPING = SourceMapping(
    source="",
    rules={
        name: Rule((name,))
        for name in ("title", "created_on", "published_on", "expires_on", "effective_from", "url",
                     "attachments", "text")
    },
)  # fmt: skip


def read(**row: str) -> Paper:
    whole = {"title": "关于春节值班的通知", "text": "请照此办理。", "created_on": "2008-01-20"}
    return read_row({**whole, **row}, MAPPING)


def kinds(paper: Paper) -> list[str]:
    for finding in paper.findings:
        assert paper.source[finding.start : finding.end] == finding.evidence
        assert finding.reason.endswith("。")
    return [finding.kind for finding in paper.findings]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"created_on": "2009-01-03", "published_on": "2009年1月2日"}, "dates_disagree"),
        ({"effective_from": "2010-01-01", "expires_on": "2009-12-31"}, "dates_disagree"),
        ({"created_on": "1970-01-01"}, "epoch_date"),
        ({"url": "http://a.gov.cn/1http://a.gov.cn/2"}, "glued_addresses"),
        ({"attachments": "http://a.gov.cn/1.doc;http://a.gov.cn/1.doc;"}, "glued_addresses"),
        ({"text": "\n附件：办事指南.doc\n"}, "no_text"),
        ({"text": "附件：高中评估标准（试行）"}, "no_text"),
        ({"title": "青 石 区 商 务 局关于值班的通知"}, "spread_title"),
    ],
)
def test_each_fault(row: dict[str, str], kind: str) -> None:
    assert kinds(read(**row)) == [kind]


@pytest.mark.parametrize(
    "row",
    [
        {"created_on": "2009-01-02", "published_on": "2009-01-02"},
        {"url": "http://a.gov.cn/1", "attachments": "http://a.gov.cn/1.doc;"},
        {"text": "附件：标准。请各单位认真执行，并于月底前报送办理结果，具体要求见通知全文。"},
        {"title": "青石区商务局 青石区财政局关于值班的通知"},
    ],
)
def test_sound_fields(row: dict[str, str]) -> None:
    assert kinds(read(**row)) == []


def test_the_empty_date_of_a_machine_is_not_taken_over() -> None:
    values = typed(read(created_on="1970-01-01"), carried_from="旧网站").values
    assert "created_on" not in values


def test_repeated_addresses_are_counted() -> None:
    (finding,) = read(attachments="http://a/1;http://a/1;http://a/2").findings
    assert "连写了3个地址，其中1个重复" in finding.reason


def test_spaces_are_closed_stretch_by_stretch() -> None:
    found = read(title="青  石  区  商  务局、青石区财政局  税务局关于值班的通知").findings
    assert [(f.evidence, f.proposal) for f in found] == [
        ("青  石  区  商  务", "青石区商务"),
        ("  ", " "),
    ]


def test_a_header_row_in_the_data_is_refused_with_its_reason() -> None:
    row = {"信息名称": "信息名称", "生成日期": "生 成 日 期", "文号": ""}
    table = Table(name="", columns=tuple(row), rows=(row,))
    assert inputs("清单.csv", Extracted(text="", tables=(table,)), None)
    with pytest.raises(Refusal, match="重复的表头"):
        row_paper("清单.csv", row, None)
