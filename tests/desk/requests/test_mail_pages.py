"""The intake of mail at the desk: mailbox, list, one mail, entry, case, set apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.desk.models import KeptInput
from gongkai.disclosure.actions import mail_keeping, mailbox_setting, replying, writing
from gongkai.disclosure.mailbox.reading import read
from gongkai.disclosure.mailbox.sorting import sort
from gongkai.disclosure.models import DisclosureRequest, IncomingMail, Mailbox
from gongkai.journal.models import Entry
from tests import factories
from tests.desk.conftest import SignIn
from tests.disclosure.conftest import ZHAO, filed
from tests.disclosure.mailbox.samples import written
from tests.factories import NOW, Office

FILES = (
    ("申请表.pdf", b"%PDF-1.7 form", "application/pdf"),
    ("程序.exe", b"MZ", "application/octet-stream"),
)


@pytest.fixture
def mailbox(office: Office) -> Mailbox:
    fields = {
        "host": "127.0.0.1", "port": 143, "security": "plain", "username": "xxgk@yunling.example",
        "folder": "INBOX", "from_on": date(2026, 11, 1), "after": "keep",
    }  # fmt: skip
    return mailbox_setting.set_mailbox(
        body=office.body, fields=fields, password="geheim", by=office.officer, now=NOW
    )


def arrived(mailbox: Mailbox, raw: bytes, when: datetime = NOW) -> IncomingMail:
    """A mail as a run would have kept it."""
    parsed = read(raw)
    found = sort(parsed)
    row = mail_keeping.keep_mail(
        mailbox=mailbox,
        mail=mail_keeping.Kept(
            raw, parsed, found.kind, found.reason, True, mailbox.last_uid + 1, 1, when
        ),
        now=NOW,
    )
    assert row is not None
    return row


def at(name: str, mail: IncomingMail, **more: object) -> str:
    return reverse(f"desk:{name}", kwargs={"uuid": mail.uuid, **more})


def page(browser: Client, where: str) -> str:
    answer = browser.get(where)
    assert answer.status_code == 200, where
    return str(answer.content.decode())


def test_a_mail_is_entered_with_what_it_says(
    office: Office, mailbox: Mailbox, sign_in: SignIn
) -> None:
    raw = written(files=FILES)
    mail = arrived(mailbox, raw)
    browser = sign_in(office.officer)
    assert "邮箱来信待处理" in page(browser, reverse("desk:home"))
    assert "政府信息公开申请" in page(browser, reverse("desk:request_mails"))
    shown = page(browser, at("request_mail", mail))
    assert "杏花路绿化工程" in shown and "不能收入案卷" in shown and "登记为申请" in shown
    form = page(browser, at("request_mail_enter", mail))
    for prefilled in ("周晓晴", "110199198805050026", "13900007788", "zhou@mail.example"):
        assert f'value="{prefilled}"' in form
    typed = {
        "kind": "natural", "name": "周晓晴", "email": "zhou@mail.example", "subject": "招标文件",
        "provided_by": "email", "file_0": "filed", "once": "k" * 20,
    }  # fmt: skip
    answer = browser.post(at("request_mail_enter", mail), {**typed, "confirmed_on": "2026-10-30"})
    assert answer.status_code == 422 and "早于到达日期" in answer.content.decode()
    answer = browser.post(at("request_mail_enter", mail), typed, follow=True)
    assert "回执" in answer.content.decode()
    case = DisclosureRequest.objects.get()
    assert (case.channel, case.arrived_on, case.files.count()) == ("email", NOW.date(), 1)
    assert "政府信息公开申请" in page(browser, reverse("desk:request", args=[case.uuid]))
    own = reverse("desk:request_case_mail", kwargs={"uuid": case.uuid, "pk": mail.pk})
    assert browser.get(own).content == raw
    assert browser.get(at("request_mail_raw", mail)).status_code == 403
    assert Entry.objects.filter(event="mail.read").count() == 1
    assert case.number in page(browser, reverse("desk:request_mails") + "?pile=taken")
    assert browser.get(at("request_mail_enter", mail)).status_code == 403


def test_it_goes_into_a_case_or_aside_and_back(
    office: Office, mailbox: Mailbox, sign_in: SignIn
) -> None:
    case = filed(office, date(2026, 11, 2)).request
    mail = arrived(mailbox, written(text=f"关于{case.number}，再补一份材料。", files=FILES))
    browser = sign_in(office.officer)
    assert f"归入{case.number}" in page(browser, at("request_mail", mail))
    assert f'value="{case.number}"' in page(browser, at("request_mail_join", mail))
    answer = browser.post(at("request_mail_aside", mail), {"reason": ""})
    assert answer.status_code == 422
    browser.post(at("request_mail_aside", mail), {"reason": "咨询"})
    assert "咨询" in page(browser, reverse("desk:request_mails") + "?pile=aside")
    browser.post(at("request_mail_back", mail))
    answer = browser.post(at("request_mail_join", mail), {"number": "没有的", "use": "paper"})
    assert answer.status_code == 422 and "没有找到这个登记号" in answer.content.decode()
    answer = browser.post(
        at("request_mail_join", mail), {"number": case.number, "use": "paper", "file_0": "on"}
    )
    assert answer.status_code == 302 and case.files.get().name == "申请表.pdf"


def test_downloads_are_exact_and_never_shown_in_the_browser(
    office: Office, mailbox: Mailbox, sign_in: SignIn
) -> None:
    raw = written(text="<script>alert(1)</script>", files=FILES)
    mail = arrived(mailbox, raw)
    browser = sign_in(office.officer)
    assert "<script>alert" not in page(browser, at("request_mail", mail))
    answer = browser.get(at("request_mail_raw", mail))
    assert answer.content == raw and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert browser.get(at("request_mail_file", mail, pk=1)).content == b"MZ"
    assert browser.get(at("request_mail_file", mail, pk=9)).status_code == 404


def test_an_original_with_identity_proofs_is_looked_at_for_a_purpose(
    office: Office, mailbox: Mailbox, sign_in: SignIn
) -> None:
    raw = written(files=FILES)
    mail = arrived(mailbox, raw)
    browser = sign_in(office.officer)
    typed = {"kind": "natural", "name": "周晓晴", "file_0": "identity", "once": "k" * 20}
    browser.post(at("request_mail_enter", mail), typed)
    case = DisclosureRequest.objects.get()
    own = reverse("desk:request_case_mail", kwargs={"uuid": case.uuid, "pk": mail.pk})
    assert "查看的用途" in page(browser, own)
    assert browser.post(own, {}).status_code == 422
    assert browser.post(own, {"purpose": "verify"}).content == raw
    line = Entry.objects.get(event="request.identity_read")
    assert line.reason == "核对申请人身份" and line.subject_id == case.pk
    assert sign_in(office.leader).get(own).status_code == 403


def test_a_letter_is_sent_by_mail_from_its_page(office: Office, sign_in: SignIn) -> None:
    who = replace(ZHAO, email="zhao@example.cn")
    case = filed(office, NOW.date(), applicant=who).request
    letter = replying.draft_reply(
        request=case, outcome="granted", stated={"provided": "复印件"}, by=office.officer, now=NOW
    )
    writing.submit(letter=letter, by=office.officer, now=NOW)
    writing.approve(letter=letter, by=office.leader, now=NOW)
    browser = sign_in(office.officer)
    keys = {"uuid": case.uuid, "pk": letter.pk}
    assert "用电子邮件发送" in page(browser, reverse("desk:request_paper", kwargs=keys))
    where = reverse("desk:request_paper_mail", kwargs=keys)
    assert "zhao@example.cn" in page(browser, where)
    assert browser.post(where).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "served" and letter.sendings.get().way == "electronic"
    assert "再用电子邮件发送" in page(browser, reverse("desk:request_paper", kwargs=keys))


def test_only_the_disclosure_office_of_the_body_sees_mail(
    office: Office, mailbox: Mailbox, sign_in: SignIn
) -> None:
    mail = arrived(mailbox, written())
    other = factories.office()
    names = (
        "request_mail", "request_mail_raw", "request_mail_enter", "request_mail_join",
        "request_mail_aside",
    )  # fmt: skip
    for person, refused in ((office.clerk, 403), (office.leader, 403), (other.officer, 404)):
        browser = sign_in(person)
        for name in names:
            assert browser.get(at(name, mail)).status_code == refused
        assert browser.post(at("request_mail_back", mail)).status_code == refused
    # The last of them, of another body: its own list is empty.
    assert "政府信息公开申请" not in page(browser, reverse("desk:request_mails"))
    missing = sign_in(office.officer)
    assert missing.get(reverse("desk:request_mail", args=[uuid4()])).status_code == 404


def test_the_mailbox_is_set_up_and_its_password_never_comes_out(
    office: Office, sign_in: SignIn
) -> None:
    browser, where = sign_in(office.officer), reverse("desk:request_mailbox")
    typed = {
        "is_on": "on", "host": "imap.example", "port": "993", "security": "ssl",
        "username": "xxgk@yunling.example", "password": "very-geheim", "folder": "INBOX",
        "from_on": "2026-11-01", "after": "move", "move_to": "", "acknowledge": "on",
    }  # fmt: skip
    answer = browser.post(where, typed)
    assert answer.status_code == 422 and "请填写要移到的文件夹" in answer.content.decode()
    assert "very-geheim" not in answer.content.decode()
    assert browser.post(where, {**typed, "move_to": "已收"}).status_code == 302
    row = Mailbox.objects.get()
    assert row.password == "very-geheim" and row.from_on == date(2026, 11, 1)
    assert "very-geheim" not in page(browser, where)
    elsewhere = {**typed, "move_to": "已收", "host": "evil.example", "password": ""}
    answer = browser.post(where, elsewhere)
    assert answer.status_code == 422 and "重新填写密码" in answer.content.decode()
    browser.post("/desk/keep/", {"_path": where, **typed})
    kept = KeptInput.objects.get(path=where)
    assert "password" not in str(_opened(kept))
    assert browser.post(reverse("desk:request_mailbox_fetch")).status_code == 302
    assert sign_in(office.clerk).get(where).status_code == 403


def _opened(kept: KeptInput) -> object:
    from gongkai.desk import scratch

    return scratch.unpacked(kept.fields)
