"""The own case: opened by number and secret alone, followed, supplemented, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.disclosure import store
from gongkai.disclosure.actions import (
    charging,
    consulting,
    filing,
    releasing,
    replying,
    sending,
    supplementing,
    writing,
)
from gongkai.disclosure.letter_remedy import remedy_for
from gongkai.disclosure.models import DisclosureRequest, FilePart, Letter
from gongkai.disclosure.values import Charge, Party, Upload
from gongkai.kit.dates import civil_day
from gongkai.law.service import Service, Way
from gongkai.portal.applying import bounds, key
from tests.factories import Office
from tests.portal.requests.conftest import PERSONAL, Receipt, enter, file_it

TRACK = "/requests/track/"
DEEDS = ("confirm", "supplement", "add", "withdraw", "suggest")


def today() -> date:
    return civil_day(timezone.now())


def served(letter: Letter, office: Office) -> None:
    now = timezone.now()
    writing.submit(letter=letter, by=office.officer, now=now)
    writing.approve(letter=letter, by=office.leader, now=now)
    how = Service(Way.HANDED, signed_on=today())
    sending.serve(letter=letter, service=how, by=office.officer, now=now)


def confirmed(client: Client, office: Office) -> Receipt:
    receipt = file_it(client)
    enter(client, receipt)
    assert client.post(f"{TRACK}confirm/").status_code == 302
    filing.office_confirms(request=receipt.case, by=office.officer, now=timezone.now())
    return receipt


@pytest.mark.usefixtures("no_paper")
def test_from_filing_to_withdrawal(client: Client, office: Office) -> None:
    receipt = file_it(client)
    page = enter(client, receipt)
    assert "待双方确认" in page and "我确认提交了这件申请" in page
    done = client.post(f"{TRACK}confirm/")
    assert "已登记您的确认" in client.get(done["Location"]).content.decode()
    filing.office_confirms(request=receipt.case, by=office.officer, now=timezone.now())
    case = receipt.case
    page = client.get(TRACK).content.decode()
    assert case.due_on and case.due_on.isoformat() in page
    assert "《条例》" in page or "条例" in page
    assert 'class="clock-line wide"' in page and "收到申请" in page and "今天" in page
    letter = supplementing.ask_supplement(
        request=case, points=["写明合同年份"], due_on=today() + timedelta(days=10),
        by=office.officer, now=timezone.now(),
    )  # fmt: skip
    assert "还没有送达的文书" in client.get(TRACK).content.decode()
    served(letter, office)
    page = client.get(TRACK).content.decode()
    assert "补正内容" in page and f"{TRACK}letters/{letter.uuid}/" in page
    paper = client.get(f"{TRACK}letters/{letter.uuid}/")
    assert paper.content == b"%PDF-1.7" and paper["Cache-Control"] == "no-store"
    empty = client.post(f"{TRACK}supplement/", {"text": " "})
    assert empty.status_code == 422 and 'href="#supplement_text"' in empty.content.decode()
    more = SimpleUploadedFile("说明.pdf", b"%PDF-1.4 x", "application/pdf")
    done = client.post(f"{TRACK}supplement/", {"text": "二〇二五年的合同", "files": more})
    assert "重新计算" in client.get(done["Location"]).content.decode()
    assert receipt.case.state == "accepted" and receipt.case.supplement == "二〇二五年的合同"
    assert client.post(f"{TRACK}withdraw/").status_code == 422
    client.post(f"{TRACK}withdraw/", {"sure": "1"})
    assert receipt.case.state == "closed"
    assert "我确定撤回" not in client.get(TRACK).content.decode()
    client.post(f"{TRACK}leave/")
    assert receipt.number not in client.get(TRACK).content.decode()


def test_a_stranger_gets_one_sentence_whatever_is_wrong(client: Client, office: Office) -> None:
    receipt, stranger = file_it(client), Client()
    tries = [
        (receipt.number, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"),
        ("20260101-AAAAAA", receipt.secret),
        ("", ""),
        ("9" * 500, "9" * 500),
    ]
    pages = set()
    for number, secret in tries:
        answer = stranger.post(TRACK, {"number": number, "secret": secret})
        assert answer.status_code == 422 and key.COOKIE not in answer.cookies
        page = answer.content.decode()
        assert key.WRONG in page and (not secret or secret not in page)
        pages.add(page.split("csrfmiddlewaretoken")[0])
    assert len(pages) == 1
    for name in DEEDS:
        assert stranger.post(f"{TRACK}{name}/", {"sure": "1"})["Location"] == TRACK
    assert receipt.case.state == "awaiting_confirmation"


def test_tries_are_bounded_even_with_the_right_secret(client: Client, office: Office) -> None:
    receipt, stranger = file_it(client), Client()
    for _time in range(bounds.WRONG_SECRET.most):
        stranger.post(TRACK, {"number": receipt.number, "secret": "x"})
    right = {"number": receipt.number, "secret": receipt.secret}
    assert stranger.post(TRACK, right).status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.9").post(TRACK, right).status_code == 302


def test_a_made_up_or_foreign_cookie_opens_nothing(client: Client, office: Office) -> None:
    receipt = file_it(client)
    enter(client, receipt)
    assert receipt.secret not in str(client.cookies)
    forged = Client()
    forged.cookies[key.COOKIE] = f"{receipt.case.uuid}/{receipt.case.secret_digest[:16]}"
    assert receipt.number not in forged.get(TRACK).content.decode()
    good = client.cookies[key.COOKIE].value
    assert client.cookies[key.COOKIE]["path"] == TRACK
    DisclosureRequest.objects.update(secret_digest="0" * 64)
    late = Client()
    late.cookies[key.COOKIE] = good
    assert receipt.number not in late.get(TRACK).content.decode()


@pytest.mark.usefixtures("no_paper")
def test_letters_and_files_of_another_case_stay_closed(client: Client, office: Office) -> None:
    mine, other = confirmed(client, office), Client(REMOTE_ADDR="198.51.100.8")
    given = store.keep(
        request=mine.case, by=office.officer, now=timezone.now(),
        upload=Upload("合同.pdf", b"%PDF-1.4 contract", "application/pdf", FilePart.REPLY),
    )  # fmt: skip
    letter = replying.draft_reply(
        request=mine.case, outcome="granted", stated={"provided": "合同一份"},
        attachments=[given], by=office.officer, now=timezone.now(),
    )  # fmt: skip
    served(letter, office)
    proof = mine.case.files.get(part=FilePart.IDENTITY)
    page = client.get(TRACK).content.decode()
    assert "已答复" in page and "合同.pdf" in page
    assert client.get(f"{TRACK}files/{given.uuid}/").content == b"%PDF-1.4 contract"
    assert client.get(f"{TRACK}files/{proof.uuid}/").status_code == 404
    client.post(f"{TRACK}suggest/")
    assert mine.case.wants_publication
    enter(other, file_it(other, name="钱七"))
    for place in (f"files/{given.uuid}/", f"letters/{letter.uuid}/"):
        assert other.get(TRACK + place).status_code == 404
        assert Client().get(TRACK + place).status_code == 302


@pytest.mark.usefixtures("no_paper")
def test_a_letter_to_a_third_party_is_not_the_applicants(client: Client, office: Office) -> None:
    receipt = confirmed(client, office)
    consulting.consult(
        request=receipt.case, by=office.officer, now=timezone.now(),
        party=Party("third_party", "梅花建筑有限公司", "施工合同", "云岭区兰花路2号", "商业秘密"),
    )  # fmt: skip
    letter = receipt.case.letters.get(ref__gt="")
    served(letter, office)
    assert letter.kind == "third_party" and receipt.case.state == "consulting"
    page = client.get(TRACK).content.decode()
    assert "征求第三方意见" in page and str(letter.uuid) not in page and "梅花建筑" not in page
    assert client.get(f"{TRACK}letters/{letter.uuid}/").status_code == 404


def test_papers_may_be_added_and_the_days_taken_along(client: Client, office: Office) -> None:
    receipt = confirmed(client, office)
    slip = SimpleUploadedFile("缴费凭证.pdf", b"%PDF-1.4 paid", "application/pdf")
    assert client.post(f"{TRACK}add/", {"part": "other", "files": slip}).status_code == 302
    assert receipt.case.files.filter(part=FilePart.OTHER).count() == 1
    assert client.post(f"{TRACK}add/", {"part": "other"}).status_code == 422
    told = client.get(f"{TRACK}case.ics").content.decode().replace("\r\n ", "")
    assert receipt.number in told and receipt.case.due_on
    assert receipt.case.due_on.strftime("%Y%m%d") in told
    assert not [word for word in PERSONAL if word in told]


@pytest.mark.usefixtures("no_paper")
def test_the_public_log_shows_only_what_was_written_for_it(client: Client, office: Office) -> None:
    receipt = confirmed(client, office)
    letter = replying.draft_reply(
        request=receipt.case, outcome="granted", stated={"provided": "合同一份"},
        by=office.officer, now=timezone.now(),
    )  # fmt: skip
    served(letter, office)
    answer = releasing.release_answer(
        request=receipt.case, asked="道路改造合同能否公开", answered="可以公开，已提供复印件。",
        by=office.officer, now=timezone.now(),
    )  # fmt: skip
    stranger, place = Client(), f"/requests/answers/{answer.uuid}/"
    listed, shown = (stranger.get(a).content.decode() for a in ("/requests/answers/", place))
    assert place in listed and "道路改造合同能否公开" in listed and "已提供复印件" in shown
    for word in (*PERSONAL, receipt.number, receipt.case.number, receipt.case.subject):
        assert word not in listed + shown, word
    releasing.withdraw_answer(answer=answer, by=office.officer, now=timezone.now())
    assert stranger.get(place).status_code == 404
    assert place not in stranger.get("/requests/answers/").content.decode()


@pytest.mark.usefixtures("no_paper")
def test_the_fee_and_the_remedies_stand_on_the_page(client: Client, office: Office) -> None:
    receipt = confirmed(client, office)
    charging.charge(
        request=receipt.case, charge=Charge("pages", pages=60), by=office.officer,
        now=timezone.now(),
    )  # fmt: skip
    assert "信息处理费" not in client.get(TRACK).content.decode(), "its notice is not served yet"
    served(receipt.case.letters.get(kind="fee"), office)
    page, fee = client.get(TRACK).content.decode(), receipt.case.fee
    assert "300元" in page and str(fee.due_on) in page and 'id="fee_files"' in page
    slip = SimpleUploadedFile("凭证.pdf", b"%PDF-1.4 paid", "application/pdf")
    assert client.post(f"{TRACK}add/", {"part": "other", "files": slip}).status_code == 302
    charging.pay(fee=fee, on=today(), by=office.officer, now=timezone.now())
    page = client.get(TRACK).content.decode()
    assert 'id="fee_files"' not in page and "不服这个答复" not in page
    letter = replying.draft_reply(
        request=receipt.case, outcome="refused_deliberative", by=office.officer,
        stated={"ground": "deliberative", "reason": "讨论记录"}, now=timezone.now(),
    )  # fmt: skip
    served(letter, office)
    page = client.get(TRACK).content.decode()
    told = remedy_for("refusal", "refused_deliberative", body=office.body, on=today())
    assert told and told.reconsideration and told.reconsideration.on.isoformat() in page
    assert "要先申请行政复议" in page and "或者提起行政诉讼" not in page


def test_who_looked_is_told_and_ones_data_can_be_taken_along(
    client: Client, office: Office
) -> None:
    receipt = file_it(client)
    enter(client, receipt)
    proof = receipt.case.files.get(part=FilePart.IDENTITY)
    store.read(file=proof, by=office.officer, now=timezone.now(), purpose="verify")
    page = client.get(TRACK).content.decode()
    assert "核对申请人身份" in page and office.officer.name not in page
    answer = client.post(f"{TRACK}mine/")
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "no-store"
    with ZipFile(BytesIO(answer.content)) as archive:
        text = archive.read("个人信息.html").decode()
        assert [n for n in archive.namelist() if n.endswith("护照.png")]
    assert all(word in text for word in PERSONAL)
    for stranger in (client.get(f"{TRACK}mine/"), Client().post(f"{TRACK}mine/")):
        assert stranger["Location"] == TRACK
