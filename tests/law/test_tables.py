"""Grounds, guide, catalog entry, listed items, validity: vectors 57, 59–62 and their tables."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force, validity
from gongkai.law.catalog import FIVE_CLASSES, GENRES, check_entry, publishable
from gongkai.law.grounds import Force, ground, grounds, require_ground
from gongkai.law.guide import check_guide, guide_items
from gongkai.law.legal_items import Level, item, legal_items, successor
from gongkai.law.validity import Cause, Status, Validity

OLD = in_force(date(2008, 12, 24))
NEW = in_force(date(2026, 11, 23))
ENTRY = {
    "index_number": "11J025/ZK-2008-000368",
    "title": "工作总结",
    "abstract": "全年工作情况",
    "created_on": date(2008, 12, 24),
}


def test_vector_59_abstract_warns_never_blocks() -> None:
    long = check_entry(ENTRY | {"abstract": "字" * 101}, law=NEW)
    assert [(g.key, g.blocking) for g in long] == [("abstract", False)]
    assert publishable(ENTRY | {"abstract": "字" * 101}, law=NEW)
    assert check_entry(ENTRY | {"abstract": "字" * 100}, law=NEW) == ()
    assert not publishable(ENTRY | {"abstract": " "}, law=OLD)


@pytest.mark.parametrize("key", ["index_number", "title", "abstract", "created_on"])
@pytest.mark.parametrize("law", [OLD, NEW])
def test_vector_60_entry_lacking_a_field_is_not_publishable(key: str, law: object) -> None:
    assert publishable(ENTRY, law=NEW)
    gaps = check_entry(ENTRY | {key: None}, law=NEW)
    assert [(g.key, g.blocking) for g in gaps] == [(key, True)]
    assert "第十二条" in gaps[0].basis
    without = {k: v for k, v in ENTRY.items() if k != key}
    assert not publishable(without, law=OLD)


def test_vector_61_guide_lacking_an_item_fails() -> None:
    full = {i.key: "有" for i in guide_items(NEW) if i.required}
    assert len(full) == 9
    assert not any(g.blocking for g in check_guide(full, law=NEW))
    assert check_guide(full, law=NEW), "channels and the like are advised"
    for key in full:
        gaps = [g for g in check_guide(full | {key: "  "}, law=NEW) if g.blocking]
        assert [g.key for g in gaps] == [key]
    labels = [i.label for i in guide_items(NEW) if i.required]
    assert labels[-2:] == ["传真号码", "互联网联系方式"]
    assert [i.label for i in guide_items(OLD) if i.required][-1] == "电子邮箱"


def test_vector_62_withheld_needs_ground_and_reason() -> None:
    with pytest.raises(Refusal) as refused:
        require_ground("", " ", NEW)
    assert set(refused.value.fields) == {"ground", "reason"}
    with pytest.raises(Refusal) as refused:
        require_ground("privacy", "", NEW)
    assert set(refused.value.fields) == {"reason"}
    assert require_ground("privacy", "含居民身份证号码", NEW).cite.article == "15"


def test_grounds_follow_the_law_of_the_day() -> None:
    assert [g.key for g in grounds(NEW)] == [
        "state_secret",
        "prohibited_by_law",
        "endangers_security",
        "trade_secret",
        "privacy",
        "third_party",
        "internal_affairs",
        "deliberative",
        "enforcement_file",
    ]
    assert ground("endangers_security", OLD).cite.article == "8"
    with pytest.raises(Refusal, match="请从下列理由中选择"):
        ground("enforcement_file", OLD)
    forces = {g.key: g.force for g in grounds(NEW)}
    assert forces["state_secret"] is Force.MUST
    assert forces["privacy"] is Force.WEIGHED
    assert forces["internal_affairs"] is Force.MAY
    assert all(g.reconsider_first for g in grounds(NEW))
    assert not any(g.reconsider_first for g in grounds(OLD))
    assert all(f.label for f in Force)


def test_listed_items_of_both_decrees() -> None:
    assert [i.code for i in legal_items(NEW)][:2] == ["2019-20-01", "2019-20-02"]
    assert sum(i.code.startswith("2019-20") for i in legal_items(NEW)) == 15
    counts = {a: sum(f"2007-{a:02d}-" in i.code for i in legal_items(OLD)) for a in (9, 10, 11, 12)}
    assert counts == {9: 4, 10: 11, 11: 4, 12: 8}
    levels = [i.level for i in legal_items(NEW) if i.code.startswith("2019-21")]
    assert levels == [Level.CITY_COUNTY] * 7 + [Level.TOWNSHIP] * 8
    codes = [i.code for i in (*legal_items(OLD), *legal_items(NEW))]
    assert len(codes) == len(set(codes))
    old = {i.code for i in legal_items(OLD)}
    assert {i.earlier for i in legal_items(NEW) if i.earlier} <= old
    heir = successor("2007-10-04")
    assert heir is not None
    assert heir.label == "财政预算、决算信息"
    assert successor("2007-12-08") is None
    assert str(item("2019-20-15").cite).endswith("第二十条第（十五）项")


def test_five_classes_of_the_catalog() -> None:
    assert [c.label for c in FIVE_CLASSES] == [
        "机构职能",
        "法规文件",
        "规划计划",
        "行政职责",
        "业务动态",
    ]
    assert [c.key for c in FIVE_CLASSES] == [
        "organisation",
        "regulations",
        "plans",
        "duties",
        "updates",
    ]
    assert all(c.subclasses and c.provider for c in FIVE_CLASSES)
    assert len({key for key, _ in GENRES}) == len(GENRES)


def test_validity_is_computed_for_the_day() -> None:
    record = Validity(date(2020, 1, 1), date(2024, 12, 31))
    assert record.on(date(2019, 12, 31)) is Status.NOT_YET
    assert record.on(date(2020, 1, 1)) is Status.IN_FORCE
    assert record.on(date(2024, 12, 31)) is Status.IN_FORCE
    assert record.on(date(2025, 1, 1)) is Status.LAPSED
    assert record.changes_on(date(2019, 1, 1)) == date(2020, 1, 1)
    assert record.changes_on(date(2024, 1, 1)) == date(2025, 1, 1)
    assert record.changes_on(date(2025, 1, 1)) is None
    assert Validity().on(date(2026, 1, 1)) is Status.IN_FORCE


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        (None, Status.REPEALED),
        (Cause.REPEALED_BY, Status.REPEALED),
        (Cause.REPLACED_BY, Status.SUPERSEDED),
        (Cause.DECLARED_LAPSED, Status.LAPSED),
        (Cause.EXPIRED, Status.LAPSED),
    ],
)
def test_abolished_by_cause(cause: Cause | None, status: Status) -> None:
    record = Validity(date(2020, 1, 1), None, date(2022, 5, 1), cause, amended=True)
    assert record.on(date(2022, 5, 1)) is status
    assert record.label(date(2022, 5, 1)) == status.label
    assert record.label(date(2022, 4, 30)) == "有效（已修改）"
    assert cause is None or cause.label


def test_the_epoch_is_no_date() -> None:
    null = date(1970, 1, 1)
    assert validity.real_date(null) is None
    assert Validity(null, null, null).on(date(2026, 1, 1)) is Status.IN_FORCE
    assert Validity(null, null, null).changes_on(date(1969, 1, 1)) is None


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("有效", Status.IN_FORCE),
        (" 已修改。", Status.IN_FORCE),
        ("失效", Status.LAPSED),
        ("已废止", Status.REPEALED),
        ("不详", None),
    ],
)
def test_words_of_validity(word: str, status: Status | None) -> None:
    assert validity.read(word) is status
