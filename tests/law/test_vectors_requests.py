"""Acceptance vectors 14–19 and 24–45: receipt, clock, service, remedies, fees, replies."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force, letters, replies
from gongkai.law.annual_report import FORMS, form_for, requests_table, tally
from gongkai.law.applications import ApplicantKind, check_application, check_form
from gongkai.law.clock import Clock, ClockEvent, Kind, State, run
from gongkai.law.deadlines import term_due
from gongkai.law.duties import Reporter, annual_report_due, paper_transfer_due
from gongkai.law.fees import Cost, Usage, Way, earlier_in_month, quote, require_cost
from gongkai.law.receipt import Arrival, Channel, receipt
from gongkai.law.remedies import BodyKind, check_letter, remedies
from gongkai.law.replies import Remedy, check_reply, outcome
from gongkai.law.service import Service, in_time, served_on
from gongkai.law.service import Way as ServiceWay
from gongkai.law.workdays import Calendar


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(calendar: Calendar, received: str, *events: ClockEvent) -> Clock:
    return run(day(received), events, law=in_force(day(received)), calendar=calendar)


def test_vector_14_supplement_is_asked_within_seven_days(calendar: Calendar) -> None:
    duties = clock(calendar, "2026-04-01").duties()
    assert [(d.kind, d.on) for d in duties] == [
        ("supplement_notice", day("2026-04-13")),
        ("reply", day("2026-04-30")),
    ]
    late = clock(calendar, "2026-04-01", ClockEvent(Kind.SUPPLEMENT_ASKED, day("2026-04-14")))
    assert any("逾期" in w for w in late.warnings)


def test_vector_15_supplement_restarts_the_clock(calendar: Calendar) -> None:
    asked = ClockEvent(Kind.SUPPLEMENT_ASKED, day("2026-04-10"), due_on=day("2026-04-24"))
    waiting = clock(calendar, "2026-04-01", asked)
    assert waiting.state is State.AWAITING_SUPPLEMENT
    assert waiting.due is None
    back = ClockEvent(Kind.SUPPLEMENTED, day("2026-04-22"))
    running = clock(calendar, "2026-04-01", asked, back)
    assert running.due is not None
    assert running.due.on == day("2026-05-22")


def test_vector_16_consultation_only_pauses(calendar: Calendar) -> None:
    asked = ClockEvent(Kind.THIRD_PARTY_ASKED, day("2026-04-13"), ref="甲")
    back = ClockEvent(Kind.OPINION_RECEIVED, day("2026-04-27"), ref="甲")
    done = clock(calendar, "2026-04-01", asked, back)
    assert done.due is not None
    assert done.due.on == day("2026-05-18")
    assert len(done.due.counted) == 20
    assert not done.assumed


def test_vector_17_silence_differs(calendar: Calendar) -> None:
    law = in_force(day("2026-04-13"))
    third = term_due("third_party", day("2026-04-13"), law=law, calendar=calendar)
    assert third.on == day("2026-05-07")
    joint = term_due("joint_body", day("2026-03-02"), law=law, calendar=calendar)
    assert joint.on == day("2026-03-23")
    asked = clock(
        calendar,
        "2026-03-02",
        ClockEvent(Kind.THIRD_PARTY_ASKED, day("2026-03-02"), ref="甲"),
        ClockEvent(Kind.JOINT_BODY_ASKED, day("2026-03-02"), ref="乙"),
    )
    silence = {d.kind: d.if_missed for d in asked.duties()}
    assert "不是同意" in silence["third_party"]
    assert "视为同意" in silence["joint_body"]


def test_vector_18_extension(calendar: Calendar) -> None:
    def extended(days: int) -> Clock:
        event = ClockEvent(Kind.EXTENDED, day("2026-03-20"), days=days)
        return clock(calendar, "2026-03-02", event)

    due = extended(20).due
    assert due is not None
    assert due.on == day("2026-04-28")
    for days in (21, 0):
        with pytest.raises(Refusal, match="1至20个工作日"):
            extended(days)


def test_vector_19_day_of_receipt_by_channel() -> None:
    law = in_force(day("2026-03-02"))
    monday, wednesday = day("2026-03-02"), day("2026-03-04")

    def received(channel: Channel, confirmed: date | None = None) -> date | None:
        return receipt(Arrival(channel, monday, confirmed), law=law).on

    assert received(Channel.ORDINARY_POST, wednesday) == wednesday
    assert received(Channel.ORDINARY_POST) is None
    assert received(Channel.SIGNED_POST, wednesday) == monday
    assert received(Channel.COUNTER) == monday
    assert received(Channel.WEB) is None, "not the day of sending"
    assert received(Channel.WEB, wednesday) == wednesday
    assert received(Channel.FAX, wednesday) == wednesday


def test_vector_24_transfer_of_paper(calendar: Calendar) -> None:
    law = in_force(day("2026-09-28"), region="11J025")
    due = paper_transfer_due(day("2026-09-28"), law=law, calendar=calendar)
    assert due.on == day("2026-10-10")
    assert calendar.is_workday(due.on), "a Saturday worked in exchange"
    moved = paper_transfer_due(day("2026-12-01"), law=law, calendar=calendar)
    assert (moved.natural, moved.on) == (day("2027-01-10"), day("2027-01-11"))
    assert moved.provisional


def test_vector_25_posting_counts_signing_does_not(calendar: Calendar) -> None:
    received = day("2026-09-18")
    due = clock(calendar, "2026-09-18").due
    assert due is not None
    assert due.on == day("2026-10-22"), received
    posted = Service(ServiceWay.POST, posted_on=day("2026-10-22"), signed_on=day("2026-10-26"))
    handed = Service(ServiceWay.HANDED, posted_on=day("2026-10-22"), signed_on=day("2026-10-26"))
    assert in_time(posted, due)
    assert not in_time(handed, due)


def test_vector_26_private_courier_is_refused() -> None:
    with pytest.raises(Refusal, match="邮政企业"):
        served_on(Service(ServiceWay.COURIER, posted_on=day("2026-10-22")))


def test_vector_27_yearly_report(calendar: Calendar) -> None:
    bureau = annual_report_due(2025, Reporter.DEPARTMENT, calendar=calendar)
    assert bureau.due.on == day("2026-01-31")
    assert bureau.remind_on == day("2026-01-30")
    district = annual_report_due(2025, Reporter.GOVERNMENT, calendar=calendar)
    assert district.due.on == day("2026-03-31")
    for reporter in Reporter:
        old = annual_report_due(2008, reporter, calendar=calendar)
        assert old.due.on == day("2009-03-31")
    assert "第四十九条" in bureau.due.basis


def test_vector_28_last_day_on_a_sunday_moves(calendar: Calendar) -> None:
    delivered = day("2026-05-06")
    notice = remedies("refused_deliberative", delivered, law=in_force(delivered), calendar=calendar)
    assert notice.reconsideration is not None
    assert notice.reconsideration.natural == day("2026-07-05")
    assert notice.reconsideration.on == day("2026-07-06")
    assert "顺延" in notice.reconsideration.sentence()


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (10, 0),
        (11, 100),
        (30, 2_000),
        (31, 2_200),
        (40, 4_000),
        (41, 4_300),
        (50, 7_000),
        (60, 11_000),
        (70, 16_000),
        (100, 37_000),
        (200, 172_000),
    ],
)
def test_vector_29_by_items(items: int, yuan: int) -> None:
    assert quote(Usage(0, items), on=day("2026-03-01")).amount(Way.ITEMS) == yuan
    one_by_one = sum(quote(Usage(k, 1), on=day("2026-03-01")).by_items for k in range(items))
    assert one_by_one == yuan


def test_vector_30_months_are_apart() -> None:
    march = [(day("2026-03-31"), 10)]
    assert earlier_in_month(march, day("2026-04-01")) == 0
    assert earlier_in_month(march, day("2026-03-31")) == 10
    assert quote(Usage(0, 10), on=day("2026-04-01")).by_items == 0
    assert quote(Usage(10, 10), on=day("2026-03-31")).by_items == 1_000


def test_vector_31_one_paper_of_twelve_items() -> None:
    assert quote(Usage(0, 12), on=day("2026-03-01")).by_items == 200


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (30, 0),
        (31, 10),
        (100, 700),
        (101, 720),
        (200, 2_700),
        (201, 2_740),
        (500, 14_700),
    ],
)
def test_vector_32_by_pages(pages: int, yuan: int) -> None:
    assert quote(Usage(0, 1, pages), on=day("2026-03-01")).amount(Way.PAGES) == yuan


def test_vector_33_pages_of_two_requests_are_not_added() -> None:
    one = quote(Usage(0, 1, 25), on=day("2026-03-01")).amount(Way.PAGES)
    two = quote(Usage(1, 1, 25), on=day("2026-03-01")).amount(Way.PAGES)
    assert one + two == 0


def test_vector_34_one_way_never_both() -> None:
    offered = quote(Usage(14, 1, 60), on=day("2026-03-20"))
    assert (offered.by_items, offered.by_pages) == (100, 300)
    assert {offered.amount(way) for way in Way} == {100, 300}
    assert "按件计收，信息处理费100元" in offered.sentence(Way.ITEMS)
    assert "按量计收，信息处理费300元" in offered.sentence(Way.PAGES)


def test_vector_35_fee_suspends_and_restarts(calendar: Calendar) -> None:
    noticed = ClockEvent(Kind.FEE_NOTICED, day("2026-04-09"), delivered_on=day("2026-04-10"))
    waiting = clock(calendar, "2026-04-01", noticed)
    assert (waiting.state, waiting.due) == (State.AWAITING_FEE, None)
    assert waiting.fee_due().on == day("2026-05-12")
    [pay] = [d for d in waiting.duties() if d.kind == "fee_payment"]
    assert "视为放弃" in pay.if_missed
    paid = clock(calendar, "2026-04-01", noticed, ClockEvent(Kind.FEE_PAID, day("2026-05-08")))
    assert paid.due is not None
    assert paid.due.on == day("2026-06-04")
    unpaid = outcome("abandoned_no_fee")
    assert (unpaid.row, replies.LEAVES.index(unpaid.row)) == ("abandoned_no_fee", 19)


def test_vector_36_no_cost_fee_any_more() -> None:
    for cost in Cost:
        with pytest.raises(Refusal, match="不收取费用"):
            require_cost(cost, day("2026-03-01"))
        assert require_cost(cost, day("2010-03-01")).article == "27"
        with pytest.raises(Refusal):
            require_cost(cost, day("2017-04-01"))


def test_vector_37_reconsideration_first(calendar: Calendar) -> None:
    on = day("2026-06-01")
    refused = remedies(
        "refused_deliberative", on, law=in_force(on), calendar=calendar, reviewer="区人民政府"
    )
    assert "先向区人民政府申请行政复议" in refused.sentence
    assert "或者" not in refused.sentence
    assert refused.lawsuit is None
    assert refused.reconsideration is not None
    assert refused.reconsideration.length == 60
    check_letter(refused.sentence, "refused_deliberative", on)
    missing = remedies("not_held", on, law=in_force(on), calendar=calendar)
    assert missing.remedy is Remedy.EITHER
    assert missing.lawsuit is not None
    assert (missing.lawsuit.length, missing.lawsuit.on) == (6, day("2026-12-01"))
    assert missing.reconsideration_body == "本级人民政府"
    with pytest.raises(Refusal, match="补上救济告知"):
        check_letter("可以提起行政诉讼。", "refused_deliberative", on)
    with pytest.raises(Refusal, match="直接提起行政诉讼"):
        check_letter("先申请行政复议，或者在六个月内提起行政诉讼。", "refused_deliberative", on)
    check_letter(missing.sentence, "not_held", on)


@pytest.mark.parametrize(("on", "months"), [("2012-06-01", 3), ("2016-06-01", 6)])
def test_vector_38_suit_limits_of_old_days(calendar: Calendar, on: str, months: int) -> None:
    notice = remedies("refused_state_secret", day(on), law=in_force(day(on)), calendar=calendar)
    assert notice.remedy is Remedy.EITHER
    assert notice.lawsuit is not None
    assert notice.reconsideration is not None
    assert (notice.reconsideration.length, notice.lawsuit.length) == (60, months)
    assert notice.reconsideration_body == "本级人民政府或者上一级主管部门"


def test_vector_39_repeated_names_the_earlier_reply() -> None:
    law = in_force(day("2026-06-01"))
    assert [g.key for g in check_reply("repeated", {}, law=law)] == ["earlier_reply"]
    assert check_reply("repeated", {"earlier_reply": "门商信答〔2026〕3号"}, law=law) == ()
    assert ("earlier_reply", "原答复文号和日期") in letters.LETTERS["repeated"].parts


def _counted(*ends: str) -> dict[str, int]:
    cases = [
        tally.Case(day("2026-03-02"), ApplicantKind.NATURAL, key, day("2026-03-30")) for key in ends
    ]
    values = tally.tally(cases, 2026, form_for(2026))
    leaves = {row: values[requests_table.key(row, "natural")] for row in replies.LEAVES}
    return {row: int(n) for row, n in leaves.items() if n}


def test_vector_40_a_complaint_is_counted_as_such() -> None:
    assert _counted("petition") == {"petition": 1}
    assert str(outcome("petition").cite(in_force(day("2026-06-01")))[0]).endswith(
        "第三十九条第一款"
    )


def test_vector_41_partial_counts_only_as_partial() -> None:
    law = in_force(day("2026-06-01"))
    stated = {"provided": "正文", "ground": "privacy", "reason": "附件含个人信息"}
    assert check_reply("partly_granted", stated, law=law) == ()
    assert _counted("partly_granted") == {"partly_granted": 1}
    assert _counted("already_published", "granted", "not_held", "not_ours") == {
        "granted": 2,
        "not_held": 2,
    }


def test_vector_42_refusal_by_a_third_party_needs_a_reason() -> None:
    law = in_force(day("2026-06-01"))
    gaps = check_reply("refused_third_party", {"ground": "trade_secret"}, law=law)
    assert [g.key for g in gaps] == ["reason"]
    full = {"ground": "trade_secret", "reason": "第三方说明公开会泄露配方，理由合理"}
    assert check_reply("refused_third_party", full, law=law) == ()
    wrong = check_reply("refused_third_party", full | {"ground": "state_secret"}, law=law)
    assert [g.key for g in wrong] == ["ground"]


def test_vector_43_public_interest_is_told_to_the_third_party() -> None:
    letter = letters.LETTERS["third_party_notice"]
    needed = {key for key, _ in letter.all_parts}
    assert {"content", "reason", "remedy"} <= needed
    gaps = {g.key for g in letters.check_letter("third_party_notice", {"content": "x"})}
    assert "reason" in gaps
    assert "content" not in gaps


def test_vector_44_no_purpose_demanded_since_2019() -> None:
    wrong = check_form(["name", "purpose"], law=in_force(day("2026-06-01")))
    assert [g.key for g in wrong] == ["purpose"]
    assert check_form(["name", "purpose"], law=in_force(day("2010-06-01"))) == ()


def test_vector_45_identity_proof() -> None:
    given = {"name": "张三", "contact": "某路1号", "description": "文件", "form_wanted": "纸质"}
    new, old = in_force(day("2026-06-01")), in_force(day("2010-06-01"))
    assert [g.key for g in check_application(given, law=new)] == ["identity"]
    assert check_application(given, law=old) == ()
    own = check_application(given, law=old, own_records=True)
    assert [g.key for g in own] == ["identity"]


def test_reviewers_by_kind_of_body(calendar: Calendar) -> None:
    on = day("2026-06-01")
    said = {
        kind: remedies("not_held", on, law=in_force(on), calendar=calendar, kind=kind)
        for kind in BodyKind
    }
    assert said[BodyKind.VERTICAL].reconsideration_body == "上一级主管部门"
    assert said[BodyKind.GOVERNMENT].reconsideration_body == "上一级人民政府"
    nothing = remedies("other", on, law=in_force(on), calendar=calendar)
    assert (nothing.sentence, nothing.reconsideration, nothing.lawsuit) == ("", None, None)
    assert nothing.as_dict()["lawsuit"] is None
    assert len(FORMS) == 3
