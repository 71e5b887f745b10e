"""The smaller tables at their edges: receipt, service, fees, letters, replies, duties, periods."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kit.money import yuan_text
from gongkai.kit.refusal import Refusal
from gongkai.law import in_force, letters
from gongkai.law.applications import ApplicantKind, form_fields
from gongkai.law.cite import Cite
from gongkai.law.duties import SecrecyLevel, rereview_due
from gongkai.law.fees import Cost, Usage, Way, check_notice, quote, tariff
from gongkai.law.model import Term, Unit
from gongkai.law.periods import add_months, count, fixed, natural_end
from gongkai.law.receipt import Arrival, Channel, DayOf, receipt, require_open, rule_for
from gongkai.law.remedies import BodyKind, reconsideration_body, remedy_of
from gongkai.law.replies import LEAVES, OUTCOMES, Remedy, check_reply, outcome, outcomes
from gongkai.law.service import Service, served_on
from gongkai.law.service import Way as ServiceWay
from gongkai.law.workdays import Calendar

NEW, OLD = in_force(date(2026, 3, 2)), in_force(date(2016, 3, 2))
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_receipt_under_the_old_decree() -> None:
    system = receipt(Arrival(Channel.EMAIL, MONDAY), law=OLD)
    assert (system.on, "系统接收" in system.sentence) == (MONDAY, True)
    assert receipt(Arrival(Channel.EMAIL, MONDAY), law=NEW).on is None
    promised = Arrival(Channel.WEB, MONDAY, TUESDAY, date(2026, 3, 6))
    assert receipt(promised, law=OLD).on == date(2026, 3, 6)
    assert receipt(promised, law=NEW).on == TUESDAY
    confirmed = receipt(Arrival(Channel.WEB, MONDAY, TUESDAY), law=OLD)
    assert (confirmed.on, "双方确认之日" in confirmed.sentence) == (TUESDAY, True)
    for channel in Channel:
        assert rule_for(channel, OLD).called and rule_for(channel, NEW).called
        assert channel.label
    assert rule_for(Channel.COUNTER, NEW).day is DayOf.ARRIVED


def test_a_letter_is_confirmed_the_day_it_comes() -> None:
    late = receipt(Arrival(Channel.ORDINARY_POST, MONDAY, TUESDAY), law=NEW)
    assert "当日" in late.warnings[0]
    assert late.as_dict()["on"] == "2026-03-03"
    for arrival in (
        Arrival(Channel.ORDINARY_POST, MONDAY, MONDAY),
        Arrival(Channel.WEB, MONDAY, TUESDAY),
        Arrival(Channel.SIGNED_POST, MONDAY, TUESDAY),
    ):
        assert receipt(arrival, law=NEW).warnings == ()
    misdirected = Arrival(Channel.MISDIRECTED, MONDAY, TUESDAY)
    assert receipt(misdirected, law=NEW).warnings == late.warnings
    with pytest.raises(Refusal, match="早于到达日期"):
        receipt(Arrival(Channel.FAX, TUESDAY, MONDAY), law=NEW)
    assert receipt(Arrival(Channel.FAX, MONDAY), law=NEW).as_dict()["on"] is None


def test_counter_and_post_are_never_closed() -> None:
    always = {Channel.COUNTER, Channel.SIGNED_POST, Channel.ORDINARY_POST, Channel.MISDIRECTED}
    assert {c for c in Channel if c.always_open} == always
    require_open(Channel.COUNTER, [])
    require_open(Channel.FAX, [Channel.FAX])
    with pytest.raises(Refusal, match="没有开通传真"):
        require_open(Channel.FAX, [Channel.WEB])


def test_service_needs_its_day() -> None:
    assert served_on(Service(ServiceWay.ENTRUSTED, signed_on=MONDAY)) == MONDAY
    assert served_on(Service(ServiceWay.ELECTRONIC, posted_on=MONDAY)) == MONDAY
    with pytest.raises(Refusal, match="交邮"):
        served_on(Service(ServiceWay.POST, signed_on=MONDAY))
    with pytest.raises(Refusal, match="签收日期"):
        served_on(Service(ServiceWay.HANDED, posted_on=MONDAY))
    with pytest.raises(Refusal, match="邮费"):
        served_on(Service(ServiceWay.POST, posted_on=MONDAY, freight_collect=True))
    assert all(way.label for way in ServiceWay)


def test_fees_at_their_edges() -> None:
    on = date(2021, 1, 1)
    assert tariff(on).key == "2021"
    with pytest.raises(Refusal, match="没有信息处理费标准"):
        tariff(date(2020, 12, 31))
    for usage in (Usage(-1), Usage(0, 0), Usage(0, 1, -1)):
        with pytest.raises(Refusal, match="正整数"):
            quote(usage, on=on)
    assert quote(Usage(0, 1, 0), on=on).amount(Way.PAGES) == 0
    with pytest.raises(Refusal, match="不能按量计收"):
        quote(Usage(0, 1), on=on).amount(Way.PAGES)
    with pytest.raises(ValueError, match="from 1"):
        tariff(on).items.price(0)
    assert [tariff(on).items.price(k) for k in (10, 11, 30, 31, 40, 41)] == [
        0,
        100,
        100,
        200,
        200,
        300,
    ]
    assert yuan_text(3000) == "3,000元"
    assert [c.label for c in Cost] == ["检索费", "复制费", "邮寄费"]


def test_a_fee_notice_states_four_things() -> None:
    gaps = check_notice({"basis": "109号文", "rate": " "}, law=NEW)
    assert [g.label for g in gaps] == ["收费标准", "收费数额", "缴纳方式"]
    with pytest.raises(Refusal, match="没有规定"):
        check_notice({}, law=OLD)


def test_letters_have_parts_and_numbers() -> None:
    letter = letters.LETTERS["supplement"]
    assert letters.letter_number("门商", letter, 2026, 7) == "门商信补〔2026〕7号"
    with pytest.raises(Refusal, match="从1开始"):
        letters.letter_number("门商", letter, 2026, 0)
    parts = {key: "有" for key, _ in letter.all_parts}
    assert letters.check_letter("supplement", parts) == ()
    assert [g.key for g in letters.check_letter("supplement", parts | {"points": ""})] == ["points"]
    assert "remedy" not in parts
    assert "remedy" in dict(letters.LETTERS["refusal"].all_parts)
    assert all(str(kind.cite) and kind.series for kind in letters.LETTERS.values())


def test_outcomes_are_a_table_of_twenty_three() -> None:
    assert (len(OUTCOMES), len(LEAVES)) == (23, 21)
    assert outcomes(NEW) == OUTCOMES
    assert {o.key for o in OUTCOMES} - {o.key for o in outcomes(OLD)} == {
        "refused_internal_affairs",
        "refused_deliberative",
        "refused_enforcement_file",
        "special_procedure",
        "not_ready_made",
        "public_publication",
        "excessive",
        "confirm_or_reissue",
        "abandoned_no_supplement",
        "abandoned_no_fee",
    }
    with pytest.raises(Refusal, match="没有“重"):
        outcome("重")
    with pytest.raises(Refusal, match="没有“没有现成"):
        check_reply("not_ready_made", {}, law=OLD)
    for found in OUTCOMES:
        assert found.letter in letters.LETTERS
        assert all(str(c) for cites in found.cites.values() for c in cites)


def test_which_outcomes_go_to_reconsideration_first() -> None:
    first = {o.key for o in OUTCOMES if remedy_of(o.key, date(2024, 1, 1)) is (
        Remedy.RECONSIDERATION_FIRST)}  # fmt: skip
    assert first == {o.key for o in OUTCOMES if o.key.startswith("refused_")} | {"partly_granted"}
    assert remedy_of("refused_third_party", date(2023, 12, 31)) is Remedy.EITHER
    assert reconsideration_body(BodyKind.DEPARTMENT, date(2023, 12, 31)) != (
        reconsideration_body(BodyKind.DEPARTMENT, date(2024, 1, 1))
    )


def test_kinds_of_applicants_and_levels() -> None:
    assert next(k.label for k in ApplicantKind) == "自然人"
    assert len(list(ApplicantKind)) == 6
    assert [level.label for level in SecrecyLevel] == ["绝密", "机密", "秘密"]
    assert {f.key for f in form_fields(NEW)} - {f.key for f in form_fields(OLD)} == {"assistance"}


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2026-06-15", 6, "2026-12-15"),
        ("2026-07-15", 6, "2027-01-15"),
        ("2026-01-31", 0, "2026-01-31"),
        ("2026-01-31", 13, "2027-02-28"),
    ],
)
def test_months_end_on_the_same_day(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_periods_of_every_unit(calendar: Calendar) -> None:
    def term(unit: Unit, length: int) -> Term:
        return Term("x", length, unit, Cite("local_practice"))

    assert natural_end(term(Unit.DAYS, 3), MONDAY) == date(2026, 3, 5)
    assert natural_end(term(Unit.YEARS, 2), MONDAY) == date(2028, 3, 2)
    with pytest.raises(ValueError, match="working days"):
        natural_end(term(Unit.WORKDAYS, 2), MONDAY)
    assert count(term(Unit.WORKDAYS, 2), MONDAY, calendar=calendar).on == date(2026, 3, 4)
    moved = count(term(Unit.DAYS, 5), MONDAY, calendar=calendar)
    assert (moved.natural, moved.on) == (date(2026, 3, 7), date(2026, 3, 9))
    assert len(moved.counted) == 5
    assert [s.reason for s in moved.skipped] == ["期间最后一日不是工作日，顺延"] * 2
    far = count(term(Unit.YEARS, 1), MONDAY, calendar=calendar)
    assert far.provisional
    kept = fixed(date(2026, 3, 7), basis="甲", calendar=calendar, moves=False)
    assert kept.on == date(2026, 3, 7)
    assert kept.sentence() == "截止于2026年3月7日。依据：甲。"
    assert [u.label for u in Unit] == ["个工作日", "日", "个月", "年"]


def test_a_withheld_item_comes_back_after_the_body_s_own_time(calendar: Calendar) -> None:
    """Vector 62: Art. 18 names no period, so a year is the default and a body may set its own."""
    assert rereview_due(date(2026, 3, 2), law=NEW, calendar=calendar).on == date(2027, 3, 2)
    sooner = NEW.with_term("rereview", 6, reason="区里每半年评估一次")
    assert rereview_due(date(2026, 3, 2), law=sooner, calendar=calendar).on == date(2026, 9, 2)
