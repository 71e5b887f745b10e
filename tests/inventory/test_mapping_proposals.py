"""A mapping is proposed by names and contents, corrected field by field, and known again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.inventory import reading, sources
from gongkai.inventory.amending import NOT_WANTED, Choice, amended, choice_of
from gongkai.inventory.field_names import field_called
from gongkai.inventory.labels import FIELD_LABELS
from gongkai.inventory.mapping_proposals import propose
from gongkai.kit.refusal import Refusal
from gongkai.text.mapping import plain_path, read_mapping

OLD = [
    {
        "id": n,
        "bt": f"关于第{n}号事项的通知",
        "wh": f"云商字〔2008〕{n}号",
        "cw": 1230076800000 + n * 86_400_000,
        "fb": f"2008/0{n}/11",
        "stamp": f"2020-01-0{n} 08:00",
        "zt": "1",
        "people": {"dept": {"name": "市场科"}},
        "dz": f"http://old.example.gov.cn/{n}.html",
        "nr": "各商场备足货源，确保节日供应。" * 15,
        "files": [{"href": f"http://old.example.gov.cn/{n}.doc"}] * 2,
    }
    for n in range(1, 8)
]


def proposed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    made = propose(reading.extracted("库.json", json.dumps(rows).encode()))
    assert made is not None
    return dict(made.content)


def test_a_foreign_table_is_understood() -> None:
    content = proposed(OLD)
    assert content["fields"] == {
        "title": ["bt"],
        "document_number": ["wh"],
        "created_on": {"path": ["cw"], "date": "ms"},
        "published_on": {"path": ["fb"], "date": "text"},
        "responsible_unit": ["people.dept.name"],
        "url": ["dz"],
        "text": ["nr"],
        "attachments": ["files.href"],
    }, "no validity of 1, no day of a machine's own"
    assert read_mapping(content).rules["created_on"].date == "ms"


def test_content_counts_more_than_names() -> None:
    rows = [
        {
            "a": f"关于第{n}号事项的通知",
            "wh": "无",
            "cwrq": "不详",
            "url": "见附件",
            "x": "现行有效",
        }
        for n in range(4)
    ]
    assert proposed(rows)["fields"] == {"title": ["a"], "validity": ["x"]}
    assert propose(reading.extracted("库.json", b'[{"a": "1", "b": "2"}]')) is None


def test_a_table_beside_the_list_is_left_out() -> None:
    both = {"codes": [{"k": "1", "v": "有效"}], "data": {"list": OLD}}
    made = propose(reading.extracted("库.json", json.dumps(both).encode()))
    assert made is not None and made.content["tables"] == ["data.list"]


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("BT", "title"),
        ("doc_title", ""),
        ("部门.名称", "responsible_unit"),
        ("author.name", "responsible_unit"),
        ("name", "title"),
        ("dc:title", "title"),
        ("发文字号", "document_number"),
        ("公开方式", "attribute"),
        ("FWJG_name", "responsible_unit"),
        ("link.href", "url"),
        ("随便什么", ""),
    ],
)
def test_what_fields_are_called(path: str, ours: str) -> None:
    assert field_called(path) == ours


CHECKED = ("title", "index_number", "document_number", "responsible_unit", "created_on",
           "published_on", "text", "url", "attachments")  # fmt: skip
REAL = {
    "headers/GWY_success.json": "state_council_library",
    "headers/TJProvince_WholeProvince_success.json": "tianjin_library",
    "headers/GDProvince_GDProvince_success.json": "guangdong_library",
    "inventory/5科学技术厅-政府信息公开__科技厅政策文件_规范性文件汇总表.csv": "hebei_lists",
    "inventory/7教育厅-政府信息公开__政策文件.csv": "hebei_lists",
}


@pytest.mark.parametrize("name", REAL)
def test_real_layouts_would_be_proposed_as_they_were_written(name: str, shared_dir: Path) -> None:
    path = shared_dir / "data/fixtures" / name
    made = propose(reading.extracted(path.name, path.read_bytes()))
    assert made is not None
    ours = read_mapping(made.content).rules
    written = read_mapping(sources.built_in(REAL[name])).rules
    for field in CHECKED:
        if field in ours:
            assert field in written, field
            assert ours[field].paths[0] in written[field].paths, field
            assert ours[field].date == written[field].date, field
    assert {"title", "url", "published_on"} <= set(ours)


RULES: dict[str, Any] = {
    "source": "旧库",
    "tables": ["a"],
    "fields": {
        "title": ["bt", "names.0.t"],
        "keywords": {"path": ["k"], "split": ";"},
        "created_on": {"path": ["d"], "date": "ms"},
        "validity": {"path": ["z"], "values": {"1": "有效"}},
        "made_by": {"constant": "某局"},
    },
    "ignored": ["id", "x_*"],
}


def test_choices_are_read_from_a_mapping_and_change_only_what_they_say() -> None:
    assert choice_of(RULES, "names.t") == Choice("title")
    assert choice_of(RULES, "d") == Choice("created_on", "ms")
    assert choice_of(RULES, "x_1") == choice_of(RULES, "id") == Choice(NOT_WANTED)
    assert choice_of(RULES, "new") == Choice()
    made = amended(
        RULES,
        {
            "new": Choice("title"),
            "names.t": Choice("title"),
            "k": Choice(),
            "z": Choice("validity"),
            "id": Choice("index_number"),
            "y": Choice(NOT_WANTED),
            "x_9": Choice(NOT_WANTED),
            "when": Choice("published_on", "dmy"),
        },
    )
    assert made == {
        "source": "旧库",
        "tables": ["a"],
        "fields": {
            "title": ["bt", "names.0.t", "new"],
            "created_on": {"path": ["d"], "date": "ms"},
            "validity": {"path": ["z"], "values": {"1": "有效"}},
            "made_by": {"constant": "某局"},
            "index_number": ["id"],
            "published_on": {"path": ["when"], "date": "dmy"},
        },
        "ignored": ["x_*", "y"],
    }


def test_two_ways_of_writing_days_do_not_go_together() -> None:
    with pytest.raises(Refusal, match="只留一个") as caught:
        amended(RULES, {"e": Choice("created_on", "text")})
    assert list(caught.value.fields) == ["e"]
    both = {"d": Choice("created_on", "text"), "e": Choice("created_on", "text")}
    assert amended(RULES, both)["fields"]["created_on"] == {"path": ["d", "e"], "date": "text"}
    alone = amended(RULES, {"d": Choice("created_on", "s")})
    assert alone["fields"]["created_on"] == {"path": ["d"], "date": "s"}


NAMES = st.sampled_from(["bt", "names.t", "k", "z", "id", "n1", "n2", "n3"])
OURS = st.sampled_from(["", NOT_WANTED, "title", "text", "url", "keywords", "validity"])


@given(st.dictionaries(NAMES, OURS.map(Choice), max_size=8))
def test_every_choice_reads_back_and_changing_again_changes_nothing(
    choices: dict[str, Choice],
) -> None:
    assert set(FIELD_LABELS) >= set(RULES["fields"])
    made = amended(RULES, choices)
    for path, choice in choices.items():
        assert choice_of(made, path).ours == choice.ours, path
    assert amended(made, choices) == made
    asked = set(choices)
    for name, rule in RULES["fields"].items():
        paths = rule["path"] if "path" in rule else rule if isinstance(rule, list) else []
        for path in paths:
            if plain_path(path) not in asked:
                assert choice_of(made, plain_path(path)).ours == name
