"""One request from the counter to the served reply, on the desk's own pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.disclosure.actions import filing
from gongkai.disclosure.models import DisclosureRequest, Letter, RequestState
from gongkai.journal.models import Entry
from gongkai.records.models import Record
from tests import factories
from tests.desk.conftest import SignIn
from tests.desk.requests.conftest import Moves, entered, second_officer, to

PDF = b"%PDF-1.7 invented"


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def fresh(case: DisclosureRequest) -> DisclosureRequest:
    return DisclosureRequest.objects.get(pk=case.pk)


def page(browser: Client, case: DisclosureRequest, name: str = "request") -> str:
    answer = browser.get(to(name, case))
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def do(browser: Client, url: str, data: Mapping[str, object] | None = None) -> None:
    answer = browser.post(url, data or {})
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())


def carried(letter: Letter, drafter: Client, approver: Client, **service: object) -> None:
    """A letter submitted, approved by somebody else and served."""
    case = letter.request
    do(drafter, to("request_paper_submit", case, pk=letter.pk))
    do(approver, to("request_paper_approve", case, pk=letter.pk))
    do(drafter, to("request_paper_serve", case, pk=letter.pk), service)


@dataclass(frozen=True, slots=True)
class Desks:
    """The browsers of a case: the office's two officers and the section's clerk."""

    desk: Client
    other: Client
    clerk: Client


@pytest.fixture
def desks(office: factories.Office, sign_in: SignIn) -> Desks:
    return Desks(sign_in(office.officer), sign_in(second_officer(office)), sign_in(office.clerk))


def taken_in(desks: Desks, office: factories.Office) -> DisclosureRequest:
    """Over the counter, with its receipt; then given to the clerk."""
    case = entered(desks.desk, identity_file=pdf("身份证.pdf"))
    receipt = page(desks.desk, case, "request_receipt")
    secret = re.search(r'class="secret">((?:[2-9A-Z]{5}-){4}[2-9A-Z]{5})<', receipt)
    assert secret and case.receipt_number in receipt
    assert filing.open_with_secret(case.receipt_number, secret[1]) == case
    again = page(desks.desk, case, "request_receipt")
    assert secret[1] not in again and "不能再次显示" in again
    assert case.received_on == date(2026, 11, 2) and case.due_on == date(2026, 11, 30)
    # Nobody's yet: the section's clerk does not find it.
    assert desks.clerk.get(to("request", case)).status_code == 404
    whom = {"section": office.section.pk, "case_officer": office.clerk.pk}
    do(desks.desk, to("request_assign", case), whom)
    assert "赵小满" in page(desks.clerk, case) and "13900001234" in page(desks.clerk, case)
    return case


def supplemented(case: DisclosureRequest, desks: Desks, on_day: Moves) -> None:
    """Asked once with every point; the clock stands, then begins anew."""
    clerk = desks.clerk
    on_day(11, 4)
    points = "请写明合同的年度\n请写明标段"
    do(clerk, to("request_ask_supplement", case), {"points": points, "due_on": "2026-11-20"})
    notice = case.letters.get(kind="supplement")
    drafted = clerk.get(to("request_paper", case, pk=notice.pk)).content.decode()
    assert "1．请写明合同的年度" in drafted
    carried(notice, clerk, desks.desk, way="handed", signed_on="2026-11-04")
    assert fresh(case).state == RequestState.AWAITING_SUPPLEMENT and fresh(case).due_on is None
    stopped = page(clerk, case)
    assert 'class="day-stopped"' in stopped and "停止计时" in stopped
    assert "申请人：补正" in stopped

    on_day(11, 12)
    do(clerk, to("request_supplement", case), {"on": "2026-11-12", "text": "二〇二五年，一标段"})
    assert fresh(case).due_on == date(2026, 12, 10)
    line = page(clerk, case)
    assert "重新起算" in line and 'class="day-before"' in line and "第三十条" in line


def consulted(case: DisclosureRequest, desks: Desks, on_day: Moves) -> None:
    """A third party is asked without being told who asks; its days do not count."""
    clerk = desks.clerk
    on_day(11, 16)
    party = {
        "kind": "third_party",
        "name": "云岭建筑公司",
        "address": "云岭区一号路",
        "information": "合同价款和工期",
        "reason": "可能涉及商业秘密",
    }
    do(clerk, to("request_consult", case), party)
    asked = case.letters.get(kind="third_party")
    assert "赵小满" not in clerk.get(to("request_paper", case, pk=asked.pk)).content.decode()
    sent = {"way": "post", "posted_on": "2026-11-16", "tracking": "XA10000000111"}
    carried(asked, clerk, desks.desk, **sent)
    row = case.consultations.get()
    do(clerk, to("request_delivery", case, pk=row.pk), {"on": "2026-11-16"})
    on_day(11, 23)
    do(clerk, to("request_opinion", case, pk=row.pk), {"opinion": "agrees", "on": "2026-11-23"})
    assert fresh(case).due_on == date(2026, 12, 17), "five working days were left out"
    assert 'class="day-paused"' in page(clerk, case)


def answered(case: DisclosureRequest, desks: Desks) -> None:
    """Drafted by the clerk, approved by another, handed over."""
    clerk, url = desks.clerk, to("request_reply", case)
    assert "予以公开" in clerk.get(url).content.decode()
    stated = {"provided": "合同复印件一份", "new_file": pdf("合同.pdf")}
    do(clerk, f"{url}?outcome=granted", stated)
    reply = case.letters.exclude(outcome="").get()
    assert reply.attachments.get().name == "合同.pdf"
    shown = clerk.get(to("request_paper", case, pk=reply.pk)).content.decode()
    assert "合同复印件一份" in shown and "行政复议" in shown
    assert clerk.post(to("request_paper_approve", case, pk=reply.pk)).status_code in (403, 409)
    carried(reply, clerk, desks.other, way="handed", signed_on="2026-11-23")
    ended = fresh(case)
    assert (ended.state, ended.outcome, ended.in_time) == ("replied", "granted", True)
    assert ended.replied_on == date(2026, 11, 23)
    told = page(clerk, case)
    assert "按期" in told and "草拟答复" not in told


def test_a_case_from_the_counter_to_the_served_reply(
    office: factories.Office, desks: Desks, on_day: Moves
) -> None:
    on_day(11, 2)
    case = taken_in(desks, office)
    supplemented(case, desks, on_day)
    consulted(case, desks, on_day)
    do(desks.desk, to("request_extend", case), {"days": "5", "reason": "档案调取需要时间"})
    assert fresh(case).due_on == date(2026, 12, 24)
    entry = {"place": "综合档案室", "terms": "按“梅花街 合同”检索", "on": "2026-11-23"}
    do(desks.clerk, to("request_search", case), {**entry, "found": "找到合同一份"})
    answered(case, desks)
    do(desks.clerk, to("request_close", case))
    do(desks.desk, to("request_archive", case))
    assert fresh(case).state == RequestState.ARCHIVED
    assert "归档" in page(desks.desk, case, "request_history")


def test_the_line_is_a_drawing_and_a_table_of_the_same(
    office: factories.Office, sign_in: SignIn, on_day: Moves
) -> None:
    desk = sign_in(office.officer)
    case = entered(desk)
    on_day(12, 4)
    shown = page(desk, case)
    # The wide drawing names each stretch; the narrow one, for a phone, draws the same.
    assert shown.count("<rect class=") == 2 * sum(
        shown.count(f"：{label}</title>")
        for label in ("计入期限", "休息日、节假日，不计", "超过期限")
    )
    assert 'class="day-late"' in shown and "已超期4个工作日" in shown
    assert ("2026-11-30" in shown and "《条例》第三十三条" in shown) or "第三十三条" in shown
    svg = shown[shown.index("<svg") : shown.index("</svg>")]
    assert "style=" not in svg, "the policy allows no inline style"


def test_refusals_stand_beside_their_fields_and_nothing_is_lost(
    office: factories.Office, sign_in: SignIn, on_day: Moves
) -> None:
    desk = sign_in(office.officer)
    answer = desk.post(reverse("desk:request_new"), {"channel": "counter", "kind": "natural",
                       "arrived_on": "2026-11-30", "name": "钱多多"})  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_arrived_on_error"' in shown
    assert "还没有到" in shown and 'value="钱多多"' in shown
    assert not DisclosureRequest.objects.exists()

    case = entered(desk)
    url = to("request_consult", case)
    shown = desk.post(url, {"kind": "third_party", "name": "甲公司"}).content.decode()
    assert 'id="id_information_error"' in shown and 'id="id_reason_error"' in shown
    shown = desk.post(to("request_reply", case) + "?outcome=granted", {}).content.decode()
    assert 'id="id_provided_error"' in shown and "须写明" in shown
    assert desk.get(to("request_reply", case) + "?outcome=nonsense").status_code == 403
    shown = desk.post(to("request_extend", case), {"days": "30", "reason": "忙"}).content.decode()
    assert "1至20个工作日" in shown
    disguised = SimpleUploadedFile("合同.pdf", b"no such thing", "application/pdf")
    answer = desk.post(to("request_file", case), {"part": "reply", "file": disguised})
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode() and not case.files.exists()
    # Not possible in this state: the screen itself says so.
    assert desk.get(to("request_supplement", case)).status_code == 409
    assert desk.get(to("request_pay", case)).status_code == 409


def test_another_case_s_file_is_no_attachment(office: factories.Office, sign_in: SignIn) -> None:
    desk = sign_in(office.officer)
    mine, theirs = entered(desk), entered(desk, name="孙小寒")
    do(desk, to("request_file", theirs), {"part": "reply", "file": pdf("别人的.pdf")})
    foreign = theirs.files.get()
    assert "别人的.pdf" in page(desk, theirs)
    url = to("request_reply", mine) + "?outcome=granted"
    assert "别人的.pdf" not in desk.get(url).content.decode()
    answer = desk.post(url, {"provided": "一份", "attachments": [foreign.pk]})
    assert answer.status_code == 422 and "请只选择本件申请的答复附件" in answer.content.decode()
    assert desk.get(to("request_one_file", mine, pk=foreign.pk)).status_code == 404


def test_strangers_and_other_bodies_find_nothing(office: factories.Office, sign_in: SignIn) -> None:
    desk = sign_in(office.officer)
    case = entered(desk, identity_file=pdf("身份证.pdf"))
    do(desk, to("request_letter", case), {"kind": "receipt"})
    letter, file = case.letters.get(), case.files.get()
    elsewhere = factories.office(name="青石区商务局")
    for whom in (elsewhere.officer, elsewhere.leader, elsewhere.clerk, office.verifier,
                 office.clerk):  # fmt: skip
        browser = sign_in(whom)
        for url in (
            to("request", case),
            to("request_reply", case),
            to("request_receipt", case),
            to("request_paper", case, pk=letter.pk),
            to("request_paper_pdf", case, pk=letter.pk),
            to("request_one_file", case, pk=file.pk),
        ):
            answer = browser.get(url)
            assert answer.status_code in (403, 404), (url, whom.name)
            assert "赵小满" not in answer.content.decode()
        assert case.number not in browser.get(reverse("desk:requests")).content.decode()


def test_the_leader_sees_the_case_but_not_the_person(
    office: factories.Office, sign_in: SignIn
) -> None:
    desk, leader = sign_in(office.officer), sign_in(office.leader)
    case = entered(desk, identity_file=pdf("身份证.pdf"))
    for part in ("filed", "reply"):
        do(desk, to("request_file", case), {"part": part, "file": pdf(f"{part}.pdf")})
    shown = page(leader, case)
    assert "reply.pdf" in shown and "filed.pdf" not in shown and "身份证.pdf" not in shown
    seen = [leader.get(to("request_one_file", case, pk=f.pk)).status_code for f in case.files.all()]
    assert seen == [403, 403, 200]
    assert "赵小满" in shown
    assert "13900001234" not in shown and "梅花街7号" not in shown and "123X" not in shown
    assert leader.get(to("request_assign", case)).status_code == 403
    handler = page(desk, case)
    assert "110***********123X" in handler
    assert "11010919900307123X" not in handler
    before = Entry.objects.filter(event="request.identity_read").count()
    url = to("request_one_file", case, pk=case.files.get(part="identity").pk)
    assert PDF not in desk.get(url).content and desk.post(url).status_code == 422
    assert Entry.objects.filter(event="request.identity_read").count() == before
    answer = desk.post(url, {"purpose": "verify"})
    assert "核对申请人身份" in page(desk, case), "who looked and what for is on the case"
    assert answer.content == PDF and answer.headers["Cache-Control"] == "no-store"
    assert Entry.objects.filter(event="request.identity_read").count() == before + 1


def test_after_the_reply(office: factories.Office, sign_in: SignIn, on_day: Moves) -> None:
    """Remedy, order to handle again, words for everybody, a draft record of what was given."""
    desk, other = sign_in(office.officer), sign_in(second_officer(office))
    case = entered(desk)
    url = to("request_reply", case)
    do(desk, f"{url}?outcome=granted", {"provided": "合同一份", "new_file": pdf("合同.pdf")})
    reply = case.letters.get()
    carried(reply, desk, other, way="handed", signed_on="2026-11-02")
    pdf_of = desk.get(to("request_paper_pdf", case, pk=reply.pk))
    assert pdf_of.content.startswith(b"%PDF") or pdf_of.content.startswith(b"PK")
    on_day(11, 20)
    taken_up = {"kind": "reconsideration", "authority": "云岭区人民政府", "filed_on": "2026-11-19"}
    do(desk, to("request_remedy", case), taken_up)
    row = case.remedies.get()
    ended = {"outcome": "corrected", "ended_on": "2026-11-20"}
    do(desk, to("request_remedy_end", case, pk=row.pk), ended)
    order = {"authority": "云岭区人民政府", "ordered_on": "2026-11-20", "remedy": row.pk}
    do(desk, to("request_reopen", case), order)
    assert DisclosureRequest.objects.get(reopened_from=case).due_on == date(2026, 12, 18)

    words = {"asked": "赵小满申请施工合同", "answered": "已提供。"}
    refused = desk.post(to("request_release", case), words)
    assert refused.status_code == 422 and 'id="id_asked_error"' in refused.content.decode()
    do(desk, to("request_release", case), {**words, "asked": "申请某道路施工合同"})
    assert "已公布" in page(desk, case)
    do(desk, to("request_unrelease", case))
    assert "已公布</h2>" not in page(desk, case)
    do(desk, to("request_convert", case), {"title": "道路施工合同", "section": office.section.pk})
    assert Record.objects.get(title="道路施工合同").files.count() == 1


def test_a_letter_goes_back_is_changed_and_made_void(
    office: factories.Office, sign_in: SignIn
) -> None:
    desk, leader = sign_in(office.officer), sign_in(office.leader)
    case = entered(desk)
    do(desk, to("request_reply", case) + "?outcome=not_ours", {"reason": "由住建部门负责"})
    letter = case.letters.get()
    do(desk, to("request_paper_submit", case, pk=letter.pk))
    home = leader.get(reverse("desk:home")).content.decode()
    assert "文书待审批" in home
    assert case.number in leader.get(reverse("desk:requests") + "?due=letters").content.decode()
    back = to("request_paper_return", case, pk=letter.pk)
    assert leader.post(back, {"reason": ""}).status_code == 422
    do(leader, back, {"reason": "写明哪个部门"})
    assert "写明哪个部门" in desk.get(to("request_paper", case, pk=letter.pk)).content.decode()
    do(desk, to("request_paper_edit", case, pk=letter.pk), {"reason": "由区住房城乡建设委负责"})
    text = desk.get(to("request_paper", case, pk=letter.pk)).content.decode()
    assert "由区住房城乡建设委负责" in text
    do(desk, to("request_paper_void", case, pk=letter.pk), {"reason": "改拟"})
    assert Letter.objects.get(pk=letter.pk).state == "void"
    do(desk, to("request_withdraw", case))
    assert fresh(case).state == RequestState.CLOSED


def test_two_of_one_applicant_are_joined_and_another_law_is_chosen(
    office: factories.Office, sign_in: SignIn
) -> None:
    desk = sign_in(office.officer)
    first, second = entered(desk), entered(desk)
    stranger = entered(desk, name="孙小寒", identity_number="", phone="13911112222")
    assert "相似100%" in page(desk, second)
    assert desk.post(to("request_join", second), {"into": stranger.pk}).status_code == 422
    refused = desk.post(to("request_law", first), {"law_day": "2010-01-04", "reason": ""})
    assert 'id="id_reason_error"' in refused.content.decode()
    do(desk, to("request_law", first), {"law_day": "2010-01-04", "reason": "按旧条例收到"})
    assert fresh(first).due_on == date(2026, 11, 23), "fifteen working days"
    assert "按旧条例收到" in page(desk, first)
    do(desk, to("request_join", second), {"into": first.pk})
    assert fresh(second).joined_into == first and fresh(second).state == RequestState.CLOSED
    assert "并入" in page(desk, second)


def test_a_fax_is_confirmed_then_split_and_charged(
    office: factories.Office, sign_in: SignIn, on_day: Moves
) -> None:
    desk, other = sign_in(office.officer), sign_in(second_officer(office))
    case = entered(desk, channel="fax")
    assert "收到之日还没有确定" in page(desk, case)
    assert desk.post(to("request_confirm", case), {"on": "2026-11-01"}).status_code == 422
    do(desk, to("request_confirm", case), {"on": "2026-11-02"})
    assert fresh(case).due_on == date(2026, 11, 30)
    answer = desk.post(to("request_split", case), {"parts": "只有一件"})
    assert 'id="id_parts_error"' in answer.content.decode()
    do(desk, to("request_split", case), {"parts": "施工合同\n监理合同"})
    assert DisclosureRequest.objects.get(split_from=case).due_on == date(2026, 11, 30)
    answer = desk.post(to("request_charge", case), {"way": "items", "units": "1"})
    assert answer.status_code == 422 and "不收费" in answer.content.decode()
    do(desk, to("request_charge", case), {"way": "pages", "units": "1", "pages": "40"})
    fee = fresh(case).fee
    assert fee.amount_yuan == 100
    carried(case.letters.get(kind="fee"), desk, other, way="handed", signed_on="2026-11-02")
    assert fresh(case).state == RequestState.AWAITING_FEE
    on_day(11, 10)
    do(desk, to("request_pay", case), {"on": "2026-11-10", "receipt_number": "京A1"})
    assert fresh(case).due_on == date(2026, 12, 8)
    assert "100元" in page(desk, case) and "票据号京A1" in page(desk, case)
