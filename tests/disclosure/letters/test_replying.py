"""Replies: one outcome, everything it must state, and the remedy of the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.disclosure import casework, letter_remedy
from gongkai.disclosure.actions import writing
from gongkai.disclosure.models import DisclosureRequest
from gongkai.kit.refusal import Refusal
from gongkai.law.replies import OUTCOMES
from tests.disclosure.letters import cases as make

pytestmark = pytest.mark.django_db
STATED = {
    "where": "本机关网站",
    "provided": "电子文件1份",
    "reason": "理由如下",
    "search": "检索了全部档案",
    "earlier_reply": "云商信答〔2025〕9号",
    "notice": "补正告知书",
}


def stated_for(key: str) -> dict[str, Any]:
    found = next(o for o in OUTCOMES if o.key == key)
    words = {need: STATED.get(need, "") for need in found.needs}
    words |= {"ground": found.grounds[0]} if found.grounds else {}
    return {**words, "reason": STATED["reason"]} if "reason" in _parts(found.letter) else words


def _parts(kind: str) -> set[str]:
    from gongkai.law.letters import LETTERS

    return {part for part, _ in LETTERS[kind].all_parts}


STEPS_FIRST = {"still_unclear", "excessive", "abandoned_no_supplement", "abandoned_no_fee"}
PLAIN = [o.key for o in OUTCOMES if o.key not in STEPS_FIRST and o.key != "partly_granted"]


@pytest.mark.parametrize("key", PLAIN)
def test_what_an_outcome_needs_is_refused_until_it_is_stated(key: str) -> None:
    of = make.case()
    found = next(o for o in OUTCOMES if o.key == key)
    if found.needs:
        with pytest.raises(Refusal) as caught:
            make.reply(of, key)
        assert caught.value.code == "reply.incomplete"
        assert set(caught.value.fields) >= set(found.needs) - {"ground"}
    letter = make.reply(of, key, **stated_for(key))
    assert (letter.kind, letter.outcome) == (found.letter, key)
    remedy = casework.parts_of(letter).get("remedy", "")
    assert bool(remedy) == (found.remedy != "none")
    assert ("先向" in remedy) == (found.remedy == "reconsideration_first")


def test_the_only_ground_is_chosen_and_a_foreign_one_refused() -> None:
    of = make.case()
    with pytest.raises(Refusal, match="不一致"):
        make.reply(of, "refused_deliberative", ground="privacy", reason="讨论稿")
    letter = make.reply(of, "refused_deliberative", reason="讨论稿")
    assert letter.ground == "deliberative"
    assert casework.parts_of(letter)["ground"].endswith("过程性信息")
    # Three grounds belong to this outcome: a person has to choose.
    of = make.case(of.at)
    with pytest.raises(Refusal) as caught:
        make.reply(of, "refused_third_party", reason="涉及他人")
    assert "ground" in caught.value.fields


@pytest.mark.parametrize("key", sorted(STEPS_FIRST))
def test_nobody_has_given_up_before_he_was_asked(key: str) -> None:
    of = make.case()
    with pytest.raises(Refusal) as caught:
        make.reply(of, key, notice="补正告知书", reason="理由如下")
    assert caught.value.code.startswith("reply.")
    assert not of.request.letters.exists()


def test_giving_up_is_written_only_after_the_last_day() -> None:
    of = make.case()
    make.supplement_asked(of)
    with pytest.raises(Refusal, match="补正期限"):
        make.reply(of, "abandoned_no_supplement", now=make.days(18))  # 20 November, the last day
    letter = make.reply(of, "abandoned_no_supplement", now=make.days(19))
    assert "云商信补〔2026〕1号" in casework.parts_of(letter)["reason"]


def test_one_reply_waits_at_a_time() -> None:
    of = make.case()
    first = make.reply(of, "granted", provided="电子文件1份")
    with pytest.raises(Refusal) as caught:
        make.reply(of, "not_ours", reason="由财政局制作")
    assert caught.value.code == "reply.one_at_a_time"
    writing.void(letter=first, reason="改为告知非本机关信息", by=of.at.officer, now=make.NOW)
    assert make.reply(of, "not_ours", reason="由财政局制作").state == "draft"


def test_a_reply_has_no_place_in_draft_letter_and_strange_parts_are_a_fault() -> None:
    of = make.case()
    with pytest.raises(ValueError, match="replying"):
        make.letter(of, "grant", outcome="granted", parts={"provided": "电子文件"})
    with pytest.raises(ValueError, match="unknown parts"):
        make.letter(of, "receipt", parts={"addresse": "李四"})
    with pytest.raises(ValueError, match="consultation"):
        make.letter(of, "third_party")


def test_nobody_can_state_remedy_receipt_or_addressee() -> None:
    of = make.case()
    letter = make.reply(of, "granted", provided="电子文件", remedy="无", received="无", you="李四")
    parts = casework.parts_of(letter)
    assert parts["remedy"].startswith("如对本答复不服") and parts["you"] == "您"
    assert letter.addressee == "张三"


def test_an_organisation_is_addressed_as_one() -> None:
    of = make.case(who={"kind": "business", "name": "云岭农贸有限公司"})
    assert "你单位提出的" in casework.parts_of(make.letter(of, "receipt"))["received"]


def test_a_consulted_side_is_not_told_who_asked() -> None:
    of = make.case()
    of.request.consultations.create(
        ref="征询1",
        kind="third_party",
        party="云岭农贸有限公司",
        information="附表三",
        reason="商业秘密",
    )
    letter = make.letter(of, "third_party", ref="征询1")
    assert letter.addressee == "云岭农贸有限公司"
    assert "张三" not in letter.parts and make.ASKED not in letter.parts


def test_the_remedy_is_that_of_the_day_and_of_the_body() -> None:
    of = make.case()
    words = letter_remedy.remedy_words
    body = of.request.body
    old = words("refusal", "refused_deliberative", body=body, on=date(2023, 12, 29))
    new = words("refusal", "refused_deliberative", body=body, on=date(2024, 1, 2))
    assert "或者在" in old and "先向云岭区人民政府" in new
    assert "上一级主管部门" in old  # before 2024 the applicant could choose
    body.profile = {**body.profile, "reconsideration_body": "云岭市人民政府"}
    assert "云岭市人民政府" in words(
        "refusal", "refused_deliberative", body=body, on=date(2026, 1, 5)
    )
    body.profile = {**body.profile, "body_kind": "ministry", "reconsideration_body": ""}
    assert "作出答复的机关" in words("grant", "granted", body=body, on=date(2026, 1, 5))
    assert words("supplement", "", body=body, on=date(2026, 1, 5)) == ""


def test_the_earlier_reply_is_named_from_its_case() -> None:
    first = make.case()
    make.handed(make.reply(first, "granted", provided="电子文件1份"), first)
    second = make.case(first.at)
    DisclosureRequest.objects.filter(pk=second.request.pk).update(earlier_reply=first.request)
    letter = make.reply(second, "repeated")
    assert casework.parts_of(letter)["earlier_reply"] == "云商信答〔2026〕1号，2026年11月2日"
