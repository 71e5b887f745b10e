"""Versions, stacking, citing, calendar values, pauses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.ranges import Span
from gongkai.kit.refusal import Refusal
from gongkai.law import FIRST_DAY, in_force, version
from gongkai.law.cite import Cite, chinese_number
from gongkai.law.deadlines import publish_due, reply_due
from gongkai.law.due import Due, Pause, Unit
from gongkai.law.model import Term
from gongkai.law.statutory import YEARS, statutory_days
from gongkai.law.versions import VERSIONS
from gongkai.law.workdays import Calendar, DayKind, DayMark, YearNotice

DAYS = st.dates(date(2008, 5, 1), date(2026, 10, 31))


def test_decree_of_the_day() -> None:
    assert in_force(date(2019, 5, 14)).key == "decree_492_2007"
    assert in_force(date(2019, 5, 15)).key == "decree_711_2019"
    assert in_force(FIRST_DAY).base is version("decree_492_2007")
    with pytest.raises(Refusal, match="尚未施行"):
        in_force(date(2008, 4, 30))


@given(st.dates(FIRST_DAY, date(2040, 1, 1)), st.sampled_from(["", "11", "310000", "11J025"]))
def test_exactly_one_decree_on_any_day(day: date, region: str) -> None:
    law = in_force(day, region=region)
    assert [v.key for v in law.layers].count(law.key) == 1
    assert law.layers[-1].key.startswith("decree")
    assert all(region.startswith(v.region) and day in v.span for v in law.layers)


def test_the_narrower_rule_wins_only_for_what_it_sets() -> None:
    law = in_force(date(2019, 6, 1), region="110109")
    assert law.term("publish").length == 15
    assert law.term("reply").length == 20
    assert law.terms["publish"].length == 15
    assert "257" in law.term("publish").basis
    assert in_force(date(2020, 6, 9), region="11").term("publish").length == 20
    assert in_force(date(2014, 12, 31), region="11").term("publish").length == 20


def test_terms_appear_with_their_law() -> None:
    assert not in_force(date(2018, 1, 1)).has("third_party")
    assert in_force(date(2020, 1, 1)).has("third_party")
    assert not in_force(date(2020, 12, 31)).has("fee_payment")
    assert in_force(date(2021, 1, 1)).term("fee_payment").length == 20
    assert in_force(date(2015, 4, 30)).term("lawsuit").length == 3
    assert in_force(date(2015, 5, 1)).term("lawsuit").length == 6
    with pytest.raises(Refusal, match="没有规定"):
        in_force(date(2018, 1, 1)).term("third_party")


def test_a_body_may_set_a_term_with_a_reason(calendar: Calendar) -> None:
    law = in_force(date(2026, 3, 2)).with_term("publish", 10, reason="区里的要求")
    due = publish_due(date(2026, 3, 2), law=law, calendar=calendar)
    assert len(due.counted) == 10
    assert "区里的要求" in due.basis
    assert law.term("reply").length == 20
    with pytest.raises(Refusal, match="写明理由"):
        law.with_term("publish", 5, reason=" ")
    with pytest.raises(Refusal, match="负数"):
        law.with_term("publish", -1, reason="x")


def test_another_laws_term_prevails(calendar: Calendar) -> None:
    special = Term("publish", 7, Unit.WORKDAYS, Cite("local_practice"))
    day = date(2026, 3, 2)
    due = publish_due(day, law=in_force(day), calendar=calendar, special=special)
    assert due.on == date(2026, 3, 11)


def test_every_term_cites_an_instrument() -> None:
    for known in VERSIONS:
        for name, term in known.terms.items():
            assert term.name == name
            assert term.label and str(term.cite)


@pytest.mark.parametrize(
    ("article", "label"),
    [
        ("33", "第三十三条"),
        ("33.2", "第三十三条第二款"),
        ("20(15)", "第二十条第（十五）项"),
        ("36.1(3)", "第三十六条第一款第（三）项"),
        ("10", "第十条"),
    ],
)
def test_citing(article: str, label: str) -> None:
    assert str(Cite("decree_711_2019", article)).endswith(label)


def test_citing_refuses_what_is_not_known() -> None:
    with pytest.raises(ValueError, match="instrument"):
        Cite("decree_1")
    with pytest.raises(ValueError, match="article"):
        Cite("decree_711_2019", "33a")
    with pytest.raises(ValueError, match="99"):
        chinese_number(100)
    assert str(Cite("gbt_9704")) == "GB/T 9704-2012"


def test_spans_are_half_open() -> None:
    span = Span(date(2020, 1, 1), date(2020, 2, 1))
    assert date(2020, 1, 1) in span
    assert date(2020, 2, 1) not in span
    assert date(1900, 1, 1) in Span()
    assert span.overlaps(Span(None, date(2020, 1, 2)))
    assert not span.overlaps(Span(date(2020, 2, 1)))
    assert Span().overlaps(span)
    with pytest.raises(ValueError, match="ends before"):
        Span(date(2020, 1, 2), date(2020, 1, 1))


def test_later_notice_amends_the_earlier_one() -> None:
    first = YearNotice.of(
        2020, source="甲", off=[(date(2020, 1, 30), "春节")], work=[(date(2020, 2, 1), "春节")]
    )
    second = YearNotice.of(
        2020,
        source="乙",
        off=[(date(2020, 1, 31), "春节"), (date(2020, 2, 1), "春节")],
        issued_on=date(2020, 1, 27),
    )
    before = Calendar.build([first])
    after = before.adding(second)
    assert before.is_workday(date(2020, 2, 1))
    assert not after.is_workday(date(2020, 2, 1))
    assert after.reason(date(2020, 2, 1)) == "春节（乙）"
    assert before.worked_because(date(2020, 2, 1)) == "春节调休上班（甲）"
    assert after.worked_because(date(2020, 2, 1)) == ""
    assert Calendar.build([second, first]) == after
    plain = YearNotice(2020, "丙", (DayMark(date(2020, 1, 31), DayKind.PLAIN),), date(2020, 1, 28))
    assert after.adding(plain).is_workday(date(2020, 1, 31)), "a mark revoked"


def test_contradicting_notices_are_refused() -> None:
    day = date(2020, 1, 30)
    with pytest.raises(Refusal, match="既写成放假又写成上班"):
        Calendar.build([YearNotice.of(2020, source="甲", off=[(day, "")], work=[(day, "")])])
    with pytest.raises(Refusal, match="请核对日期"):
        Calendar.build([YearNotice.of(2022, source="甲", off=[(day, "")])])


def test_a_hole_in_the_years_is_refused() -> None:
    calendar = Calendar.build([YearNotice.of(2010, source="甲"), YearNotice.of(2012, source="乙")])
    assert calendar.add_workdays(date(2010, 3, 1), 5).on == date(2010, 3, 8)
    with pytest.raises(Refusal, match="2011年"):
        calendar.add_workdays(date(2010, 12, 30), 5)
    with pytest.raises(Refusal, match="2041年"):
        calendar.add_workdays(date(2040, 12, 20), 20)
    assert calendar.add_workdays(date(2011, 12, 31), 3).on == date(2012, 1, 4)
    assert calendar.add_workdays(date(2009, 12, 31), 1).on == date(2010, 1, 1)


def test_statutory_days_for_years_without_a_notice() -> None:
    days = statutory_days(2027)
    made_up = sorted(d for d, name in days.items() if name.endswith("补假"))
    assert [d.isoformat()[5:] for d in made_up] == [
        "02-09",
        "02-10",
        "05-03",
        "05-04",
        "10-04",
        "10-05",
    ]
    assert date(2027, 2, 5) in days
    # 2028: 1 October is a Sunday, and 中秋 falls on the third day of the holiday.
    assert statutory_days(2028)[date(2028, 10, 5)] == "中秋节补假"
    for year in YEARS:
        weekdays = [d for d in statutory_days(year) if d.weekday() < 5]
        assert len(weekdays) == 13, f"{year}: thirteen days off on weekdays"
        assert all(d.year == year for d in statutory_days(year))
    with pytest.raises(KeyError):
        statutory_days(2026)


def test_reasons_of_days(calendar: Calendar) -> None:
    assert calendar.reason(date(2026, 3, 2)) == ""
    assert calendar.reason(date(2026, 3, 1)) == "星期日"
    assert "暂定" in calendar.reason(date(2027, 2, 9))
    assert "2026年放假通知" in calendar.reason(date(2026, 10, 1))
    assert calendar.next_workday(date(2026, 10, 1)) == date(2026, 10, 8)
    assert calendar.next_workday(date(2026, 10, 8)) == date(2026, 10, 8)
    assert calendar.workdays_between(date(2026, 10, 8), date(2026, 10, 8)) == 0
    assert calendar.add_workdays(date(2026, 10, 1), 0).on == date(2026, 10, 1)
    with pytest.raises(ValueError, match="negative"):
        calendar.add_workdays(date(2026, 10, 1), -1)


def test_a_provisional_date_is_settled_by_the_notice(calendar: Calendar) -> None:
    before = calendar.add_workdays(date(2026, 12, 15), 20)
    notice = YearNotice.of(2027, source="2027年通知", off=[(date(2027, 1, 1), "元旦")])
    after = calendar.adding(notice).add_workdays(date(2026, 12, 15), 20)
    assert (before.provisional, after.provisional) == (True, False)
    assert calendar.add_workdays(date(2025, 12, 31), 1).provisional is False


def test_a_due_date_explains_itself(calendar: Calendar) -> None:
    day = date(2026, 2, 6)
    due = reply_due(day, law=in_force(day), calendar=calendar)
    shown = due.as_dict()
    assert shown["on"] == "2026-03-12"
    assert shown["provisional"] is False
    assert "第三十三条第二款" in str(shown["basis"])
    assert shown["sentence"] == (
        "自2026年2月6日的次日起算20个工作日，截止于2026年3月12日。"
        "依据：《政府信息公开条例》（2019年国务院令第711号）第三十三条第二款。"
    )
    skipped = shown["skipped"]
    assert isinstance(skipped, list)
    assert len(skipped) + len(due.counted) == (due.on - day).days
    assert [m.day.isoformat() for m in due.makeup] == ["2026-02-14", "2026-02-28"]
    assert "调休上班（2026年放假通知）" in due.makeup[0].reason
    bare = Due(day, "", day, 0)
    assert bare.makeup == ()
    assert bare.counted == ()
    assert Due(day + timedelta(days=1), "", day, 1).skipped == ()
    weekend = Due(date(2026, 2, 15), "", day, 9, Unit.DAYS, calendar=calendar)
    assert weekend.makeup == ()


@given(DAYS, st.integers(0, 60))
def test_counted_days_are_the_term(calendar: Calendar, start: date, length: int) -> None:
    due = calendar.add_workdays(start, length)
    assert len(due.counted) == length
    assert due.on == (due.counted[-1] if length else start)
    assert all(calendar.is_workday(d) for d in due.counted)
    assert not any(calendar.is_workday(s.day) for s in due.skipped)


@given(DAYS, st.integers(0, 40))
def test_monotone_in_the_start(calendar: Calendar, start: date, length: int) -> None:
    later = calendar.add_workdays(start + timedelta(days=1), length).on
    assert calendar.add_workdays(start, length).on <= later


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_terms_add_up(calendar: Calendar, start: date, one: int, two: int) -> None:
    middle = calendar.add_workdays(start, one).on
    both = calendar.add_workdays(start, one + two).on
    assert calendar.add_workdays(middle, two).on == both


@given(DAYS, st.lists(st.tuples(st.integers(0, 25), st.integers(0, 20)), max_size=4))
def test_pauses_cost_exactly_their_working_days(
    calendar: Calendar, start: date, drawn: list[tuple[int, int]]
) -> None:
    pauses = tuple(
        Pause(start + timedelta(days=a), start + timedelta(days=a + n), "征求意见")
        for a, n in drawn
    )
    due = calendar.count_from(start, 20, pauses=pauses)
    plain = calendar.add_workdays(start, 20).on
    # The slow way: walk day by day, counting a working day when no pause covers it.
    left, day = 20, start
    while left:
        day += timedelta(days=1)
        left -= calendar.is_workday(day) and not any(day in p for p in pauses)
    assert due.on == day
    assert due.on >= plain
    assert len(due.counted) == 20


@given(DAYS, st.integers(0, 15), st.integers(0, 15))
def test_extension_never_shortens(calendar: Calendar, start: date, one: int, more: int) -> None:
    law = in_force(start)
    short = reply_due(start, law=law, calendar=calendar, extended_by=min(one, 15))
    long = reply_due(start, law=law, calendar=calendar, extended_by=min(one + more, 15))
    assert short.on <= long.on


def test_a_pause_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Pause(date(2026, 1, 2), date(2026, 1, 1), "")


def test_a_negative_extension_is_refused(calendar: Calendar) -> None:
    day = date(2026, 3, 2)
    with pytest.raises(Refusal):
        reply_due(day, law=in_force(day), calendar=calendar, extended_by=-1)


def test_vector_16_consultation_pauses(calendar: Calendar) -> None:
    received = date(2026, 4, 1)
    pause = Pause(date(2026, 4, 13), date(2026, 4, 27), "征求第三方意见")
    due = reply_due(received, law=in_force(received), calendar=calendar, paused=[pause])
    assert due.on == date(2026, 5, 18)
    assert sum(s.reason == "征求第三方意见" for s in due.skipped) == 14
