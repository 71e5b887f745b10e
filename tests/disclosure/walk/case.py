"""A real request beside its hand-written way: every deed is tried on both and compared."""

from __future__ import annotations

import copy
from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.disclosure.actions import (
    assigning,
    charging,
    closing,
    consulting,
    extending,
    filing,
    supplementing,
)
from gongkai.disclosure.models import Consultation, DisclosureRequest, Fee
from gongkai.disclosure.values import Charge, Desk, Party, PartyOpinion, ReopenOrder
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.receipt import Channel
from gongkai.law.service import Service
from gongkai.law.service import Way as ServiceWay
from tests.disclosure.conftest import answered, at, filed, fresh, send
from tests.disclosure.walk.model import ONE, Way
from tests.factories import Office

PARTIES = {
    "third_party": Party("third_party", "云岭建筑公司", "价格条款", "云岭区", "可能涉及商业秘密"),
    "joint_body": Party("joint_body", "云岭区财政局", "联合印发的通知"),
}
STATED = {
    "granted": {"provided": "合同复印件一份"},
    "petition": {"reason": "要求处理邻里纠纷"},
    "not_ours": {"reason": "该信息由其他机关制作"},
    "still_unclear": {"reason": "补正后仍不能指向具体信息"},
    "excessive": {"reason": "所述理由与申请无关"},
    "abandoned_no_supplement": {"reason": "无"},
    "abandoned_no_fee": {"reason": "无"},
    "other": {"reason": "与申请人协商一致"},
}
# Deed of this test → transition of the table of states.
TRANSITION = {
    "confirm": "confirm", "half": "confirm", "assign": "assign", "ask": "ask_supplement",
    "supplement": "supplement", "consult": "consult", "hear": "take_opinion",
    "extend": "extend", "ask_reasons": "ask_reasons", "delay": "ask_reasons",
    "charge": "charge", "pay": "pay", "reply": "reply", "withdraw": "withdraw",
    "close": "close", "join": "join", "split": "split", "file_away": "file_away",
}  # fmt: skip
Deed = tuple[str, dict[str, object]]


class NothingThereError(Refusal):
    """The test asked for something that does not exist, such as a second consultation."""


class Case:
    """`do` tries a deed on the program and on the way; `check` compares the two."""

    def __init__(self, office: Office, day: date, channel: str, *, by_applicant: bool) -> None:
        self.office = office
        self.way = Way(day, channel, by_applicant)
        self.seen: set[tuple[str, str]] = set()
        made = filed(office, day, channel=Channel(channel), by=None if by_applicant else "officer")
        self.request: DisclosureRequest = made.request
        self.check()

    @property
    def now(self) -> datetime:
        day = self.way.today
        return at(day.year, day.month, day.day)

    def do(self, name: str, **how: object) -> bool:
        """One deed; whether it was possible, on which both must agree."""
        way, before = self.way, fresh(self.request)
        lines = Entry.objects.count()
        allowed, state = way.may(name, how), way.state
        # A half confirmed twice was confirmed once.
        again = name == "half" and how["who"] in way.halves
        try:
            with transaction.atomic():
                getattr(self, name)(**how)
        except Refusal as refusal:
            assert not allowed, f"{name} {how}: {refusal.code} {refusal.sentence}"
            # A refusal leaves no trace, in no column and in no line of the journal.
            assert vars(fresh(self.request)).items() >= _columns(before).items()
            assert Entry.objects.count() == lines
            return False
        if name != "reopen":
            way.does(name, how)
        assert allowed, f"{name} {how} in {state} should have been refused"
        assert (Entry.objects.count() > lines) is not again, f"{name} was not written down"
        if name in TRANSITION:
            self.seen.add((TRANSITION[name], state))
        self.check()
        return True

    def check(self) -> None:
        """State, days and end of the row are those of the way."""
        row, way = fresh(self.request), self.way
        assert (row.state, row.received_on) == (way.state, way.received)
        assert row.due_on == (None if row.joined_into_id else way.due)
        assert not row.due_provisional
        ended = (row.outcome, row.replied_on, row.in_time)
        assert ended == (way.outcome, way.replied, way.in_time)
        assert row.steps.count() == way.events
        assert row.steps.filter(kind="replied").count() == bool(way.outcome and way.received)

    def confirm(self) -> None:
        filing.confirm(
            request=self.request, on=self.way.today, by=self.office.officer, now=self.now
        )

    def half(self, who: str) -> None:
        if who == "applicant":
            filing.applicant_confirms(request=self.request, now=self.now)
        else:
            filing.office_confirms(request=self.request, by=self.office.officer, now=self.now)

    def assign(self) -> None:
        desk = Desk(section=self.office.section)
        assigning.assign(request=self.request, to=desk, by=self.office.officer, now=self.now)

    def ask(self, days_until: int) -> None:
        letter = supplementing.ask_supplement(
            request=self.request, points=["请写明文号"], due_on=self.way.today + days_until * ONE,
            by=self.office.officer, now=self.now,
        )  # fmt: skip
        send(letter, self.office, self.way.today)

    def supplement(self, *, excused: bool) -> None:
        supplementing.take_supplement(
            request=self.request, text="文号如下", on=self.way.today, by=None, now=self.now,
            reason="住院" if excused else "",
        )  # fmt: skip

    def consult(self, kind: str, *, by_hand: bool) -> None:
        row = consulting.consult(
            request=self.request, party=PARTIES[kind], by=self.office.officer, now=self.now
        )
        letter = self.request.letters.get(ref=row.ref)
        send(letter, self.office, self.way.today, self._service(by_hand))

    def _service(self, by_hand: bool) -> Service:
        day = self.way.today
        handed, posted = Service(ServiceWay.HANDED, signed_on=day), Service(ServiceWay.POST, day)
        return handed if by_hand else posted

    def deliver(self, nth: int) -> None:
        consulting.record_delivery(
            consultation=self._party(nth), on=self.way.today, by=self.office.officer, now=self.now
        )

    def hear(self, nth: int, opinion: str) -> None:
        heard = PartyOpinion(opinion, self.way.today, "无", False)
        consulting.take_opinion(
            consultation=self._party(nth), opinion=heard, by=self.office.officer, now=self.now
        )

    def _party(self, nth: int) -> Consultation:
        rows = list(self.request.consultations.order_by("id"))
        if nth >= len(rows):
            raise NothingThereError("test.none", "没有征求过这一方的意见。")
        return rows[nth]

    def extend(self, days_more: int) -> None:
        extending.extend(
            request=self.request,
            days=days_more,
            reason="检索量大",
            by=self.office.officer,
            now=self.now,
        )

    def ask_reasons(self) -> None:
        letter = extending.ask_reasons(
            request=self.request, reason="同月多件", due_on=self.way.today + 10 * ONE,
            by=self.office.officer, now=self.now,
        )  # fmt: skip
        send(letter, self.office, self.way.today)

    def delay(self, days_until: int) -> None:
        letter = extending.delay(
            request=self.request, until=self.way.today + days_until * ONE, reason="件数多",
            by=self.office.officer, now=self.now,
        )  # fmt: skip
        send(letter, self.office, self.way.today)

    def charge(self, *, by_hand: bool) -> None:
        charge = Charge("pages", pages=100)
        charging.charge(
            request=fresh(self.request), charge=charge, by=self.office.officer, now=self.now
        )
        letter = self.request.letters.get(kind="fee")
        send(letter, self.office, self.way.today, self._service(by_hand))

    def deliver_fee(self) -> None:
        charging.record_delivery(
            fee=self._fee(), on=self.way.today, by=self.office.officer, now=self.now
        )

    def pay(self, *, excused: bool) -> None:
        charging.pay(
            fee=self._fee(), on=self.way.today, reason="银行延误" if excused else "",
            by=self.office.officer, now=self.now,
        )  # fmt: skip

    def _fee(self) -> Fee:
        fee = Fee.objects.filter(request=self.request).first()
        if fee is None:
            raise NothingThereError("test.none", "没有收过费。")
        return fee

    def reply(self, outcome: str) -> None:
        stated = dict(STATED[outcome])
        if outcome == "petition" and self.way.decree == "old":
            # The decree of 2007 has no article for it: whoever writes the letter names his own.
            stated["basis"] = "《信访条例》第二十一条"
        answered(self.request, self.office, self.way.today, outcome, **stated)

    def withdraw(self) -> None:
        closing.withdraw(request=self.request, by=None, now=self.now)

    def close(self) -> None:
        closing.close(request=self.request, by=self.office.officer, now=self.now)

    def file_away(self) -> None:
        closing.file_away(request=self.request, by=self.office.officer, now=self.now)

    def join(self) -> None:
        other = filed(self.office, self.way.today).request
        assigning.join(request=self.request, into=other, by=self.office.officer, now=self.now)

    def split(self) -> None:
        """The part goes the same way, already registered."""
        kept, part = assigning.split(
            request=self.request, parts=["合同", "验收报告"], by=self.office.officer, now=self.now
        )
        assert kept.pk == self.request.pk
        twin = copy.deepcopy(self.way)
        twin.unregistered = False
        row = fresh(part)
        assert (row.state, row.due_on, row.received_on) == (twin.state, twin.due, twin.received)

    def set_law(self, day: date) -> None:
        assigning.set_law(
            request=self.request, law_day=day, reason="两次来信", by=self.office.officer,
            now=self.now,
        )  # fmt: skip

    def reopen(self) -> None:
        """The walk goes on with the request that was made by order."""
        order = ReopenOrder("云岭区人民政府", self.way.today)
        before = fresh(self.request)
        self.request = closing.reopen(
            request=self.request, order=order, by=self.office.officer, now=self.now
        )
        assert _columns(fresh(before)) == _columns(before), "the first reply stays as it was"
        made = Way(self.way.today, "counter", by_applicant=False)
        made.law_day, made.channel = self.way.today, "other"
        self.way = made

    def wait(self, days: int) -> None:
        """Time passes; nothing else."""
        self.way.today += timedelta(days=days)


def _columns(row: DisclosureRequest) -> dict[str, object]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names}
