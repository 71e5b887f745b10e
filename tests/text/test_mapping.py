"""Mappings are data: checked when read, applied without code."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.text.mapping import (
    MappingError,
    apply_mapping,
    leaves,
    look_up,
    read_mapping,
)

ROW = {
    "BT": "关于放假的通知",
    "when": {"made": "1574067600000", "shown": "2019年11月26日"},
    "tags": "甲;乙; 丙",
    "names": [{"n": "一科"}, {"n": "二科"}],
    "dc.date": "2020-01-02",
    "empty": None,
    "state": "1",
    "extra": {"deep": [1, {"er": "x"}]},
}


def fields(**rules: Any) -> dict[str, str]:
    return dict(apply_mapping(read_mapping(rules), ROW).fields)


def test_every_kind_of_rule() -> None:
    assert fields(
        title=["no", "empty", "BT"],
        created_on={"path": "when.made", "date": "ms"},
        published_on={"path": ["when.shown"], "date": "text"},
        effective_from={"path": "dc.date", "date": "text"},
        keywords={"path": "tags", "split": ";"},
        genre={"path": "tags", "split": ";", "part": 1},
        section=["names.*.n"],
        made_by=["names.1.n"],
        validity={"path": "state", "values": {"1": "有效"}},
        responsible_unit={"constant": "某局"},
        url=["nowhere.at.all"],
    ) == {
        "title": "关于放假的通知",
        "created_on": "2019-11-18",
        "published_on": "2019-11-26",
        "effective_from": "2020-01-02",
        "keywords": "甲、乙、丙",
        "genre": "乙",
        "section": "一科、二科",
        "made_by": "二科",
        "validity": "有效",
        "responsible_unit": "某局",
        "url": "",
    }


def test_what_cannot_be_read_stays_and_is_named() -> None:
    def refuse(raw: str) -> str:
        raise Refusal("no", f"“{raw}”不是文号。")

    rules = read_mapping(
        {"created_on": {"path": "BT", "date": "text"}, "document_number": ["tags"]}
    )
    row = apply_mapping(rules, ROW, {"document_number": refuse})
    assert row.fields == row.raw == {"created_on": ROW["BT"], "document_number": ROW["tags"]}
    assert [(p.field, p.sentence) for p in row.problems] == [
        ("created_on", "日期“关于放假的通知”读不出是哪一天，请对照原件填写。"),
        ("document_number", "“甲;乙; 丙”不是文号。"),
    ]


def test_unmapped_fields_are_named() -> None:
    rules = read_mapping({"fields": {"title": ["BT"]}, "ignored": ["extra.*", "dc.date", "names*"]})
    assert apply_mapping(rules, ROW).unmapped == ("when.made", "when.shown", "tags", "state")


def test_one_thing_and_a_list_of_them_have_the_same_path() -> None:
    rules = read_mapping({"fields": {"title": ["t"], "made_by": ["by.n"], "url": ["links.0.at"]}})
    one = {"t": "甲", "by": {"n": "一科"}, "links": [{"at": "u"}, {"at": "v"}], "no": ["x"]}
    many = {"t": ["甲", "乙"], "by": [{"n": "一科"}, {"n": "二科"}], "links": [{"at": "u"}]}
    assert apply_mapping(rules, one).fields == {"title": "甲", "made_by": "一科", "url": "u"}
    assert apply_mapping(rules, many).fields == {
        "title": "甲、乙", "made_by": "一科、二科", "url": "u",
    }  # fmt: skip
    assert apply_mapping(rules, one).unmapped == ("no.*",)
    assert apply_mapping(rules, many).unmapped == ()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"名称": ["BT"]}, "名称"),
        ({"title": 3}, "title"),
        ({"title": {"where": "BT"}}, "title"),
        ({"title": []}, "title"),
        ({"title": {"date": "text"}}, "path"),
        ({"created_on": {"path": "a", "date": "days"}}, "date"),
        ({"fields": {"title": ["BT"]}, "sheets": []}, "sheets"),
        ({"fields": {}}, "字段"),
    ],
)
def test_faults_are_named(data: dict[str, Any], word: str) -> None:
    with pytest.raises(MappingError, match=word):
        read_mapping(data)


def test_tables_wanted() -> None:
    rules = read_mapping({"tables": ["a.*.list"], "fields": {"title": ["t"]}})
    assert rules.wants("a.x.list")
    assert not rules.wants("b.list")
    assert read_mapping({"title": ["t"]}).wants("anything")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet="ab.*", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from("abc"), json_values, max_size=3), st.text("abc.*01", max_size=6)
)
def test_any_row_and_path(row: dict[str, Any], path: str) -> None:
    list(look_up(row, path))
    mapping = read_mapping({"title": [path or "a"]})
    applied = apply_mapping(mapping, row)
    assert set(applied.unmapped) <= {name for name, _ in leaves(row)}
