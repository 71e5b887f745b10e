"""The review: three steps, three people, findings answered, withheld with ground and reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.catalog import actions as catalog
from gongkai.kit.refusal import Refusal
from gongkai.orgs.models import Role
from gongkai.records import actions as records
from gongkai.review import actions, queries
from gongkai.review.models import Finding, ReviewSheet
from gongkai.review.values import Decision, FindingReply, Noticed, Opinion, Proposal
from tests import factories as make

pytestmark = pytest.mark.django_db
AGREED = Opinion("proactive", "经核实，不涉密，同意主动公开。")


def noticed(text: str, words: str, proposal: str | None) -> Noticed:
    start = text.index(words)
    return Noticed("intake", "damaged_date", "text", start, start + len(words), words, proposal)


def test_three_different_people_and_each_in_his_role() -> None:
    at = make.office()
    sheet = make.propose(make.draft(at), at)
    make.grant_more(at.clerk, at.body, Role.REVIEW_GROUP, Role.RESPONSIBLE_LEADER)
    with pytest.raises(Refusal) as caught:
        actions.verify(sheet=sheet, opinion=AGREED, by=at.clerk, now=make.NOW)
    assert caught.value.code == "review.same_person"
    with pytest.raises(Refusal):
        actions.verify(sheet=sheet, opinion=AGREED, by=at.officer, now=make.NOW)
    sheet = actions.verify(sheet=sheet, opinion=AGREED, by=at.verifier, now=make.NOW)
    make.grant_more(at.verifier, at.body, Role.RESPONSIBLE_LEADER)
    for same in (at.clerk, at.verifier):
        with pytest.raises(Refusal) as caught:
            actions.decide(sheet=sheet, decision=Decision("proactive"), by=same, now=make.NOW)
        assert caught.value.code == "review.same_person"
    done = actions.decide(sheet=sheet, decision=Decision("proactive"), by=at.leader, now=make.NOW)
    assert done.state == "decided"


def test_open_findings_stop_the_review_until_each_is_answered() -> None:
    at = make.office()
    text = "自51日起施行，截至2008228日。"
    record = make.draft(at, text=text)
    actions.note_findings(
        record=record,
        findings=[noticed(text, "51日", "5月1日"), noticed(text, "2008228日", "2008年2月28日")],
        now=make.NOW,
    )
    with pytest.raises(Refusal) as caught:
        make.propose(record, at, answer_first=False)
    assert caught.value.code == "review.open_findings"
    first, second = queries.open_findings(record).filter(scanner="intake").order_by("start")
    actions.answer_finding(
        finding=first, answer=FindingReply("accepted"), by=at.clerk, now=make.NOW
    )
    second.refresh_from_db()
    record.refresh_from_db()
    # The second one moved with the text and still names its own place.
    assert record.body_text.text[second.start : second.end] == "2008228日"
    with pytest.raises(Refusal):
        actions.answer_finding(
            finding=second, answer=FindingReply("kept", reason=" "), by=at.clerk, now=make.NOW
        )
    actions.answer_finding(
        finding=second, answer=FindingReply("edited", "2008年2月28日"), by=at.clerk, now=make.NOW
    )
    record.refresh_from_db()
    assert record.body_text.text == "自5月1日起施行，截至2008年2月28日。"
    assert make.propose(record, at).state == "proposed"


def test_findings_within_a_passage_go_or_move_with_its_new_words() -> None:
    at = make.office()
    text = "前言。關(guān)於51日起施行的通知。另于51日公布。"
    record = make.draft(at, text=text)
    passage = noticed(text, "關(guān)於51日起施行的通知", "关于51日起施行的通知")
    within = [noticed(text, "關(guān)", "关"), noticed(text, "51日", "5月1日")]
    actions.note_findings(record=record, findings=[passage, *within], now=make.NOW)
    rows = record.findings.filter(scanner="intake", answer="open")
    whole = rows.get(evidence=passage.evidence)
    actions.answer_finding(
        finding=whole, answer=FindingReply("accepted"), by=at.clerk, now=make.NOW
    )
    record.refresh_from_db()
    (left,) = rows
    assert record.body_text.text[left.start : left.end] == left.evidence == "51日"
    assert left.start < whole.start + len("关于51日起施行的通知")


def test_a_finding_around_the_words_answered_can_still_be_answered() -> None:
    at = make.office()
    text = "甲  乙局关于春运的…"
    record = make.draft(at, text=text)
    both = [noticed(text, text, "甲 乙局关于春运的通知"), noticed(text, "  ", " ")]
    actions.note_findings(record=record, findings=both, now=make.NOW)
    inner = record.findings.get(evidence="  ")
    actions.answer_finding(
        finding=inner, answer=FindingReply("accepted"), by=at.clerk, now=make.NOW
    )
    outer = record.findings.get(evidence="甲 乙局关于春运的…")
    actions.answer_finding(
        finding=outer, answer=FindingReply("accepted"), by=at.clerk, now=make.NOW
    )
    record.refresh_from_db()
    assert record.body_text.text == "甲 乙局关于春运的通知"


def test_what_a_scanner_finds_stays_to_be_answered_when_the_proposal_is_refused() -> None:
    at = make.office()
    record = make.draft(at, text="联系人手机13800138000。")
    with pytest.raises(Refusal):
        make.propose(record, at, answer_first=False)
    found = Finding.objects.filter(record=record, answer="open")
    assert [f.evidence for f in found] == ["13800138000"]


def test_a_kept_finding_is_not_found_again_and_a_mended_one_goes() -> None:
    at = make.office()
    record = make.draft(at, text="手机13800138000。\n邮箱见后。")
    actions.rescan(record=record, now=make.NOW)
    (row,) = queries.open_findings(record)
    reply = FindingReply("kept", reason="值班手机，应当公布")
    actions.answer_finding(finding=row, answer=reply, by=at.clerk, now=make.NOW)
    fields = {"text": "请注意：\n手机13800138000。"}
    records.edit(record=record, fields=fields, by=at.clerk, now=make.NOW)
    assert actions.rescan(record=record, now=make.NOW) == []
    row.refresh_from_db()
    assert (row.start, row.answer) == (7, "kept")
    fields = {"text": "手机13800138000，手机13900139000。"}
    records.edit(record=record, fields=fields, by=at.clerk, now=make.NOW)
    (new,) = actions.rescan(record=record, now=make.NOW)
    assert new.evidence == "13900139000"
    records.edit(record=record, fields={"text": "无。"}, by=at.clerk, now=make.NOW)
    actions.rescan(record=record, now=make.NOW)
    assert not queries.open_findings(record).exists()


@pytest.mark.parametrize(
    ("ground", "reason", "field"),
    [("", "涉密", "ground"), ("state_secret", " ", "reason"), ("whim", "不想", "ground")],
)
def test_withheld_needs_ground_and_reason(ground: str, reason: str, field: str) -> None:
    at = make.office()
    with pytest.raises(Refusal) as caught:
        make.propose(make.draft(at), at, attribute="withheld", ground=ground, reason=reason)
    assert field in caught.value.fields


def test_withheld_comes_back_for_reassessment() -> None:
    at = make.office()
    record = make.draft(at)
    make.review_fully(record, at, attribute="withheld", ground="privacy", reason="含个人信息")
    record.refresh_from_db()
    assert record.rereview_on == make.NOW.date() + timedelta(days=365)
    assert record.index_number == ""
    actions.begin_rereview(record=record, by=at.clerk, now=make.NOW)
    record.refresh_from_db()
    sheet = make.propose(record, at)
    assert (record.state, sheet.is_rereview) == ("draft", True)


def test_a_fault_seen_after_the_decision_leads_back_to_a_draft_and_a_new_review() -> None:
    at = make.office()
    record = make.draft(at)
    make.review_fully(record, at)
    actions.begin_rereview(record=record, by=at.clerk, now=make.NOW)
    with pytest.raises(Refusal) as caught:
        catalog.publish(record=record, by=at.officer, now=make.NOW)
    assert caught.value.code in ("publish.no_review", "flow.not_from_here")
    record.refresh_from_db()
    records.edit(record=record, fields={"abstract": "已更正。"}, by=at.clerk, now=make.NOW)
    assert make.publish(record, at).abstract == "已更正。"


def test_on_request_is_counted_in_the_catalog_series() -> None:
    at = make.office()
    record = make.draft(at)
    make.review_fully(record, at, attribute="on_request", reason="仅供特定企业查询")
    record.refresh_from_db()
    assert record.index_number.endswith("-000001")
    assert make.published(at).index_number.endswith("-000002")


def test_returned_with_reasons_becomes_a_draft_and_is_proposed_anew() -> None:
    at = make.office()
    record = make.draft(at)
    sheet = make.propose(record, at)
    with pytest.raises(Refusal):
        actions.return_sheet(sheet=sheet, reason="", by=at.verifier, now=make.NOW)
    actions.return_sheet(sheet=sheet, reason="请写明联系部门", by=at.verifier, now=make.NOW)
    record.refresh_from_db()
    again = make.propose(record, at)
    assert (again.version.number, record.versions.count()) == (2, 2)
    assert again.number != sheet.number


def test_a_yes_on_the_sheet_contradicts_proactive() -> None:
    at = make.office()
    proposal = Proposal("proactive", checklist={**make.CLEAR, "privacy": True})
    with pytest.raises(Refusal) as caught:
        actions.propose(record=make.draft(at), proposal=proposal, by=at.clerk, now=make.NOW)
    assert caught.value.code == "review.contradiction"


def test_the_database_refuses_shortcuts_through_the_sheet() -> None:
    at = make.office()
    sheet = make.propose(make.draft(at), at)
    sheets = ReviewSheet.objects.filter(pk=sheet.pk)
    verified = {"state": "verified", "verified_attribute": "proactive"}
    for changes in (
        {"state": "decided", "decided_attribute": "proactive", "decided_by": at.leader},
        {**verified, "verified_by": at.clerk},
        {"proposed_by": at.leader},
        {"number": "审〔1999〕1号"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            sheets.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        sheets.delete()
    done = make.decide(make.verify(sheet, at), at)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE review_reviewsheet SET decided_attribute = 'withheld' WHERE id = %s", [done.pk]
        )
