"""Every transition of the flow, from every state, through the real actions, beside a hand-made way.

Two proofs. The shortest ways to every pair (transition, state) are found in the model and gone one
by one: none may be missing. Then a machine walks at random: any deed, possible or not, in any
order, over days and decrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from gongkai.disclosure.flow import REQUEST_FLOW
from gongkai.law.receipt import Channel
from tests.disclosure.walk.case import Case, Deed
from tests.disclosure.walk.model import OPEN, OUTCOMES, Way
from tests.disclosure.walk.search import ALPHABET, Pair, Start, shortest
from tests.factories import Office

pytestmark = pytest.mark.usefixtures("no_paper")
OLD, NEW = date(2011, 3, 1), date(2024, 3, 1)
STARTS = (
    Start(NEW, "counter", by_applicant=False),
    Start(NEW, "web", by_applicant=True),
    # Mail counted from its arrival under the decree of 2007: received before anybody saw it.
    Start(OLD, "email", by_applicant=True),
    Start(OLD, "counter", by_applicant=False),
)
# Nothing was received in the sense of Art. 31, so there is nothing to answer yet.
WAYS = {start: shortest(start) for start in STARTS}
NEVER: set[Pair] = {("reply", "awaiting_confirmation")}


def all_pairs() -> set[Pair]:
    """Every (transition, source) of the table of states."""
    table = REQUEST_FLOW.transitions
    return {(name, source) for name, each in table.items() for source in each.sources}


def plans() -> list[tuple[Start, tuple[Deed, ...]]]:
    """Ways that show every pair under each decree; one that another goes through is left out."""
    seen: set[tuple[Pair, date]] = set()
    found = []
    for start in STARTS:
        new = {pair: way for pair, way in WAYS[start].items() if (pair, start.day) not in seen}
        seen |= {(pair, start.day) for pair in new}
        ways = list(new.values())
        found += [
            (start, way)
            for n, way in enumerate(ways)
            if not any(way == o[: len(way)] and o != way for o in ways) and way not in ways[:n]
        ]
    return found


def test_no_pair_is_left_out() -> None:
    reached = {pair for ways in WAYS.values() for pair in ways}
    assert reached == all_pairs() - NEVER
    assert {name for name, _ in reached} == set(REQUEST_FLOW.transitions)


def _named(value: object) -> str:
    if isinstance(value, Start):
        return f"{value.day.year}-{value.channel}"
    return "-".join(name for name, _ in value) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("start", "way"), plans(), ids=_named)
def test_the_shortest_way_to_each(office: Office, start: Start, way: tuple[Deed, ...]) -> None:
    case = Case(office, start.day, start.channel, by_applicant=start.by_applicant)
    for name, how in way:
        # Over a weekend and beyond, so that a day of start is never mistaken for another.
        case.wait(5)
        assert case.do(name, **how)


def _reply(outcome: str) -> Deed:
    return "reply", {"outcome": outcome}


def _opinion_end(way: Way) -> date | None:
    return way.opinion_until(way.consulted[0])


@pytest.mark.parametrize(
    ("day", "channel"),
    [
        *((day, channel.value) for day in (OLD, NEW) for channel in Channel),
        *((date(2019, 5, day), channel) for day in (14, 15) for channel in ("email", "web")),
    ],
)
def test_every_channel(office: Office, channel: str, day: date) -> None:
    """The day of receipt by each channel, on both sides of the change of decree."""
    case = Case(office, day, channel, by_applicant=channel in ("web", "email"))
    case.wait(2)
    case.do("half", who="applicant")
    case.wait(1)
    case.do("half", who="office")
    case.wait(20)
    case.do("reply", outcome="granted")


ASKED: Deed = ("ask", {"days_until": 15})
HANDED: Deed = ("consult", {"kind": "third_party", "by_hand": True})
POSTED: Deed = ("consult", {"kind": "joint_body", "by_hand": False})
CHARGED: Deed = ("charge", {"by_hand": True})
LAST_DAYS: list[tuple[tuple[Deed, ...], Callable[[Way], date | None], Deed, bool, bool]] = [
    ((), lambda way: way.due, ("extend", {"days_more": 20}), True, False),
    ((HANDED,), lambda way: way.due, ("extend", {"days_more": 20}), True, False),
    ((), lambda way: way.due, CHARGED, True, False),
    ((ASKED,), lambda way: way.asked_until, ("supplement", {"excused": False}), True, False),
    ((ASKED,), lambda way: way.asked_until, _reply("abandoned_no_supplement"), False, True),
    ((CHARGED,), lambda way: way.fee_until, ("pay", {"excused": False}), True, False),
    ((CHARGED,), lambda way: way.fee_until, _reply("abandoned_no_fee"), False, True),
    ((HANDED,), _opinion_end, ("hear", {"nth": 0, "opinion": "silent"}), False, True),
    # What comes in after the term is counted in again, before or after a restart.
    ((HANDED,), _opinion_end, ("hear", {"nth": 0, "opinion": "agrees"}), True, True),
    ((POSTED,), _opinion_end, ("hear", {"nth": 0, "opinion": "agrees"}), True, True),
    ((HANDED, CHARGED), lambda way: way.fee_until, ("pay", {"excused": True}), True, True),
    ((), lambda way: way.due, _reply("granted"), True, True),
]


@pytest.mark.parametrize("after", [0, 1, 9])
@pytest.mark.parametrize(("before", "last", "deed", "then", "later"), LAST_DAYS)
def test_on_the_last_day_and_after(
    office: Office,
    before: tuple[Deed, ...],
    last: Callable[[Way], date | None],
    deed: Deed,
    then: bool,
    later: bool,
    after: int,
) -> None:
    case = Case(office, NEW, "counter", by_applicant=False)
    for name, how in before:
        case.wait(4)
        assert case.do(name, **how)
    day = last(case.way)
    assert day is not None
    case.wait((day - case.way.today).days + after)
    assert case.do(deed[0], **deed[1]) is (later if after else then)


DAYS = st.integers(0, 9)
ANY_DEED: list[Deed] = [*ALPHABET, ("reopen", {}), ("deliver", {"nth": 0}), ("deliver_fee", {})]


def can(deed: str, **how: object) -> Callable[[AnyWay], bool]:
    """A deed is worth trying: the way allows it."""
    return lambda machine: machine.case.way.may(deed, how)


class AnyWay(RuleBasedStateMachine):
    """Any deed at any time. Whatever the way allows must work, whatever it forbids be refused."""

    office: Office
    case: Case

    @initialize(
        day=st.sampled_from([date(2008, 5, 1), OLD, date(2019, 5, 10), date(2019, 9, 27),
                             date(2020, 12, 28), NEW, date(2025, 1, 20)]),
        channel=st.sampled_from(["counter", "web", "email", "ordinary_post"]),
    )  # fmt: skip
    def file(self, day: date, channel: str) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        mine = channel in ("web", "email")
        self.case = Case(self.office, day, channel, by_applicant=mine)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            SEEN.update(self.case.seen)
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def do(self, name: str, days: int = 0, **how: object) -> None:
        """Some days later, a deed."""
        self.case.wait(days)
        self.case.do(name, **how)

    @rule(days=st.integers(1, 45))
    def wait(self, days: int) -> None:
        self.case.wait(days)

    @precondition(can("confirm"))
    @rule(who=st.sampled_from(["", "applicant", "office"]), days=DAYS)
    def confirm(self, who: str, days: int) -> None:
        self.do("half" if who else "confirm", days, **({"who": who} if who else {}))

    @precondition(can("assign"))
    @rule()
    def assign(self) -> None:
        self.do("assign")

    @precondition(can("ask"))
    @rule(until=st.integers(5, 30), days=DAYS)
    def ask(self, until: int, days: int) -> None:
        self.do("ask", days, days_until=until)

    @precondition(can("supplement", excused=True))
    @rule(excused=st.booleans(), days=DAYS)
    def supplement(self, excused: bool, days: int) -> None:
        self.do("supplement", days, excused=excused)

    @precondition(can("consult", kind="third_party"))
    @rule(kind=st.sampled_from(["third_party", "joint_body"]), by_hand=st.booleans(), days=DAYS)
    def consult(self, kind: str, by_hand: bool, days: int) -> None:
        self.do("consult", days, kind=kind, by_hand=by_hand)

    @precondition(lambda self: any(not each.delivered for each in self.case.way.consulted))
    @rule(nth=st.integers(0, 2), days=DAYS)
    def deliver(self, nth: int, days: int) -> None:
        self.do("deliver", days, nth=nth)

    @precondition(lambda self: self.case.way.open_consults)
    @rule(
        nth=st.integers(0, 1), opinion=st.sampled_from(["agrees", "disagrees", "silent"]), days=DAYS
    )
    def hear(self, nth: int, opinion: str, days: int) -> None:
        self.do("hear", days, nth=nth, opinion=opinion)

    @precondition(can("extend", days_more=1))
    @rule(more=st.sampled_from([1, 10, 15, 16, 20, 21]), days=DAYS)
    def extend(self, more: int, days: int) -> None:
        self.do("extend", days, days_more=more)

    @precondition(can("ask_reasons"))
    @rule(name=st.sampled_from(["ask_reasons", "delay"]), until=st.integers(10, 60))
    def excessive(self, name: str, until: int) -> None:
        self.do(name, 1, **({"days_until": until} if name == "delay" else {}))

    @precondition(can("charge"))
    @rule(by_hand=st.booleans(), days=DAYS)
    def charge(self, by_hand: bool, days: int) -> None:
        self.do("charge", days, by_hand=by_hand)

    @precondition(can("deliver_fee"))
    @rule(days=DAYS)
    def deliver_fee(self, days: int) -> None:
        self.do("deliver_fee", days)

    @precondition(can("pay", excused=True))
    @rule(excused=st.booleans(), days=DAYS)
    def pay(self, excused: bool, days: int) -> None:
        self.do("pay", days, excused=excused)

    @precondition(lambda self: self.case.way.events > 1 and self.case.way.state in OPEN)
    @rule(outcome=st.sampled_from(sorted(OUTCOMES)), days=DAYS)
    def reply(self, outcome: str, days: int) -> None:
        self.do("reply", days, outcome=outcome)

    @precondition(lambda self: self.case.way.end)
    @rule(name=st.sampled_from(["close", "file_away", "reopen"]))
    def afterwards(self, name: str) -> None:
        self.do(name)

    @precondition(can("split"))
    @rule(days=DAYS)
    def split(self, days: int) -> None:
        self.do("split", days)

    @precondition(can("set_law"))
    @rule(day=st.sampled_from([date(2019, 5, 14), date(2019, 5, 15), date(2021, 1, 1)]))
    def set_law(self, day: date) -> None:
        self.do("set_law", day=day)

    @rule(deed=st.sampled_from(ANY_DEED), days=DAYS)
    def whatever(self, deed: Deed, days: int) -> None:
        """Possible or not: mostly it is not, and then nothing may change."""
        self.do(deed[0], days, **deed[1])


SEEN: set[Pair] = set()


@pytest.fixture
def _fresh() -> Iterator[None]:
    SEEN.clear()
    yield
    SEEN.clear()


@pytest.mark.usefixtures("_fresh")
def test_any_way(office: Office) -> None:
    machine = type("AnyWayHere", (AnyWay,), {"office": office})
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=50,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len({name for name, _ in SEEN}) > len(REQUEST_FLOW.transitions) / 2
