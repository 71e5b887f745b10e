"""The clock of a request under both decrees: what it allows, what it refuses, what it warns of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kit.refusal import Refusal
from gongkai.law import in_force
from gongkai.law.clock import Clock, ClockEvent, Kind, State, run, step
from gongkai.law.clock_events import event_rules
from gongkai.law.deadlines import Effect
from gongkai.law.workdays import Calendar
from tests.law.clock_cases import ASKED, EARLIER, NOTICED, OPEN, REFUSED, THIRD, day, event

DAYS = st.dates(date(2008, 5, 1), date(2026, 9, 30))


def clock(calendar: Calendar, received: str, *events: ClockEvent) -> Clock:
    return run(day(received), events, law=in_force(day(received)), calendar=calendar)


def due(calendar: Calendar, received: str, *events: ClockEvent) -> str | None:
    found = clock(calendar, received, *events).due
    return found.on.isoformat() if found else None


@pytest.mark.parametrize(("code", "events"), REFUSED)
def test_what_the_law_does_not_allow(
    calendar: Calendar, code: str, events: list[ClockEvent]
) -> None:
    clock(calendar, OPEN, *events[:-1])
    with pytest.raises(Refusal) as refused:
        clock(calendar, OPEN, *events)
    assert refused.value.code == f"clock.{code}"
    assert refused.value.basis


def test_on_the_last_day_it_is_not_too_late(calendar: Calendar) -> None:
    assert due(calendar, OPEN) == "2026-04-30"
    assert due(calendar, OPEN, event(Kind.EXTENDED, "2026-04-30", days=1)) == "2026-05-06"
    assert clock(calendar, OPEN, event(Kind.FEE_NOTICED, "2026-04-30")).state is (
        State.AWAITING_FEE
    )
    assert clock(calendar, OPEN, ASKED, event(Kind.SUPPLEMENTED, "2026-04-24")).warnings == ()
    paid = clock(calendar, OPEN, NOTICED, event(Kind.FEE_PAID, "2026-05-12"))
    assert paid.started_on == day("2026-05-12")
    in_time = clock(calendar, OPEN, event(Kind.SUPPLEMENT_ASKED, "2026-04-13"))
    assert in_time.warnings == ()


def test_a_reason_excuses_what_came_late(calendar: Calendar) -> None:
    late = event(Kind.SUPPLEMENTED, "2026-04-27", reason="住院")
    assert clock(calendar, OPEN, ASKED, late).state is State.RUNNING
    paid = event(Kind.FEE_PAID, "2026-05-13", reason="银行故障")
    assert clock(calendar, OPEN, NOTICED, paid).state is State.RUNNING


def test_an_open_consultation_assumes_its_whole_term(calendar: Calendar) -> None:
    open_ = clock(calendar, OPEN, THIRD)
    assert (open_.state, open_.assumed) == (State.CONSULTING, True)
    [party] = [d for d in open_.duties() if d.kind == "third_party"]
    assert party.on == calendar.add_workdays(day("2026-04-15"), 15).on
    late = clock(calendar, OPEN, THIRD, event(Kind.OPINION_RECEIVED, "2026-06-01", ref="甲"))
    assert open_.due is not None
    assert late.due is not None
    assert late.due.on == open_.due.on
    assert "仍计入" in late.warnings[0]
    on_time = clock(
        calendar, OPEN, THIRD, event(Kind.OPINION_RECEIVED, party.on.isoformat(), ref="甲")
    )
    assert on_time.warnings == ()
    assert on_time.due == late.due


def test_two_consultations_at_once_cost_their_days_once(calendar: Calendar) -> None:
    other = event(Kind.JOINT_BODY_ASKED, "2026-04-13", ref="乙")
    back = [event(Kind.OPINION_RECEIVED, "2026-04-27", ref=ref) for ref in ("甲", "乙")]
    assert due(calendar, OPEN, THIRD, other, *back) == "2026-05-18"
    half = clock(calendar, OPEN, THIRD, other, back[0])
    assert (half.state, list(half.consulting)) == (State.CONSULTING, ["乙"])


def test_reasons_and_delay_do_not_stop_the_clock(calendar: Calendar) -> None:
    asked = event(Kind.REASONS_ASKED, "2026-04-03")
    delayed = event(Kind.DELAYED, "2026-04-10", due_on=day("2026-06-30"))
    both = clock(calendar, OPEN, asked, delayed)
    assert both.due is not None
    assert both.due.on == day("2026-04-30")
    assert "不停止计时" in both.warnings[0]
    assert ("delayed_reply", day("2026-06-30")) in [(d.kind, d.on) for d in both.duties()]
    late = clock(calendar, OPEN, asked, delayed, event(Kind.REPLIED, "2026-06-30"))
    assert late.on_time() is True
    later = clock(calendar, OPEN, asked, delayed, event(Kind.REPLIED, "2026-07-01"))
    assert later.on_time() is False


def test_reply_in_time_or_not(calendar: Calendar) -> None:
    assert clock(calendar, OPEN).on_time() is None
    assert clock(calendar, OPEN, event(Kind.REPLIED, "2026-04-30")).on_time() is True
    ended = clock(calendar, OPEN, event(Kind.REPLIED, "2026-05-01"))
    assert (ended.on_time(), ended.state, ended.duties()) == (False, State.ENDED, ())
    stopped = clock(calendar, OPEN, ASKED, event(Kind.REPLIED, "2026-06-30"))
    assert stopped.on_time() is True
    assert all(state.label for state in State)


def test_the_extension_goes_on_after_a_restart(calendar: Calendar) -> None:
    extended = event(Kind.EXTENDED, "2026-04-09", days=20)
    paid = event(Kind.FEE_PAID, "2026-04-20")
    done = clock(calendar, OPEN, extended, NOTICED, paid)
    assert done.due is not None
    assert done.due.on == calendar.add_workdays(day("2026-04-20"), 40).on


def test_the_clock_of_2007(calendar: Calendar) -> None:
    asked = event(Kind.SUPPLEMENT_ASKED, "2010-04-07")
    assert due(calendar, EARLIER) == "2010-04-23"
    assert due(calendar, EARLIER, asked) is None
    assert clock(calendar, EARLIER, asked).duties() == ()
    back = event(Kind.SUPPLEMENTED, "2010-04-14")
    assert due(calendar, EARLIER, asked, back) == "2010-04-30", "five days left out, no restart"
    third = event(Kind.THIRD_PARTY_ASKED, "2010-04-07")
    assert due(calendar, EARLIER, third) is None, "the old decree set the third party no term"
    assert [d.kind for d in clock(calendar, EARLIER, third).duties()] == []
    opinion = event(Kind.OPINION_RECEIVED, "2010-05-31")
    assert due(calendar, EARLIER, third, opinion) is not None
    extended = event(Kind.EXTENDED, "2010-04-20", days=15)
    assert due(calendar, EARLIER, extended) == "2010-05-17"
    with pytest.raises(Refusal, match="1至15个工作日"):
        clock(calendar, EARLIER, event(Kind.EXTENDED, "2010-04-20", days=16))
    for unknown in (Kind.FEE_NOTICED, Kind.DELAYED, Kind.JOINT_BODY_ASKED):
        with pytest.raises(Refusal, match="没有“"):
            clock(calendar, EARLIER, event(unknown, "2010-04-20"))


def test_no_fee_before_the_tariff(calendar: Calendar) -> None:
    with pytest.raises(Refusal, match="不能收费"):
        clock(calendar, "2020-12-31", event(Kind.FEE_NOTICED, "2021-01-05"))
    with pytest.raises(ValueError, match="no fee notice"):
        clock(calendar, OPEN).fee_due()


def test_every_event_has_a_rule_and_an_effect() -> None:
    new = event_rules(in_force(day(OPEN)))
    assert set(new) == set(Kind)
    assert new[Kind.SUPPLEMENTED].effect is Effect.RESTARTS
    assert new[Kind.THIRD_PARTY_ASKED].effect is Effect.PAUSES
    assert new[Kind.FEE_NOTICED].effect is Effect.SUSPENDS
    assert event_rules(in_force(day(EARLIER)))[Kind.SUPPLEMENTED].effect is Effect.PAUSES
    assert all(kind.label for kind in Kind)


@given(DAYS, st.integers(0, 20), st.integers(1, 30))
def test_a_restart_is_never_earlier(
    calendar: Calendar, received: date, asked: int, back: int
) -> None:
    plain = run(received, [], law=in_force(received), calendar=calendar)
    asked_on = received + timedelta(days=asked)
    again = run(
        received,
        [
            ClockEvent(Kind.SUPPLEMENT_ASKED, asked_on),
            ClockEvent(Kind.SUPPLEMENTED, asked_on + timedelta(days=back)),
        ],
        law=in_force(received),
        calendar=calendar,
    )
    assert plain.due is not None
    assert again.due is not None
    assert again.due.on >= plain.due.on


@given(DAYS, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), max_size=3))
def test_consultations_only_ever_lengthen(
    calendar: Calendar, received: date, asked: list[tuple[int, int]]
) -> None:
    current = run(received, [], law=in_force(received), calendar=calendar)
    last, on = current.due, received
    for n, (wait, answer) in enumerate(asked):
        on += timedelta(days=wait)
        current = step(current, ClockEvent(Kind.THIRD_PARTY_ASKED, on, ref=str(n)))
        on += timedelta(days=answer)
        current = step(current, ClockEvent(Kind.OPINION_RECEIVED, on, ref=str(n)))
        assert last is not None
        assert current.due is not None
        assert current.due.on >= last.on
        last = current.due
