"""What stops, restarts and lengthens the clock, by the law's test vectors, through actions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.disclosure import casework
from gongkai.disclosure.actions import (
    charging,
    consulting,
    extending,
    replying,
    sending,
    supplementing,
    writing,
)
from gongkai.disclosure.models import Consultation, DisclosureRequest, Fee, Step
from gongkai.disclosure.values import Charge, Party, PartyOpinion
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law.service import Service, Way
from gongkai.orgs import actions as orgs
from gongkai.orgs import calendar
from gongkai.orgs.values import DayOff, NoticeText
from tests.disclosure.conftest import answered, at, filed, fresh, send
from tests.factories import Office

pytestmark = pytest.mark.usefixtures("no_paper")
THIRD = Party("third_party", "云岭建筑公司", "施工合同价格条款", "云岭区", "可能涉及商业秘密")
JOINT = Party("joint_body", "云岭区财政局", "联合印发的通知")


def extend(request: DisclosureRequest, office: Office, days: int, on: date) -> None:
    now = at(on.year, on.month, on.day)
    extending.extend(request=request, days=days, reason="检索量大", by=office.officer, now=now)


def ask(request: DisclosureRequest, office: Office, due_on: date, on: date) -> None:
    letter = supplementing.ask_supplement(
        request=request,
        points=["写明文号或者名称"],
        due_on=due_on,
        by=office.officer,
        now=at(on.year, on.month, on.day),
    )
    send(letter, office, on)


def consult(request: DisclosureRequest, office: Office, party: Party, on: date) -> Consultation:
    now = at(on.year, on.month, on.day)
    row = consulting.consult(request=request, party=party, by=office.officer, now=now)
    letter = request.letters.get(ref=row.ref)
    send(letter, office, on, Service(Way.POST, posted_on=on))
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2008-09-22", 15, "2008-11-06"),
        ("2019-05-14", 15, "2019-06-26"),
        ("2019-05-15", 20, "2019-07-11"),
        ("2025-01-20", 20, "2025-03-21"),
        ("2026-02-06", 20, "2026-04-10"),
        ("2026-03-02", 20, "2026-04-28"),
        ("2026-11-23", 20, "2027-01-19"),
    ],
)
def test_one_extension_lengthens_the_term(
    office: Office, received: str, days: int, due: str
) -> None:
    day = date.fromisoformat(received)
    request = filed(office, day).request
    extend(request, office, days, day + timedelta(days=3))
    assert fresh(request).due_on == date.fromisoformat(due)
    letter = request.letters.get(kind="extension")
    assert casework.parts_of(letter)["new_due"]
    with pytest.raises(Refusal, match="只能一次"):
        extend(request, office, 1, day + timedelta(days=4))


def test_an_extension_is_short_enough_and_in_time(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    with pytest.raises(Refusal, match="1至20个工作日"):
        extend(request, office, 21, date(2026, 3, 20))
    with pytest.raises(Refusal, match="不能再延期"):
        extend(request, office, 20, date(2026, 3, 31))
    request.case_officer = office.officer
    request.save(update_fields=["case_officer"])
    with pytest.raises(Refusal, match="不能批准自己承办"):
        extend(request, office, 20, date(2026, 3, 20))
    assert not Step.objects.exists()


def test_supplement_restarts_the_whole_term(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    assert fresh(request).due_on == date(2026, 4, 30)
    ask(request, office, date(2026, 4, 30), date(2026, 4, 10))
    waiting = fresh(request)
    assert (waiting.state, waiting.due_on) == ("awaiting_supplement", None)
    supplementing.take_supplement(
        request=request, text="指二〇二五年合同", on=date(2026, 4, 22), by=None, now=at(2026, 4, 22)
    )
    back = fresh(request)
    assert (back.state, back.due_on) == ("accepted", date(2026, 5, 22))
    assert back.supplement == "指二〇二五年合同"
    with pytest.raises(Refusal, match="只能一次性告知"):
        ask(request, office, date(2026, 5, 20), date(2026, 4, 23))


def test_a_late_supplement_needs_a_reason_else_it_is_abandoned(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    ask(request, office, date(2026, 4, 20), date(2026, 4, 7))
    late = {"request": request, "text": "补", "on": date(2026, 4, 21), "by": None}
    with pytest.raises(Refusal, match="正当理由"):
        supplementing.take_supplement(**late, now=at(2026, 4, 21))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="补正期限还没有过"):
        answered(request, office, date(2026, 4, 20), "abandoned_no_supplement", reason="未补正")
    done = answered(request, office, date(2026, 4, 21), "abandoned_no_supplement", reason="未补正")
    assert (done.state, done.outcome, done.in_time) == (
        "replied", "abandoned_no_supplement", True,
    )  # fmt: skip


def test_third_party_time_is_left_out(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    row = consult(request, office, THIRD, date(2026, 4, 13))
    consulting.record_delivery(
        consultation=row, on=date(2026, 4, 13), by=office.officer, now=at(2026, 4, 14)
    )
    clock = casework.clock_of(request)
    assert clock is not None
    end = clock.opinion_due(clock.consulting["征询1"])
    assert end is not None
    assert end.on == date(2026, 5, 7)
    assert fresh(request).state == "consulting"
    opinion = PartyOpinion("disagrees", date(2026, 4, 27), "价格是商业秘密", True)
    consulting.take_opinion(
        consultation=row, opinion=opinion, by=office.officer, now=at(2026, 4, 27)
    )
    assert (fresh(request).state, fresh(request).due_on) == ("accepted", date(2026, 5, 18))


def test_objection_with_sound_reason_must_be_answered_before_granting(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    row = consult(request, office, THIRD, date(2026, 4, 13))
    with pytest.raises(Refusal, match="意见没有收回"):
        answered(request, office, date(2026, 4, 14))
    opinion = PartyOpinion("disagrees", date(2026, 4, 20), "商业秘密", True)
    consulting.take_opinion(
        consultation=row, opinion=opinion, by=office.officer, now=at(2026, 4, 20)
    )
    with pytest.raises(Refusal, match="书面告知第三方"):
        answered(request, office, date(2026, 4, 21))
    notice = consulting.notify_override(
        consultation=row, content="合同总价", reason="公共利益", by=office.officer,
        now=at(2026, 4, 21),
    )  # fmt: skip
    send(notice, office, date(2026, 4, 21))
    assert answered(request, office, date(2026, 4, 22)).outcome == "granted"


def test_silence_only_after_the_term(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    row = consult(request, office, JOINT, date(2026, 3, 2))

    def silent(day: date) -> None:
        now = at(day.year, day.month, day.day)
        opinion = PartyOpinion("silent", day)
        consulting.take_opinion(consultation=row, opinion=opinion, by=office.officer, now=now)

    with pytest.raises(Refusal, match="期满之后"):
        silent(date(2026, 3, 23))
    silent(date(2026, 3, 24))
    # The term that passed is left out, the day after it is not.
    assert fresh(request).due_on == date(2026, 4, 21)


def test_fee_restarts_the_term_and_unpaid_is_abandoned(office: Office) -> None:
    requests = [filed(office, date(2026, 4, 1)).request for _ in range(12)]
    paying, silent = requests[10], requests[11]
    for request in (paying, silent):
        assert charging.quote_for(request, Charge("items")).by_items == 100
        fee = charging.charge(
            request=request, charge=Charge("items"), by=office.officer, now=at(2026, 4, 9)
        )
        assert fresh(request).state == "accepted", "not before the notice is served"
        send(request.letters.get(kind="fee"), office, date(2026, 4, 10))
        fee.refresh_from_db()
        assert (fee.due_on, fresh(request).state) == (date(2026, 5, 12), "awaiting_fee")
    charging.pay(
        fee=Fee.objects.get(request=paying), on=date(2026, 5, 8), by=office.officer,
        now=at(2026, 5, 8),
    )  # fmt: skip
    assert fresh(paying).due_on == date(2026, 6, 4)
    with pytest.raises(Refusal, match="缴费期限还没有过"):
        answered(silent, office, date(2026, 5, 12), "abandoned_no_fee", reason="未缴")
    done = answered(silent, office, date(2026, 5, 13), "abandoned_no_fee", reason="未缴")
    assert done.outcome == "abandoned_no_fee"


def test_days_to_pay_run_from_the_day_the_notice_came_in(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    fee = charging.charge(
        request=request, charge=Charge("pages", pages=100), by=office.officer, now=at(2026, 4, 7)
    )
    posted = date(2026, 4, 7)
    send(request.letters.get(), office, posted, Service(Way.POST, posted_on=posted))
    fee.refresh_from_db()
    assert (fee.noticed_on, fee.due_on) == (posted, date(2026, 5, 8))
    came = charging.record_delivery(
        fee=fee, on=date(2026, 4, 10), by=office.officer, now=at(2026, 4, 13)
    )
    assert (came.noticed_on, came.due_on) == (date(2026, 4, 10), date(2026, 5, 12))
    with pytest.raises(Refusal, match="不能登记第二次"):
        charging.record_delivery(fee=fee, on=date(2026, 4, 11), by=None, now=at(2026, 4, 13))


def test_nothing_has_happened_tomorrow(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    ask(request, office, date(2026, 4, 30), date(2026, 4, 7))
    with pytest.raises(Refusal, match="还没有到"):
        supplementing.take_supplement(
            request=request, text="补", on=date(2026, 4, 9), by=None, now=at(2026, 4, 8)
        )
    assert fresh(request).state == "awaiting_supplement"


def test_months_are_separate_and_pages_not_added(office: Office) -> None:
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        for _ in range(10):
            request = filed(office, day).request
        assert charging.quote_for(request, Charge("pages", pages=25)).by_items == 0
    quote = charging.quote_for(request, Charge("pages", pages=201))
    assert (quote.by_items, quote.by_pages) == (0, 2740)
    with pytest.raises(Refusal, match="不收费"):
        charging.charge(request=request, charge=Charge("items"), by=None, now=at(2026, 4, 1))


def test_a_notice_that_is_voided_leaves_nothing(office: Office) -> None:
    request = filed(office, date(2026, 4, 1)).request
    charge = Charge("pages", pages=100)
    charging.charge(request=request, charge=charge, by=office.officer, now=at(2026, 4, 2))
    letter = request.letters.get(kind="fee")
    writing.void(letter=letter, reason="页数有误", by=office.officer, now=at(2026, 4, 2))
    again = fresh(request)
    assert not Fee.objects.filter(request=again).exists()
    charging.charge(
        request=again, charge=Charge("pages", pages=60), by=office.officer, now=at(2026, 4, 2)
    )


def test_posting_day_counts_and_signing_by_hand(office: Office) -> None:
    for way, in_time in ((Way.POST, True), (Way.HANDED, False)):
        request = filed(office, date(2026, 9, 18)).request
        letter = replying.draft_reply(
            request=request, outcome="granted", stated={"provided": "合同"}, by=office.officer,
            now=at(2026, 10, 21),
        )  # fmt: skip
        writing.submit(letter=letter, by=office.officer, now=at(2026, 10, 21))
        writing.approve(letter=letter, by=office.leader, now=at(2026, 10, 21))
        service = Service(way, posted_on=date(2026, 10, 22), signed_on=date(2026, 10, 26))
        sending.serve(
            letter=letter, service=service, tracking="EMS1", by=office.officer,
            now=at(2026, 10, 26),
        )  # fmt: skip
        assert fresh(request).in_time is in_time


def test_a_new_holiday_notice_moves_open_dates_with_a_trace(office: Office) -> None:
    open_one = filed(office, date(2026, 12, 15)).request
    done = answered(filed(office, date(2026, 12, 15)).request, office, date(2026, 12, 16))
    assert fresh(open_one).due_provisional
    off = [DayOff(date(2027, 1, 1) + timedelta(days=n), "元旦") for n in range(5)]
    notice = NoticeText(2027, "国办发明电〔2026〕9号", tuple(off))
    orgs.load_notice(notice=notice, by=None, now=at(2026, 12, 20))
    moved = fresh(open_one)
    # 4 and 5 January are no working days now; the year has been announced.
    assert (moved.due_on, moved.due_provisional) == (date(2027, 1, 15), False)
    assert fresh(done).due_on == done.due_on
    own = Entry.objects.get(event="request.due_moved")
    assert own.subject_id == open_one.pk and own.reason == "国办发明电〔2026〕9号"
    assert (own.data["from_on"], own.data["due_on"]) == ("2027-01-13", "2027-01-15")
    line = Entry.objects.get(event="request.deadlines_recounted")
    assert line.data["rows"] == [{"id": open_one.pk, "from": "2027-01-13", "to": "2027-01-15"}]
    calendar.forget()
