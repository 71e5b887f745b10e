"""Letters: drafted from the case, approved by another, numbered per series and year."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.disclosure import casework
from gongkai.disclosure.actions import writing
from gongkai.kit.refusal import Refusal
from tests.disclosure.letters import cases as make

pytestmark = pytest.mark.django_db


def test_a_draft_takes_addressee_and_words_from_the_case() -> None:
    of = make.case()
    drafted = make.letter(of, "supplement", parts={"points": "一、年度。"}, due_on=make.on(11, 20))
    parts = casework.parts_of(drafted)
    assert drafted.addressee == "张三" and drafted.number == ""
    assert make.ASKED in parts["received"] and of.request.number in parts["received"]
    assert parts["due"] == "2026年11月20日（含当日）"


def test_numbers_run_per_series_and_kinds_of_one_word_share_them() -> None:
    at = make.office()
    found = []
    replies: tuple[tuple[str, dict[str, Any]], ...] = (
        ("granted", {"provided": "随附电子文件1份。"}),
        ("already_published", {"where": "本机关网站通知公告栏。"}),
        ("not_ours", {"reason": "由区财政局制作"}),
        ("granted", {"provided": "随附纸质文件1份。"}),
    )
    for outcome, stated in replies:
        of = make.case(at)
        found.append(make.approved(make.reply(of, outcome, **stated), of).number)
    assert found == [
        "云商信答〔2026〕1号",
        "云商信答〔2026〕2号",
        "云商非信答〔2026〕1号",
        "云商信答〔2026〕3号",
    ]


def test_who_drafted_cannot_approve_and_refusals_are_the_leaders() -> None:
    of = make.case()
    granted = make.reply(of, "granted", provided="随附电子文件1份。")
    with pytest.raises(Refusal, match="状态是“草拟”"):
        writing.approve(letter=granted, by=of.at.leader, now=make.NOW)
    writing.submit(letter=granted, by=of.at.officer, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        writing.approve(letter=granted, by=of.at.officer, now=make.NOW)
    assert caught.value.code == "letter.same_person"
    second = make.office_person(of, "公开戊", "disclosure_office")
    assert writing.approve(letter=granted, by=second, now=make.NOW).state == "approved"
    of = make.case(of.at)
    refused = make.reply(of, "refused_deliberative", reason="方案仍在讨论")
    writing.submit(letter=refused, by=of.at.officer, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        writing.approve(letter=refused, by=second, now=make.NOW)
    assert caught.value.code == "letter.leader_approves"
    assert writing.approve(letter=refused, by=of.at.leader, now=make.NOW).state == "approved"
