"""Headers are read wherever pages put them; values stay as they stand, with their places."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.header import LABELS, looks_like_header, named_pairs, plain_label, read_header

PAGE = """某市某区商务局

索 引 号：11X001/ZK-2008-000001
公开责任部门：某区商务局
信息名称:某区商务局工作总结
文\u3000\u3000号：某商字〔2008〕1号
信息有效性：有效
生成日期：2008-12-24 00:00
发布日期：
内容概述：今年的工作概述。

某区商务局工作总结

　　今年以来，发布日期：不在此列。
"""


def test_page_as_copied() -> None:
    header = read_header(PAGE)
    assert {name: field.raw for name, field in header.fields.items()} == {
        "index_number": "11X001/ZK-2008-000001",
        "responsible_unit": "某区商务局",
        "title": "某区商务局工作总结",
        "document_number": "某商字〔2008〕1号",
        "validity": "有效",
        "created_on": "2008-12-24 00:00",
        "published_on": "",
        "abstract": "今年的工作概述。",
    }
    for field in header.fields.values():
        assert PAGE[field.start : field.end] == field.raw
    assert PAGE[: header.lead_end] == "某市某区商务局\n\n"
    assert PAGE[header.body_start :].startswith("某区商务局工作总结\n")


@pytest.mark.parametrize(
    "text",
    [
        "索引号：A-1\u3000\u3000文号：某发〔2020〕2号\n\n正文",
        "索引号\tA-1\t文号\t某发〔2020〕2号\n正文",
        "| 索引号 | A-1 |\n| 文 号 | 某发〔2020〕2号 |\n正文",
        "【索 引 号】：A-1\r\n【文 号】：某发〔2020〕2号\r\n正文",
        "索引号：\nA-1\n文号：\n某发〔2020〕2号\n发布日期：\n\n正文",
    ],
)
def test_shapes(text: str) -> None:
    header = read_header(text)
    assert header.raw("index_number") == "A-1"
    assert header.raw("document_number").startswith("某发〔2020〕2号")
    assert text[header.body_start :] == "正文"


def test_text_without_header_is_all_body() -> None:
    text = "\n  关于放假的通知\n来源：本局\n各科室："
    header = read_header(text)
    assert not header.fields
    assert text[header.body_start :] == "  关于放假的通知\n来源：本局\n各科室："


def test_of_two_labels_the_more_exact_counts() -> None:
    assert read_header("信息来源：甲\n发布机构：乙\n文号：丙").raw("responsible_unit") == "乙"
    assert named_pairs({"信息来源": "甲", "发布机构": "乙"}) == {"responsible_unit": "乙"}


def test_pairs_of_a_table() -> None:
    pairs = {"索 引 号：": "A-1", "成文日期": "2023-10-16", "浏览次数": "9", "文号": ""}
    assert looks_like_header(pairs)
    assert named_pairs(pairs) == {"index_number": "A-1", "created_on": "2023-10-16"}
    assert not looks_like_header({"序号": "1", "名称": "甲"})


spaces = st.text(alphabet=" \u3000\u00a0", max_size=3)


@given(st.data())
def test_spaced_labels_read_alike(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(LABELS)), min_size=2, unique=True))
    lines = []
    for name in names:
        label = data.draw(spaces).join(LABELS[name][0])
        lines.append(f"{label}{data.draw(spaces)}{data.draw(st.sampled_from(':：'))}值{name}")
    text = "\n".join(lines) + "\n\n正文第一行"
    header = read_header(text)
    assert {name: header.raw(name) for name in names} == {name: f"值{name}" for name in names}
    assert text[header.body_start :] == "正文第一行"


@given(st.text(alphabet="索引号文名称：: \t\n|【】发布日期A1", max_size=80))
def test_any_text(text: str) -> None:
    header = read_header(text)
    assert 0 <= header.lead_end <= len(text)
    assert 0 <= header.body_start <= len(text)
    for field in header.fields.values():
        assert text[field.start : field.end] == field.raw
        assert plain_label(field.label) == field.label


def test_the_document_the_project_started_from(shared_dir: Path) -> None:
    text = (shared_dir / "seed" / "summary-2008.txt").read_text("utf-8")
    header = read_header(text)
    assert header.raw("index_number") == "11J025/ZK-2008-000368"
    assert header.raw("document_number") == "门商字〔2008〕71号"
    assert header.raw("validity") == "有效"
    assert header.raw("created_on") == "2008-12-24 00:00"
    assert header.raw("published_on") == "2008-12-26 00:00"
    assert set(header.fields) == {
        "index_number", "responsible_unit", "title", "document_number", "validity",
        "created_on", "published_on", "abstract",
    }  # fmt: skip
    assert text[header.body_start :].startswith(header.raw("title"))
