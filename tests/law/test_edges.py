"""Edges that a mutation of the law once slipped through."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.cite import chinese_number
from gongkai.law.clock import Kind, State, run
from gongkai.law.duties import Reporter, annual_report_due
from gongkai.law.model import Term, Unit
from gongkai.law.periods import count
from gongkai.law.questions.dates import TERMS
from gongkai.law.validity import Validity
from gongkai.law.workdays import Calendar, YearNotice
from tests.law.clock_cases import OPEN, THIRD, day, event


def test_a_notice_may_reach_into_the_neighbouring_years() -> None:
    notice = YearNotice.of(
        2010,
        source="甲",
        off=[(date(2009, 12, 31), "元旦"), (date(2011, 1, 3), "元旦")],
    )
    calendar = Calendar.build([notice, YearNotice.of(2009, source="乙")])
    assert not calendar.is_workday(date(2009, 12, 31))
    with pytest.raises(Refusal, match="2011-01-03") as refused:
        Calendar.build([YearNotice.of(2009, source="丙", off=[(date(2011, 1, 3), "")])])
    assert refused.value.code == "calendar.foreign_day"


def test_a_day_off_without_a_name() -> None:
    calendar = Calendar.build([YearNotice.of(2010, source="甲", off=[(date(2010, 3, 1), "")])])
    assert calendar.reason(date(2010, 3, 1)) == "放假（甲）"
    assert calendar.add_workdays(date(2010, 3, 1), 1, basis="乙").basis == "乙"
    assert calendar.add_workdays(date(2010, 3, 1), 1).basis == ""


def test_the_first_and_the_last_day_known() -> None:
    calendar = Calendar.build([YearNotice.of(2010, source="甲")])
    assert calendar.add_workdays(date(2009, 12, 31), 1).on == date(2010, 1, 1)
    assert calendar.workdays_between(date(2009, 12, 31), date(2010, 1, 1)) == 1
    assert calendar.add_workdays(date(2010, 1, 1), 1).on == date(2010, 1, 4)
    last = date(2040, 12, 31)
    assert calendar.add_workdays(date(2040, 12, 26), 3).on == last
    with pytest.raises(Refusal, match="2041年") as refused:
        calendar.add_workdays(date(2040, 12, 26), 4)
    assert refused.value.basis.endswith("放假办法》")
    assert calendar.workdays_in(2010, 12) == 23
    assert calendar.workdays_in(2010, 1) == 21


def test_a_letter_delivered_the_day_it_was_sent(calendar: Calendar) -> None:
    same = event(Kind.THIRD_PARTY_ASKED, "2026-04-13", delivered_on=day("2026-04-13"))
    law = in_force(day(OPEN))
    assert run(day(OPEN), [same], law=law, calendar=calendar).state is State.CONSULTING


def test_warnings_pile_up(calendar: Calendar) -> None:
    events = [
        event(Kind.REASONS_ASKED, "2026-04-02"),
        THIRD,
        event(Kind.OPINION_RECEIVED, "2026-06-01", ref="甲"),
        event(Kind.SUPPLEMENT_ASKED, "2026-06-02"),
        event(Kind.REASONS_ASKED, "2026-06-03"),
    ]
    warnings = run(day(OPEN), events, law=in_force(day(OPEN)), calendar=calendar).warnings
    assert [w[:4] for w in warnings] == ["要求说明", "意见在2", "补正告知", "要求说明"]


def test_a_restart_forgets_the_pauses_before_it(calendar: Calendar) -> None:
    back = event(Kind.OPINION_RECEIVED, "2026-04-20", ref="甲")
    for asked, answered in (
        (Kind.SUPPLEMENT_ASKED, Kind.SUPPLEMENTED),
        (Kind.FEE_NOTICED, Kind.FEE_PAID),
    ):
        events = [THIRD, back, event(asked, "2026-04-21"), event(answered, "2026-04-28")]
        clock = run(day(OPEN), events, law=in_force(day(OPEN)), calendar=calendar)
        assert (clock.pauses, clock.state) == ((), State.RUNNING)


def test_layers_are_narrow_before_wide() -> None:
    law = in_force(date(2019, 6, 1), region="11")
    assert [v.key for v in law.layers if v.region] == ["beijing_257_2014", "beijing_transfer"]
    assert [bool(v.region) for v in law.layers] == sorted(
        (bool(v.region) for v in law.layers), reverse=True
    )
    assert (law.on, law.region, in_force(date(2019, 6, 1)).region) == (date(2019, 6, 1), "11", "")
    own = law.with_term("reply", 0, reason=" 当场答复 ")
    assert own.layers[0].key == "own_reply"
    assert own.layers[0].based_on == (law.key,)
    assert own.term("reply").reason == "当场答复"
    assert own.layers[0].region == "11"
    with pytest.raises(Refusal) as refused:
        law.with_term("reply", -1, reason="x")
    assert (refused.value.code, refused.value.basis) == ("law.bad_length", law.base.title)


def test_a_calendar_term_remembers_its_parts(calendar: Calendar) -> None:
    law = in_force(date(2026, 5, 6))
    due = count(law.term("reconsideration"), date(2026, 5, 6), calendar=calendar)
    assert (due.length, due.unit, due.start) == (60, Unit.DAYS, date(2026, 5, 6))
    assert due.natural == date(2026, 7, 5)
    assert due.pauses == ()
    assert Term("reply", 1, Unit.DAYS, law.term("reply").cite).label == "答复"


def test_small_numbers_of_articles() -> None:
    said = [chinese_number(n) for n in (1, 9, 10, 11, 19, 20, 21, 99)]
    assert said == ["一", "九", "十", "十一", "十九", "二十", "二十一", "九十九"]
    for wrong in (0, 100, -1):
        with pytest.raises(ValueError, match="1 to 99"):
            chinese_number(wrong)


def test_the_year_the_report_dates_changed(calendar: Calendar) -> None:
    dates = {
        (year, reporter): annual_report_due(year, reporter, calendar=calendar)
        for year in (2017, 2018, 2019)
        for reporter in Reporter
    }
    assert dates[2018, Reporter.DEPARTMENT].due.on == date(2019, 3, 31)
    assert dates[2019, Reporter.DEPARTMENT].due.on == date(2020, 1, 31)
    assert all(not found.due.provisional for found in dates.values())
    assert dates[2018, Reporter.GOVERNMENT].due.natural == date(2019, 3, 31)


def test_an_end_and_an_abolition_to_come() -> None:
    record = Validity(date(2020, 1, 1), date(2025, 6, 30), date(2025, 3, 1))
    assert record.changes_on(date(2020, 1, 1)) == date(2025, 3, 1)
    assert record.changes_on(date(2025, 3, 1)) == date(2025, 7, 1)


def test_terms_that_can_be_asked_for() -> None:
    asked = dict(TERMS)
    assert not {"extension", "transfer_paper_day"} & set(asked)
    assert asked["transfer_paper"] == "移送纸质文本"
    assert len(asked) == len(TERMS)
