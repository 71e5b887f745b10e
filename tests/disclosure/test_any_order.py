"""Whatever deeds come in whatever order: one outcome at most, and the due date of an own model.

The model below counts days by itself, one by one; it knows nothing of `law.clock`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.disclosure.actions import (
    charging,
    closing,
    consulting,
    extending,
    supplementing,
)
from gongkai.disclosure.models import DisclosureRequest, Fee
from gongkai.disclosure.values import Charge, Party, PartyOpinion
from gongkai.kit.refusal import Refusal
from gongkai.orgs.calendar import calendar
from tests.disclosure.conftest import answered, at, filed, fresh, send
from tests.factories import Office

ONE = timedelta(days=1)
DEEDS = (
    "ask", "supplement", "consult", "opinion", "extend", "charge", "pay", "reply", "withdraw",
)  # fmt: skip
THIRD = Party("third_party", "云岭建筑公司", "价格条款", "云岭区", "可能涉及商业秘密")


@dataclass
class Model:
    """What should be, kept by hand."""

    start: date
    extra: int = 0
    asked: date | None = None
    supplement_open: bool = False
    open_consults: dict[str, date] = field(default_factory=dict)
    pauses: list[tuple[date, date]] = field(default_factory=list)
    charged: bool = False
    fee_open: date | None = None
    outcome: str = ""

    def working(self, after: date, count: int, pauses: list[tuple[date, date]]) -> date:
        """The `count`-th working day after a day that lies in no pause (after, through]."""
        day, days = after, calendar()
        while count:
            day += ONE
            if days.is_workday(day) and not any(a < day <= b for a, b in pauses):
                count -= 1
        return day

    @property
    def due(self) -> date | None:
        """The last day to reply; none while stopped."""
        if self.supplement_open or self.fee_open:
            return None
        still = [(a, self.working(a, 15, [])) for a in self.open_consults.values()]
        return self.working(self.start, 20 + self.extra, self.pauses + still)

    @property
    def state(self) -> str:
        if self.outcome:
            return "closed" if self.outcome == "other" else "replied"
        if self.supplement_open:
            return "awaiting_supplement"
        if self.fee_open:
            return "awaiting_fee"
        return "consulting" if self.open_consults else "accepted"


class Case:
    """A request beside its model. Each deed: whether it should be possible, then the doing."""

    def __init__(self, office: Office) -> None:
        self.office, self.today = office, date(2026, 3, 2)
        self.request: DisclosureRequest = filed(office, self.today).request
        self.model = Model(self.today)

    @property
    def now(self) -> datetime:
        return at(self.today.year, self.today.month, self.today.day)

    def do(self, name: str) -> None:
        """One deed; program and model must agree on whether it is possible."""
        allowed: bool = getattr(self, f"may_{name}")()
        try:
            with transaction.atomic():
                getattr(self, name)()
        except Refusal as refusal:
            assert not allowed, f"{name}: {refusal.code} {refusal.sentence}"
        else:
            assert allowed, f"{name} should have been refused"

    def may_ask(self) -> bool:
        return self.model.state == "accepted" and self.model.asked is None

    def ask(self) -> None:
        letter = supplementing.ask_supplement(
            request=self.request, points=["补"], due_on=self.today + 30 * ONE,
            by=self.office.officer, now=self.now,
        )  # fmt: skip
        send(letter, self.office, self.today)
        self.model.asked, self.model.supplement_open = self.today, True

    def may_supplement(self) -> bool:
        return self.model.state == "awaiting_supplement"

    def supplement(self) -> None:
        supplementing.take_supplement(
            request=self.request, text="补正", on=self.today, by=None, reason="有正当理由",
            now=self.now,
        )  # fmt: skip
        model = self.model
        model.start, model.pauses, model.supplement_open = self.today, [], False

    def may_consult(self) -> bool:
        return self.model.state in ("accepted", "consulting")

    def consult(self) -> None:
        row = consulting.consult(
            request=self.request, party=THIRD, by=self.office.officer, now=self.now
        )
        send(self.request.letters.get(ref=row.ref), self.office, self.today)
        self.model.open_consults[row.ref] = self.today

    def may_opinion(self) -> bool:
        return bool(self.model.open_consults) and not self.model.outcome

    def opinion(self) -> None:
        row = self.request.consultations.filter(opinion="").first()
        row = row or self.request.consultations.first()
        if row is None:
            raise Refusal("test.none", "没有征求过意见。")
        opinion = PartyOpinion("agrees", self.today)
        consulting.take_opinion(
            consultation=row, opinion=opinion, by=self.office.officer, now=self.now
        )
        asked = self.model.open_consults.pop(row.ref)
        through = min(self.today, self.model.working(asked, 15, []))
        self.model.pauses.append((asked, through))

    def may_extend(self) -> bool:
        return self._runs_in_time() and not self.model.extra

    def _runs_in_time(self) -> bool:
        due = self.model.due
        running = self.model.state in ("accepted", "consulting")
        return running and due is not None and self.today <= due

    def extend(self) -> None:
        extending.extend(
            request=self.request, days=10, reason="检索量大", by=self.office.officer, now=self.now
        )
        self.model.extra = 10

    def may_charge(self) -> bool:
        return self._runs_in_time() and not self.model.charged

    def charge(self) -> None:
        charge = Charge("pages", pages=100)
        charging.charge(
            request=fresh(self.request), charge=charge, by=self.office.officer, now=self.now
        )
        send(self.request.letters.get(kind="fee"), self.office, self.today)
        self.model.charged, self.model.fee_open = True, self.today

    def may_pay(self) -> bool:
        return self.model.state == "awaiting_fee"

    def pay(self) -> None:
        fee = Fee.objects.filter(request=self.request).first()
        if fee is None:
            raise Refusal("test.none", "没有收过费。")
        charging.pay(
            fee=fee, on=self.today, reason="银行延误", by=self.office.officer, now=self.now
        )
        model = self.model
        model.start, model.pauses, model.fee_open = self.today, [], None

    def may_reply(self) -> bool:
        return not self.model.outcome

    def reply(self) -> None:
        answered(self.request, self.office, self.today, "petition", reason="属于投诉举报")
        self.model.outcome = "petition"

    def may_withdraw(self) -> bool:
        return not self.model.outcome

    def withdraw(self) -> None:
        closing.withdraw(request=self.request, by=None, now=self.now)
        self.model.outcome = "other"

    def check(self) -> None:
        row, model = fresh(self.request), self.model
        assert (row.state, row.outcome) == (model.state, model.outcome)
        assert row.due_on == model.due
        assert row.steps.filter(kind="replied").count() == bool(model.outcome)
        if model.outcome:
            assert row.in_time is (model.due is None or self.ended_by(model.due))

    def ended_by(self, due: date) -> bool:
        replied = fresh(self.request).replied_on
        return replied is not None and replied <= due


@pytest.mark.usefixtures("no_paper")
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 9)), min_size=4, max_size=9))
def test_any_order(office: Office, deeds: list[tuple[str, int]]) -> None:
    case = Case(office)
    for name, days in deeds:
        case.today += days * ONE
        case.do(name)
        case.check()
