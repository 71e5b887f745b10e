"""The three steps on the desk, findings answered beside the text, publication and withdrawal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from gongkai.catalog.models import CatalogEntry
from gongkai.records.models import Record, RecordText
from gongkai.review import actions as review
from gongkai.review.checklist import KEYS
from gongkai.review.models import Finding, ReviewSheet
from gongkai.review.values import Noticed
from tests import factories
from tests.desk.conftest import SignIn

ALL_NO = {f"check_{key}": "no" for key in KEYS}
TEXT = "条例于今年51日施行。截止2008228日共清理453条。再到51日止。"


def to(name: str, record: Record, **more: object) -> str:
    return reverse(f"desk:{name}", kwargs={"uuid": record.uuid, **more})


def notice(record: Record, evidence: str, proposal: str | None, at: int = 0) -> Finding:
    start = TEXT.index(evidence, at)
    found = Noticed("import", "damaged_date", "text", start, start + len(evidence), evidence,
                    proposal, sentence="日期不全")  # fmt: skip
    return review.note_findings(record=record, findings=[found], now=factories.NOW)[0]


@pytest.fixture
def record(office: factories.Office) -> Record:
    return factories.draft(office, text=TEXT)


def text_of(record: Record) -> str:
    return RecordText.objects.get(record=record).text


def test_findings_stand_beside_the_text_and_take_answers(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    first = notice(record, "51日", "5月1日")
    long_date = notice(record, "2008228日", None)
    again = notice(record, "51日", "5月1日", at=10)
    browser = sign_in(office.clerk)
    page = browser.get(to("record_findings", record)).content.decode()
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", page) == ["51日", "2008228日", "51日"]
    assert 'id="m-1"' in page and 'href="#m-1"' in page

    def answer(finding: Finding, kind: str, **more: str) -> int:
        typed = {f"{finding.pk}-{kind}-{name}": value for name, value in more.items()}
        url = to("finding", record, finding=finding.uuid)
        return browser.post(url, {"answer": kind, **typed}).status_code

    # Without a proposal nothing can be accepted; keeping needs a reason; both say so in place.
    assert answer(long_date, "accepted") == 422
    assert answer(long_date, "kept") == 422
    assert text_of(record) == TEXT, "nothing is changed by a refusal"
    assert answer(long_date, "edited", text="2008年2月28日") == 302
    assert answer(first, "accepted", alike="on") == 302
    assert text_of(record) == "条例于今年5月1日施行。截止2008年2月28日共清理453条。再到5月1日止。"
    again.refresh_from_db()
    assert again.answer == "accepted" and again.answered_by == office.clerk
    assert "没有待答复的发现" in browser.get(to("record_findings", record)).content.decode()


def test_nothing_is_proposed_while_a_finding_waits(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    notice(record, "51日", "5月1日")
    answer = sign_in(office.clerk).post(
        to("record_propose", record), {"attribute": "proactive", **ALL_NO}
    )
    assert answer.status_code == 422 and "还有1处发现没有答复" in answer.content.decode()
    assert not ReviewSheet.objects.exists()


def test_what_the_scanners_find_waits_for_an_answer_after_every_save(
    office: factories.Office, sign_in: SignIn, settings: Settings
) -> None:
    settings.GONGKAI_SCANNERS = ["gongkai.backends.scanners.personal.PersonalDataScanner"]
    browser = sign_in(office.clerk)
    record = factories.draft(office, text="联系人手机：13800138000")
    refused = browser.post(to("record_propose", record), {"attribute": "proactive", **ALL_NO})
    assert refused.status_code == 422
    # The refusal does not take the findings back with it.
    assert record.findings.get().evidence == "13800138000"
    typed = {"title": "关于供暖的通知", "section": office.section.pk, "validity": "in_force",
             "column": "catalog", "origin": "made", "carrier": "electronic",
             "text": "联系人手机：13900139000"}  # fmt: skip
    saved = browser.post("/desk/records/new/", typed, follow=True)
    assert "自动核查发现1处" in saved.content.decode()


def test_every_question_of_the_sheet_is_answered_by_hand(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    browser, url = sign_in(office.clerk), to("record_propose", record)
    answer = browser.post(url, {"attribute": "proactive", "reason": "应当公开"})
    assert answer.status_code == 422
    assert answer.content.decode().count("请选择“是否涉及国家秘密”") == 2
    # 没有选的都选“否” only fills the form: it must still be looked at and handed in.
    filled = browser.post(url, {"attribute": "proactive", "step": "rest_no",
                                "check_privacy": "yes", "reason": "应当公开"})  # fmt: skip
    page = filled.content.decode()
    assert filled.status_code == 200 and not ReviewSheet.objects.exists()
    assert len(re.findall(r'value="no"[^>]*checked', page)) == len(KEYS) - 1
    assert re.search(r'name="check_privacy" value="yes"[^>]*checked', page) and "应当公开" in page


def test_three_people_carry_a_paper_to_the_public(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    clerk, verifier = sign_in(office.clerk), sign_in(office.verifier)
    leader, officer = sign_in(office.leader), sign_in(office.officer)
    assert (
        clerk.post(to("record_propose", record), {"attribute": "proactive", **ALL_NO}).status_code
        == 302
    )
    sheet = ReviewSheet.objects.get()
    assert record.title in verifier.get("/desk/").content.decode()
    empty = verifier.post(to("record_verify", record), {"attribute": "proactive"})
    assert empty.status_code == 422 and empty.context["form"].errors["text"]
    opinion = {"attribute": "proactive", "phrase": "", "text": "同意主动公开"}
    assert verifier.post(to("record_verify", record), opinion).status_code == 302
    assert leader.post(to("record_decide", record), {"attribute": "proactive"}).status_code == 302
    assert record.title in officer.get("/desk/publishing/").content.decode()
    assert officer.post(to("record_publish", record)).status_code == 302
    entry = CatalogEntry.objects.get(record=record)
    assert entry.title == record.title and entry.sheet == sheet
    page = clerk.get(reverse("desk:sheet", kwargs={"uuid": sheet.uuid})).content.decode()
    for name in (office.clerk.name, office.verifier.name, office.leader.name, "同意主动公开"):
        assert name in page


def test_the_group_returns_with_reasons_and_the_clerk_reads_them(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    factories.propose(record, office)
    verifier = sign_in(office.verifier)
    url = to("record_verify", record)
    assert verifier.post(url, {"step": "return", "return-reason": ""}).status_code == 422
    assert (
        verifier.post(url, {"step": "return", "return-reason": "请写明依据的文件"}).status_code
        == 302
    )
    assert "请写明依据的文件" in sign_in(office.clerk).get(to("record", record)).content.decode()
    assert verifier.get(url).status_code == 302, "gone on meanwhile: shown as it now is"


def test_withholding_needs_ground_and_reason_beside_their_fields(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    factories.verify(factories.propose(record, office), office)
    browser, url = sign_in(office.leader), to("record_decide", record)
    answer = browser.post(url, {"attribute": "withheld"})
    errors = answer.context["form"].errors
    assert answer.status_code == 422 and errors["ground"] and errors["reason"]
    good = {"attribute": "withheld", "ground": "deliberative", "reason": "讨论稿",
            "rereview_on": "2027-06-01"}  # fmt: skip
    assert browser.post(url, good).status_code == 302
    record.refresh_from_db()
    assert record.attribute == "withheld" and str(record.rereview_on) == "2027-06-01"


def test_the_sheet_prints(office: factories.Office, record: Record, sign_in: SignIn) -> None:
    sheet = factories.review_fully(record, office)
    browser: Client = sign_in(office.clerk)
    docx = browser.get(reverse("desk:sheet_docx", kwargs={"uuid": sheet.uuid}))
    assert docx.content[:2] == b"PK" and "attachment" in docx.headers["Content-Disposition"]
    pdf = browser.get(reverse("desk:sheet_pdf", kwargs={"uuid": sheet.uuid}))
    assert pdf.content[:5] == b"%PDF-" or "没有" in pdf.content.decode()


def test_publishing_later_and_not_in_the_past(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    factories.review_fully(record, office)
    browser, url = sign_in(office.officer), to("record_publish", record)
    past = browser.post(url, {"step": "later", "later-not_before": "2020-01-01 09:00"})
    assert past.status_code == 422 and 'value="2020-01-01 09:00"' in past.content.decode()
    soon = f"{factories.NOW + timedelta(days=2):%Y-%m-%d %H:%M}"
    assert browser.post(url, {"step": "later", "later-not_before": soon}).status_code == 302
    order = record.orders.get()
    assert soon in browser.get(url).content.decode()
    browser.post(to("order_cancel", record, pk=order.pk))
    order.refresh_from_db()
    assert order.cancelled_at is not None
    assert not CatalogEntry.objects.exists()


def test_many_are_published_at_once_each_by_itself(
    office: factories.Office, sign_in: SignIn
) -> None:
    ready = factories.draft(office)
    factories.review_fully(ready, office)
    raw = factories.draft(office, title="没有审查的")
    browser = sign_in(office.officer)
    answer = browser.post("/desk/publishing/", {"record": [ready.uuid, raw.uuid, "x"]})
    page = answer.content.decode()
    assert answer.status_code == 422 and "已发布1条" in page and "没有审查的" in page
    assert list(CatalogEntry.objects.values_list("record_id", flat=True)) == [ready.pk]
    assert browser.post("/desk/publishing/").status_code == 403


def test_withdrawal_with_a_code_and_revision(office: factories.Office, sign_in: SignIn) -> None:
    entry = factories.published(office)
    browser, record = sign_in(office.officer), entry.record
    assert browser.post(to("record_withdraw", record), {"note": "错了"}).status_code == 422
    coded = {"code": "error", "note": "附件传错"}
    assert browser.post(to("record_withdraw", record), coded).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.withdrawal_code) == ("withdrawn", "error")
    assert browser.post(to("record_revise", record), {"reason": "更换附件"}).status_code == 302
    record.refresh_from_db()
    assert record.state == "draft"


def test_a_clerk_cannot_publish_by_address(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    factories.review_fully(record, office)
    answer = sign_in(office.clerk).post(to("record_publish", record))
    assert answer.status_code == 403 and not CatalogEntry.objects.exists()


def test_withheld_papers_come_back_to_the_desk(
    office: factories.Office, record: Record, sign_in: SignIn
) -> None:
    factories.review_fully(
        record, office, attribute="withheld", ground="deliberative", reason="讨论稿"
    )
    Record.objects.filter(pk=record.pk).update(rereview_on=factories.NOW.date())
    browser = sign_in(office.clerk)
    assert "该重新评估" in browser.get("/desk/").content.decode()
    assert browser.post(to("record_rereview", record)).status_code == 302
    record.refresh_from_db()
    assert record.state == "draft"
