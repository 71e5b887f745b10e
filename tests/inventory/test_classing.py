"""Proposals of class, item, genre, validity and attribute: each with a reason, never set."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.inventory.class_rules import RULES
from gongkai.inventory.classing import FIELDS, Chosen, Learned, Proposed, Sample, proposals
from gongkai.law.catalog import FIVE_CLASSES, GENRES
from gongkai.law.legal_items import item

TODAY = date(2026, 11, 27)
KEYS = {f"{top.key}.{key}" for top in FIVE_CLASSES for key, _ in top.subclasses}


def proposed(title: str, field: str, **more: object) -> Proposed | None:
    return proposals(Sample(title, **more), today=TODAY).get(field)  # type: ignore[arg-type]


def test_every_rule_names_a_value_there_is() -> None:
    genres = {key for key, _ in GENRES}
    for rule in RULES:
        assert rule.field in FIELDS and 0 < rule.confidence < 100
        if rule.field == "genre":
            assert rule.value in genres
        elif rule.field == "legal_item":
            assert item(rule.value).code == rule.value
        elif rule.field == "catalog_class":
            assert rule.value in KEYS


@pytest.mark.parametrize(
    ("title", "field", "value", "reason"),
    [
        ("关于做好春节供应工作的通知", "genre", "notice", "标题以“通知”结尾"),
        ("关于做好春节供应工作的通知（试行）", "genre", "notice", "标题以“通知”结尾"),
        ("《菜市场管理办法》政策解读", "genre", "interpretation", "标题有“解读”"),
        ("青石区商务局2025年度部门决算", "legal_item", "2019-20-07", "标题有“决算”"),
        ("菜市场升级改造资金管理办法", "catalog_class", "regulations.documents", "标题有“办法”"),
        ("青石区商务局主要职责", "catalog_class", "organisation.duties", "标题有“主要职责”"),
    ],
)
def test_by_title(title: str, field: str, value: str, reason: str) -> None:
    found = proposed(title, field)
    assert found is not None
    assert (found.value, found.reason) == (value, reason)


def test_a_paper_made_under_the_old_decree_gets_its_item() -> None:
    title = "青石区商务局2008年度部门决算"
    found = proposed(title, "legal_item", created_on=date(2009, 2, 1))
    assert found is not None and found.value == "2007-10-04"
    assert proposed("公务员录用结果", "legal_item", created_on=date(2009, 2, 1)) is None


@pytest.mark.parametrize(
    ("last", "value"), [("2010年12月31日", "lapsed"), ("2030年12月31日", "in_force")]
)
def test_validity_by_its_last_day(last: str, value: str) -> None:
    found = proposed("关于补贴的通知", "validity", text=f"本通知有效期至{last}。")
    assert found is not None
    assert (found.value, found.reason) == (value, f"正文有“有效期至{last}”")
    assert proposed("关于补贴的通知", "validity", text="本通知有效期五年。") is None


def test_the_attribute_follows_what_the_paper_says_then_the_list_of_the_law() -> None:
    said = proposed("部门预算", "attribute", text="（此件依申请公开）")
    assert said is not None and said.value == "on_request"
    listed = proposed("部门预算", "attribute")
    assert listed is not None and listed.value == "proactive" and "财政预算" in listed.reason


def chosen(title: str, value: str, number: str = "") -> Chosen:
    return Chosen(Sample(title, number), (("catalog_class", value),))


def test_what_clerks_chose_for_a_series_counts_before_the_rules() -> None:
    title = "云岭区2026年4月市场运行情况"
    assert proposed(title, "catalog_class").value == "updates.daily"  # type: ignore[union-attr]
    seen = [chosen(f"云岭区{y}年{m}月市场运行情况", "#7") for y, m in ((2025, 1), (2025, 12))]
    learned = Learned([*seen, chosen("云岭区2026年2月市场运行情况", "#7")])
    found = proposals(Sample(title), today=TODAY, learned=learned)["catalog_class"]
    assert (found.value, found.confidence) == ("#7", 90)
    assert found.reason.endswith("3条信息中有3条这样归类")
    two = proposals(Sample(title), today=TODAY, learned=Learned(seen))["catalog_class"]
    assert two.value == "updates.daily", "two say too little"


def test_a_body_of_two_minds_is_not_followed() -> None:
    rows = [chosen("某某情况", "#1"), chosen("某某情况", "#2")] * 5
    assert Learned(rows).proposed("catalog_class", Sample("某某情况")) is None


def test_the_same_counts_give_the_same_answer_in_any_order() -> None:
    rows = [chosen("某某情况", "#1")] * 6 + [chosen("某某情况", "#2")] * 4
    made = {
        str(Learned(r).proposed("catalog_class", Sample("某某情况"))) for r in (rows, rows[::-1])
    }
    assert len(made) == 1
