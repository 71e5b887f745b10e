"""Assigning, splitting, joining, ending, reopening, remedies, releasing: each with its refusals."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.disclosure import casework, reply_evidence
from gongkai.disclosure.actions import (
    assigning,
    charging,
    closing,
    concluding,
    extending,
    filing,
    papers,
    releasing,
    remedies,
    replying,
    searching,
)
from gongkai.disclosure.models import DisclosureRequest, Letter, PublicAnswer
from gongkai.disclosure.values import (
    Application,
    AskedText,
    Charge,
    Desk,
    RemedyText,
    ReopenOrder,
    SearchNote,
    Upload,
)
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.law import replies
from gongkai.law.receipt import Arrival, Channel
from tests import factories
from tests.disclosure.conftest import ROAD, ZHAO, answered, at, filed, fresh, send
from tests.factories import Office

pytestmark = pytest.mark.usefixtures("no_paper")
RECONSIDERED = RemedyText("reconsideration", "云岭区人民政府", date(2026, 4, 1), "云复〔2026〕1号")


def test_assigning_names_people_of_the_body(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    far = factories.office()
    wrong = [
        (Desk(), "assign.nobody"),
        (Desk(far.section), "assign.foreign"),
        (Desk(case_officer=far.clerk), "assign.foreign"),
        (Desk(other_body=office.body), "assign.itself"),
    ]
    for desk, code in wrong:
        with pytest.raises(Refusal) as refused:
            assigning.assign(request=request, to=desk, by=office.officer, now=at(2026, 3, 2))
        assert refused.value.code == code
    with pytest.raises(Refusal, match="政府信息公开工作机构办理"):
        assigning.assign(request=request, to=Desk(office.section), by=office.clerk,
                         now=at(2026, 3, 2))  # fmt: skip
    desk = Desk(case_officer=office.clerk)
    done = assigning.assign(request=request, to=desk, by=office.officer, now=at(2026, 3, 2))
    assert (done.section, done.case_officer, done.state) == (
        office.section, office.clerk, "accepted",
    )  # fmt: skip


def test_assigning_does_not_move_the_clock(office: Office) -> None:
    request = filed(office, date(2026, 3, 2), channel=Channel.WEB, by=None).request
    desk = Desk(office.section)
    done = assigning.assign(request=request, to=desk, by=office.officer, now=at(2026, 3, 2))
    assert (done.state, done.due_on) == ("awaiting_confirmation", None)


def test_another_days_law_needs_a_reason_and_possible_steps(office: Office) -> None:
    """law.md §1.8: received a day after the change, decided to follow the law of the day before."""
    request = filed(office, date(2019, 5, 15)).request
    given = {"law_day": date(2019, 5, 14), "by": office.officer, "now": at(2019, 5, 16)}
    with pytest.raises(Refusal, match="写明为什么"):
        assigning.set_law(request=request, reason=" ", **given)  # type: ignore[arg-type]
    done = assigning.set_law(request=request, reason="此前已寄出", **given)  # type: ignore[arg-type]
    assert done.due_on == date(2019, 6, 5), "15 working days instead of 20"
    back = assigning.set_law(
        request=request, law_day=None, reason="核实", by=office.officer, now=at(2019, 5, 16)
    )
    assert back.due_on == date(2019, 6, 13)
    extending.extend(request=request, days=20, reason="多", by=office.officer, now=at(2019, 5, 17))
    with pytest.raises(Refusal, match="1至15个工作日"):
        assigning.set_law(request=request, reason="再改", **given)  # type: ignore[arg-type]
    assert fresh(request).law_day is None


def test_one_paper_with_many_things_is_split(office: Office) -> None:
    asked = AskedText(subject="梅花街工程", description="一、合同；二、决算；三、照片")
    made = filed(office, date(2026, 4, 1), asked=asked)
    extending.extend(
        request=made.request, days=5, reason="多", by=office.officer, now=at(2026, 4, 2)
    )
    with pytest.raises(Refusal, match="至少2件"):
        assigning.split(
            request=made.request, parts=["合同", " "], by=office.officer, now=at(2026, 4, 2)
        )
    parts = assigning.split(
        request=made.request, parts=["合同", "决算", "照片"], by=office.officer, now=at(2026, 4, 2)
    )
    rows = [fresh(part) for part in parts]
    assert [row.subject for row in rows] == ["合同", "决算", "照片"]
    assert all("一、合同；二、决算；三、照片" in row.description for row in rows)
    assert {row.due_on for row in rows} == {fresh(made.request).due_on}
    assert [row.split_from for row in rows] == [None, made.request, made.request]
    assert len({row.number for row in rows}) == len({row.receipt_number for row in rows}) == 3
    opened = filing.open_with_secret(rows[2].receipt_number, made.secret)
    assert opened == rows[2], "the applicant's secret opens every part"
    answered(rows[1], office, date(2026, 4, 3))
    assert [fresh(row).state for row in rows] == ["accepted", "replied", "accepted"]


def test_twelve_items_on_one_paper_cost_two_hundred(office: Office) -> None:
    """law.md §9, 31: split into 12, the first ten of the month are free."""
    request = filed(office, date(2026, 4, 1)).request
    names = [f"第{n}项" for n in range(1, 13)]
    parts = assigning.split(request=request, parts=names, by=office.officer, now=at(2026, 4, 1))
    amounts = [charging.quote_for(part, Charge("items")).by_items for part in parts]
    assert (sum(amounts), amounts[:10]) == (200, [0] * 10)


def test_joining_needs_the_same_applicant(office: Office) -> None:
    one, two = (filed(office, date(2026, 3, 2)).request for _ in range(2))
    stranger = ZHAO.__class__(kind="natural", name="李四", phone="13800000000")
    other = filed(office, date(2026, 3, 2), applicant=stranger).request
    for into in (other, one):
        with pytest.raises(Refusal, match="同一申请人"):
            assigning.join(request=one, into=into, by=office.officer, now=at(2026, 3, 3))
    joined = assigning.join(request=one, into=two, by=office.officer, now=at(2026, 3, 3))
    assert (joined.state, joined.outcome, joined.joined_into) == ("closed", "", two)
    with pytest.raises(Refusal):
        answered(joined, office, date(2026, 3, 4))
    with pytest.raises(Refusal, match="同一申请人"):
        assigning.join(request=two, into=one, by=office.officer, now=at(2026, 3, 3))


def test_searches_stand_behind_a_negative_answer(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    note = SearchNote("档案室", "按文号检索", "没有", date(2026, 3, 3))
    with pytest.raises(Refusal, match="还没有到"):
        searching.log_search(request=request, entry=note, by=office.officer, now=at(2026, 3, 2))
    with pytest.raises(Refusal, match="检索"):
        replying.draft_reply(
            request=request, outcome="not_held", stated={}, by=office.officer, now=at(2026, 3, 3)
        )
    searching.log_search(request=request, entry=note, by=office.officer, now=at(2026, 3, 3))
    letter = replying.draft_reply(
        request=request, outcome="not_held", stated={}, by=office.officer, now=at(2026, 3, 3)
    )
    send(letter, office, date(2026, 3, 4))
    assert fresh(request).outcome == "not_held"
    with pytest.raises(Refusal, match="不能再补登"):
        searching.log_search(request=request, entry=note, by=office.officer, now=at(2026, 3, 5))


def test_a_reply_ends_once(office: Office) -> None:
    request = answered(filed(office, date(2026, 3, 2)).request, office, date(2026, 3, 4))
    now = at(2026, 3, 5)
    for deed in (closing.withdraw, closing.file_away):
        with pytest.raises(Refusal, match="现在的状态是“已答复”"):
            deed(request=request, by=office.officer, now=now)
    with pytest.raises(Refusal, match="现在的状态是“已答复”"):
        concluding.conclude(
            request=request, outcome="petition", on=date(2026, 3, 5), by=None, now=now
        )
    done = closing.close(request=request, by=office.officer, now=now)
    assert (done.state, done.outcome, done.replied_on) == ("closed", "granted", date(2026, 3, 4))
    assert closing.file_away(request=done, by=office.officer, now=now).state == "archived"


def test_what_no_law_of_the_day_knows_is_no_outcome(office: Office) -> None:
    request = filed(office, date(2010, 3, 2)).request
    with pytest.raises(Refusal, match="这一答复类型"):
        concluding.conclude(
            request=request, outcome="excessive", on=date(2010, 3, 3), by=None, now=at(2010, 3, 3)
        )
    waiting = filed(office, date(2026, 3, 2), channel=Channel.FAX).request
    with pytest.raises(Refusal, match="收到之日还没有确定"):
        concluding.conclude(
            request=waiting, outcome="petition", on=date(2026, 3, 3), by=None, now=at(2026, 3, 3)
        )
    assert closing.withdraw(request=waiting, by=None, now=at(2026, 3, 3)).outcome == "other"


def test_only_imported_requests_are_replied_without_a_letter(office: Office) -> None:
    plain = filed(office, date(2025, 3, 3)).request
    reply = {"outcome": "not_ours", "on": date(2025, 3, 20), "by": office.officer}
    with pytest.raises(Refusal, match="原有台账"):
        concluding.register_reply(request=plain, now=at(2026, 1, 5), **reply)  # type: ignore[arg-type]
    application = Application(ZHAO, ROAD, imported_from="台账.xlsx#2")
    old = filing.file_request(
        body=office.body, application=application, by=office.officer, now=at(2026, 1, 5),
        arrival=Arrival(Channel.COUNTER, date(2025, 3, 3)),
    ).request  # fmt: skip
    done = concluding.register_reply(request=old, now=at(2026, 1, 5), **reply)  # type: ignore[arg-type]
    assert (done.outcome, done.in_time, done.due_on) == ("not_ours", True, date(2025, 3, 31))
    with pytest.raises(Refusal):
        filing.file_request(
            body=office.body, application=application, by=office.officer, now=at(2026, 1, 5),
            arrival=Arrival(Channel.COUNTER, date(2025, 3, 3)),
        )  # fmt: skip


def test_reopening_is_a_request_of_its_own(office: Office) -> None:
    made = filed(office, date(2026, 3, 2))
    request = answered(made.request, office, date(2026, 3, 4))
    remedy = remedies.open_remedy(
        request=request, remedy=RECONSIDERED, by=office.officer, now=at(2026, 4, 1)
    )
    with pytest.raises(Refusal, match="不早于受理日期"):
        remedies.end_remedy(
            remedy=remedy, outcome="corrected", on=date(2026, 3, 31), by=None, now=at(2026, 5, 6)
        )
    remedies.end_remedy(
        remedy=remedy, outcome="corrected", on=date(2026, 5, 6), by=None, now=at(2026, 5, 6)
    )
    with pytest.raises(Refusal, match="不能更改"):
        remedies.end_remedy(
            remedy=remedy, outcome="upheld", on=date(2026, 5, 6), by=None, now=at(2026, 5, 6)
        )
    order = ReopenOrder("云岭区人民政府", date(2026, 5, 6), remedy)
    again = closing.reopen(request=request, order=order, by=office.officer, now=at(2026, 5, 7))
    assert (again.reopened_from, again.received_on, again.state) == (
        request, date(2026, 5, 6), "accepted",
    )  # fmt: skip
    assert again.due_on == date(2026, 6, 2)
    assert again.applicant.name == ZHAO.name
    assert fresh(request).outcome == "granted", "the first reply stays as it was counted"
    with pytest.raises(Refusal, match="还没有答复"):
        closing.reopen(request=again, order=order, by=office.officer, now=at(2026, 5, 7))


def test_remedies_come_after_the_reply_and_suits_after_reconsideration(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    now = at(2026, 4, 1)
    early = RemedyText("direct_suit", "云岭区人民法院", date(2026, 3, 3))
    with pytest.raises(Refusal, match="还在办理期限内"):
        remedies.open_remedy(request=request, remedy=early, by=office.officer, now=at(2026, 3, 3))
    done = answered(request, office, date(2026, 3, 4))
    after = RemedyText("suit_after", "云岭区人民法院", date(2026, 4, 1))
    with pytest.raises(Refusal, match="没有审结的行政复议"):
        remedies.open_remedy(request=done, remedy=after, by=office.officer, now=now)
    first = remedies.open_remedy(request=done, remedy=RECONSIDERED, by=office.officer, now=now)
    remedies.end_remedy(remedy=first, outcome="upheld", on=date(2026, 4, 1), by=None, now=now)
    assert remedies.open_remedy(request=done, remedy=after, by=office.officer, now=now).pk


@pytest.mark.parametrize(
    "words", ["赵小满申请公开梅花街合同", "申请人电话139 0000 1234", "身份证110101199003070011"]
)
def test_nothing_personal_goes_public(office: Office, words: str) -> None:
    request = answered(filed(office, date(2026, 3, 2)).request, office, date(2026, 3, 4))
    with pytest.raises(Refusal, match="个人信息"):
        releasing.release_answer(
            request=request, asked=words, answered="已提供", by=office.officer, now=at(2026, 3, 5)
        )
    assert not PublicAnswer.objects.exists()


def test_an_answer_is_released_taken_back_and_released_again(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    told = {"asked": "某工程施工合同", "answered": "已公开合同文本", "by": office.officer}
    with pytest.raises(Refusal, match="答复以后才能公布"):
        releasing.release_answer(request=request, now=at(2026, 3, 3), **told)  # type: ignore[arg-type]
    done = answered(request, office, date(2026, 3, 4))
    one = releasing.release_answer(request=done, now=at(2026, 3, 5), **told)  # type: ignore[arg-type]
    gone = releasing.withdraw_answer(answer=one, by=office.officer, now=at(2026, 3, 6))
    assert gone.withdrawn_at == at(2026, 3, 6)
    again = releasing.release_answer(request=done, now=at(2026, 3, 7), **told)  # type: ignore[arg-type]
    assert (again.pk, again.withdrawn_at) == (one.pk, None)


def test_what_one_got_can_become_a_draft_for_all(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    given = papers.add_file(
        request=request, upload=Upload("合同.txt", "合同正文".encode(), part="reply"),
        by=office.officer, now=at(2026, 3, 3),
    )  # fmt: skip
    letter = replying.draft_reply(
        request=request, outcome="granted", stated={"provided": "合同"}, attachments=[given],
        by=office.officer, now=at(2026, 3, 3),
    )  # fmt: skip
    send(letter, office, date(2026, 3, 3))
    releasing.suggest_publication(request=request, now=at(2026, 3, 4))
    assert fresh(request).wants_publication
    record = releasing.convert_to_record(
        request=request, section=office.section, by=office.officer, now=at(2026, 3, 5)
    )
    assert (record.state, record.attribute) == ("draft", "")
    assert ZHAO.name not in record.title
    assert ROAD.subject not in record.title, "the applicant's words stay in the case"
    assert [file.name for file in record.files.all()] == ["合同.txt"]
    with pytest.raises(Refusal, match="个人信息"):
        releasing.convert_to_record(
            request=request, section=None, by=office.officer, now=at(2026, 3, 5),
            title="答复赵小满的合同",
        )  # fmt: skip


def test_an_applicant_adds_only_his_own_kinds_of_files(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    for part, allowed in (("other", True), ("reply", False), ("letter", False)):
        upload = Upload("凭证.txt", b"1", part=part)
        if allowed:
            papers.add_file(request=request, upload=upload, by=None, now=at(2026, 3, 3))
        else:
            with pytest.raises(Refusal, match="身份证明或者其他材料"):
                papers.add_file(request=request, upload=upload, by=None, now=at(2026, 3, 3))


def test_every_deed_writes_one_line(office: Office) -> None:
    request = filed(office, date(2026, 3, 2)).request
    before = Entry.objects.count()
    assigning.assign(
        request=request, to=Desk(office.section), by=office.officer, now=at(2026, 3, 2)
    )
    closing.withdraw(request=request, by=None, now=at(2026, 3, 3))
    closing.file_away(request=request, by=office.officer, now=at(2026, 3, 4))
    events = Entry.objects.filter(seq__gt=before).values_list("event", flat=True)
    assert list(events) == ["request.assigned", "request.withdrawn", "request.archived"]
    assert DisclosureRequest.objects.get().state == "archived"


@pytest.mark.parametrize("outcome", ["petition", "repeated"])
def test_without_an_article_the_officer_names_the_basis(office: Office, outcome: str) -> None:
    words = {
        "petition": ("reason", "属于投诉"),
        "repeated": ("earlier_reply", "云商信答〔2009〕1号"),
    }
    stated = dict([words[outcome]])
    for year, wanted in ((2010, True), (2026, False)):
        request = filed(office, date(year, 3, 2)).request
        law, found = casework.law_of(request), replies.outcome(outcome)
        assert ("basis" in dict(reply_evidence.needs_of(found, law))) is wanted
    old = DisclosureRequest.objects.order_by("received_on")[0]

    def draft(**more: str) -> Letter:
        given, now = {**stated, **more}, at(2010, 3, 4)
        return replying.draft_reply(
            request=old, outcome=outcome, stated=given, by=office.officer, now=now
        )

    with pytest.raises(Refusal) as refused:
        draft()
    assert "请写明依据的规定" in refused.value.fields["basis"]
    letter = draft(basis="云岭区公开办法第九条")
    assert casework.parts_of(letter)["basis"] == "云岭区公开办法第九条"
