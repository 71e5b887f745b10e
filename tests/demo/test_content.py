"""The content names only what there is, and says what a real office would have to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from gongkai.catalog.models import WithdrawalCode
from gongkai.law import in_force
from gongkai.law.catalog import GENRES
from gongkai.law.grounds import grounds
from gongkai.law.guide import check_guide
from gongkai.law.legal_items import item
from gongkai.orgs.models import GroupKind, Role
from gongkai.project.demo.content import DATA, fill, table, text
from gongkai.project.demo.present import STEPS
from gongkai.records.choices import Attribute, RelationKind, Validity

LAW = in_force(date(2026, 11, 23))
BODY = table("body")
SECTIONS = {row["code"] for row in BODY["sections"]}
CLASSES = {code for top in BODY["classes"] for code, _, _ in top["children"]}
PRESENT = table("present")["records"]


def described() -> Iterator[dict[str, Any]]:
    yield from table("history")["series"]
    yield from PRESENT
    yield from table("papers")["monthly"]


def test_every_record_stands_in_a_section_and_a_class_that_are_there() -> None:
    genres, known = {key for key, _ in GENRES}, {g.key for g in grounds(LAW)}
    for row in described():
        assert row["section"] in SECTIONS, row["title"]
        assert row["sub"] in CLASSES, row["title"]
        assert row["genre"] in genres, row["title"]
        assert row.get("ground", "") in {"", *known}, row["title"]
        assert row.get("attribute", "proactive") in Attribute.values
        assert row.get("validity", "unknown") in Validity.values
        if "legal_item" in row:
            assert item(row["legal_item"]).label


def test_every_state_and_turn_of_the_present_is_shown() -> None:
    states = {row.get("state", "published") for row in PRESENT}
    assert states == set(STEPS)
    assert {row["withdraw"]["code"] for row in PRESENT if "withdraw" in row} == {"error", "privacy"}
    assert {"error", "privacy"} <= set(WithdrawalCode.values)
    assert {row["change"]["validity"] for row in PRESENT if "change" in row} == {
        "repealed",
        "lapsed",
    }
    kinds = {kind for row in PRESENT for kind, _ in row.get("relations", ())}
    assert kinds == {"interprets", "amends", "repeals"} <= set(RelationKind.values)
    keys = [row["key"] for row in PRESENT]
    assert len(set(keys)) == len(keys)
    assert any("schedule" in row for row in PRESENT)
    assert {kind for r in PRESENT for kind, _, _ in r.get("attachments", ())} == {
        "pdf",
        "docx",
        "xlsx",
    }


def test_work_is_late_and_soon_due() -> None:
    open_days = {row["created"] for row in PRESENT if row.get("state", "published") != "published"}
    assert {day for day in open_days if day > 20} and {day for day in open_days if 17 <= day < 20}


def test_every_step_has_somebody_and_nobody_two_of_them() -> None:
    holders = {
        role.partition("@")[0]: row["username"]
        for row in BODY["people"]
        for role in row.get("roles", ())
    }
    assert set(holders) == {role.value for role in Role}
    three = [holders[r] for r in ("case_officer", "review_group", "responsible_leader")]
    assert len(set(three)) == 3
    admins = [holders[r] for r in ("system_admin", "security_admin", "audit_admin")]
    assert len(set(admins)) == 3
    officers = {
        role.partition("@")[2]
        for row in BODY["people"]
        for role in row.get("roles", ())
        if role.startswith("case_officer@")
    }
    assert officers == SECTIONS
    assert {row["group"] for row in BODY["seats"]} == set(GroupKind.values)


def test_the_guide_lacks_nothing_that_is_required_or_advised() -> None:
    assert check_guide(table("guide")["content"], law=LAW) == ()


def test_the_seven_measures_are_whole() -> None:
    rows = table("papers")["measures"]
    assert len(rows) == 7
    for row in rows:
        words = text(f"measures/{row['file']}.txt")
        assert len(words) > 700, row["file"]
        assert words.startswith(("第", "为"))
        articles = re.findall(r"^第([一二三四五六七八九十]+)条", words, re.MULTILINE)
        assert len(articles) == len(set(articles))


def test_the_summary_tells_the_figures_of_2008() -> None:
    words = text("reports/summary-2008.txt")
    for figure in (
        "信息453条，其中主动公开330条，依申请公开1条，不予公开122条",
        "信息清理53条，其中主动公开36条，依申请公开1条，不予公开16条",
        "机构职能类13条，占3.53%", "法规文件类19条，占5.16%", "规划计划类28条，占7.61%",
        "行政职责类44条，占11.96%", "业务动态类264条，占71.74%", "受理0件",
        "移送3次", "移送信息42件", "每件6份",
    ):  # fmt: skip
        assert figure in words
    for count, share in ((13, 3.53), (19, 5.16), (28, 7.61), (44, 11.96), (264, 71.74)):
        assert round(100 * count / 368, 2) == share


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.t*")), ids=lambda path: path.name)
def test_no_real_place_stands_in_the_texts(path: Any) -> None:
    words = path.read_text(encoding="utf-8")
    for real in ("门头沟", "北京", "滚球", "篮球比分"):
        assert real not in words


def test_an_unknown_slot_is_a_fault() -> None:
    with pytest.raises(KeyError):
        fill("{nothing}", {})
    assert fill("\n{y}年\n", {"y": 2026}) == "2026年"
