"""A round from plan to frozen result, and what is refused on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongkai.assessment import actions, frozen
from gongkai.assessment.models import Appeal, AssessmentRound, HandMark, SchemeVersion
from gongkai.assessment.sheets import scheme_of, scored
from gongkai.assessment.values import Marking, Ruling
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.assessment.adjusting import Adjustment
from gongkai.orgs.models import Person, Role
from tests import factories
from tests.assessment.conftest import (
    NOW,
    PLAN,
    at,
    closed,
    drafted,
    measured,
    planned,
    points,
    sheet_of,
)
from tests.factories import Office


def test_a_round_is_planned_measured_told_closed_and_each_step_is_written_down(
    office: Office,
) -> None:
    round_ = closed(office)
    events = Entry.objects.filter(subject_kind="assessment_round", subject_id=round_.pk)
    assert list(events.order_by("seq").values_list("event", flat=True)) == [
        "assessment.planned",
        "assessment.measured",
        "assessment.mark_given",
        "assessment.mark_given",
        "assessment.drafted",
        "assessment.closed",
    ]
    assert round_.state == "closed"
    assert round_.digest == frozen.digest_of(AssessmentRound.objects.get(pk=round_.pk).result)


def test_published_on_time_earns_and_late_deducts_once(office: Office) -> None:
    """Art. 26: 20 working days. One in time, one never published past its day."""
    factories.published(office, now=at(2026, 9, 1))
    factories.draft(office, now=at(2026, 9, 1))
    round_ = measured(office)
    sheet = sheet_of(round_, office)
    assert sheet.figures["measures"]["published_in_time"] == [1, 2]
    assert len(sheet.figures["events"]["late_publication"]) == 1
    score = scored(sheet, scheme_of(round_))
    line = next(x for x in score.lines if x.indicator.key == "in_time")
    assert "占50%" in line.sentence
    assert score.deducted == 1
    other = round_.sheets.exclude(pk=sheet.pk).get()
    assert "published_in_time" not in other.figures["measures"]


def test_measuring_a_round_takes_as_many_queries_for_ten_sections_as_for_two(
    office: Office,
) -> None:
    from gongkai.orgs import actions as orgs

    factories.published(office, now=at(2026, 9, 1))
    round_ = planned(office)
    with CaptureQueriesContext(
        connection,
    ) as few:
        actions.measure(round_=round_, by=office.officer, now=NOW)
    for number in range(8):
        fields = {"code": f"s{number}", "name": f"第{number}科"}
        orgs.create_section(body=office.body, fields=fields, by=None, now=NOW)
    with CaptureQueriesContext(connection) as many:
        actions.measure(round_=round_, by=office.officer, now=NOW)
    assert len(many) <= len(few) + 3


def test_points_by_hand_have_bounds_reasons_and_never_come_from_the_own_section(
    office: Office,
) -> None:
    round_ = measured(office)
    sheet = sheet_of(round_, office)
    give = actions.give_points
    with pytest.raises(Refusal, match="请给0到3分"):
        give(sheet=sheet, marking=points("clarified", "3.01"), by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="最多两位小数"):
        give(sheet=sheet, marking=points("clarified", "1.001"), by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="请写明理由"):
        give(sheet=sheet, marking=points("clarified", 1, " "), by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="不由人评分"):
        give(sheet=sheet, marking=points("in_time", 1), by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="没有这个角色"):
        give(sheet=sheet, marking=points("clarified", 1), by=office.clerk, now=NOW)
    own = factories.person("公开己", Role.DISCLOSURE_OFFICE, office.body, None)
    own.section = office.section
    own.save(update_fields=["section"])
    with pytest.raises(Refusal, match="不能由您评分"):
        give(sheet=sheet, marking=points("clarified", 1), by=own, now=NOW)


def test_one_event_is_entered_once_and_bounded(office: Office) -> None:
    round_ = measured(office)
    sheet = sheet_of(round_, office)
    event = Marking("merit", "经验在全区推广", ref="云政办函〔2026〕3号")
    actions.enter_event(sheet=sheet, marking=event, by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="已经计过一次"):
        actions.enter_event(sheet=sheet, marking=event, by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="由系统记录认定"):
        found = replace(event, key="late")
        actions.enter_event(sheet=sheet, marking=found, by=office.officer, now=NOW)
    sheet.refresh_from_db()
    assert sheet.bonus == 1


def test_nothing_is_told_while_points_are_missing(office: Office) -> None:
    round_ = measured(office)
    with pytest.raises(Refusal, match=r"还有人工评分没有给：.*发现和澄清"):
        actions.draft_scores(round_=round_, by=office.officer, now=NOW)


def test_an_appeal_is_filed_by_the_section_and_decided_by_another(
    office: Office, head: Person
) -> None:
    factories.draft(office, now=at(2026, 9, 1))
    round_ = drafted(office)
    sheet = sheet_of(round_, office)
    before = sheet.total
    appeal = actions.file_appeal(
        sheet=sheet, key="clarified", reason="我科澄清过一次", by=head, now=NOW
    )
    ref = sheet.figures["events"]["late_publication"][0]
    late = actions.file_appeal(
        sheet=sheet, key="late", ref=ref, reason="属于国家秘密，正在办理", by=head, now=NOW
    )
    ruling = Ruling(True, "有登记为证", Decimal("3"))
    with pytest.raises(Refusal, match="由另一个人决定"):  # gave the points
        actions.decide_appeal(appeal=appeal, ruling=ruling, by=office.officer, now=NOW)
    with pytest.raises(Refusal, match="申诉由"):
        actions.decide_appeal(appeal=appeal, ruling=ruling, by=head, now=NOW)
    actions.decide_appeal(appeal=appeal, ruling=ruling, by=office.leader, now=NOW)
    round_.refresh_from_db()
    assert round_.state == "appealed"
    actions.decide_appeal(appeal=late, ruling=Ruling(True, "属实"), by=office.leader, now=NOW)
    round_.refresh_from_db()
    sheet.refresh_from_db()
    assert round_.state == "drafted"
    assert sheet.total > before
    assert sheet.deducted == 0


def test_appeals_have_a_last_day_and_one_line_is_appealed_once(
    office: Office, head: Person
) -> None:
    round_ = drafted(office)
    sheet, last = sheet_of(round_, office), round_.appeal_until
    assert last is not None
    file = actions.file_appeal
    file(sheet=sheet, key="clarified", reason="有异议", by=head, now=NOW)
    with pytest.raises(Refusal, match="已经申诉过"):
        file(sheet=sheet, key="clarified", reason="还有异议", by=head, now=NOW)
    with pytest.raises(Refusal, match="没有这一项得分"):
        file(sheet=sheet, key="replies", reason="有异议", by=head, now=NOW)
    with pytest.raises(Refusal, match="期限已过"):
        after = at(last.year, last.month, last.day)
        file(sheet=sheet, key="people", reason="有异议", by=head, now=after)
    with pytest.raises(Refusal, match="只有法规科的工作人员"):
        file(sheet=sheet, key="people", reason="有异议", by=office.officer, now=NOW)


def test_a_round_closes_only_after_the_appeals_by_the_leader(office: Office) -> None:
    round_ = drafted(office)
    with pytest.raises(Refusal, match="还没有过"):
        actions.close_round(round_=round_, by=office.leader, now=NOW)
    with pytest.raises(Refusal, match="主管领导"):
        actions.close_round(round_=round_, by=office.officer, now=at(2026, 12, 20))


def _refused(change: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()  # type: ignore[operator]


def test_a_closed_round_is_never_changed_even_past_the_actions(office: Office) -> None:
    round_ = closed(office)
    sheet = sheet_of(round_, office)
    rounds = AssessmentRound.objects.filter(pk=round_.pk)
    _refused(lambda: rounds.update(result={}))
    _refused(lambda: rounds.update(state="drafted"))
    _refused(lambda: rounds.update(digest="0" * 64))
    _refused(lambda: type(sheet).objects.filter(pk=sheet.pk).update(total=100))
    _refused(lambda: HandMark.objects.create(sheet=sheet, key="x", points=1, reason="x", at=NOW))
    _refused(lambda: sheet.marks.all().delete())
    _refused(lambda: Appeal.objects.create(sheet=sheet, key="x", reason="x", filed_at=NOW))
    for act in (actions.measure, actions.draft_scores):
        with pytest.raises(Refusal, match="现在的状态是“已审定”"):
            act(round_=round_, by=office.officer, now=NOW)


def test_the_digest_is_of_the_figures_alone(office: Office) -> None:
    round_ = closed(office)
    again = AssessmentRound.objects.get(pk=round_.pk).result
    assert frozen.digest_of(again) == round_.digest
    assert frozen.digest_of(dict(reversed(again.items()))) == round_.digest
    again["sheets"][0]["total"] = "100.00"
    assert frozen.digest_of(again) != round_.digest


def test_a_frozen_result_becomes_a_record_once_without_names_of_people(office: Office) -> None:
    round_ = closed(office)
    record = actions.record_result(round_=round_, by=office.officer, now=at(2026, 12, 21))
    text = record.body_text.text
    assert round_.digest in text
    assert "法规科：" in text
    assert not any(name in text for name in ("公开丁", "主管丙"))
    assert record.state == "draft"
    with pytest.raises(Refusal, match="已经录为政府信息"):
        actions.record_result(round_=round_, by=office.officer, now=at(2026, 12, 21))


def test_a_supervisor_adjusts_a_scheme_for_rounds_to_come_and_never_edits(
    office: Office,
) -> None:
    from gongkai.orgs import actions as orgs

    above = factories.office(name="云岭区人民政府")
    orgs.edit_body(body=office.body, fields={"parent": above.body}, by=None, now=NOW)
    boss = factories.person("督查庚", Role.SUPERVISOR, above.body)
    office.body.refresh_from_db()
    early = planned(office)
    change = Adjustment({"in_time": 16, "monthly": 8})
    given = {"body": office.body, "scheme": "sections_model", "change": change,
             "from_on": date(2026, 1, 1), "now": NOW}  # fmt: skip
    with pytest.raises(Refusal, match="上级主管部门"):
        actions.adjust_scheme(reason="减轻", by=office.officer, **given)  # type: ignore[arg-type]
    version = actions.adjust_scheme(reason="试点", by=boss, **given)  # type: ignore[arg-type]
    later = planned(office, replace(PLAN, title="另一次"))
    assert scheme_of(early).indicator("in_time").weight == 20  # type: ignore[union-attr]
    assert scheme_of(later).indicator("in_time").weight == 16  # type: ignore[union-attr]
    _refused(lambda: SchemeVersion.objects.filter(pk=version.pk).update(reason="改"))


def test_a_period_that_ends_before_it_starts_says_so(office: Office) -> None:
    with pytest.raises(Refusal, match="不能早于第一天"):
        planned(office, replace(PLAN, until=PLAN.start - timedelta(days=1)))
