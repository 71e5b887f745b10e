"""What a person makes of a mail, and whom the program answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gongkai.disclosure import store
from gongkai.disclosure.actions import closing, filing, mail_intake, purging, supplementing
from gongkai.disclosure.mailbox import acknowledging, fetching, kept
from gongkai.disclosure.models import (
    DisclosureRequest,
    FilePart,
    IncomingMail,
    Mailbox,
    MailState,
)
from gongkai.disclosure.values import ApplicantText, Application, AskedText
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.queue.run import drain
from tests import mail
from tests.disclosure.conftest import at, filed, send
from tests.disclosure.mailbox.conftest import NOON, mailbox_of, numbered_office
from tests.disclosure.mailbox.samples import bounced, written
from tests.factories import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
FILES = (
    ("申请表.pdf", b"%PDF-1.7 form", "application/pdf"),
    ("身份证.jpg", b"\xff\xd8\xffcard", "image/jpeg"),
    ("程序.exe", b"MZ", "application/octet-stream"),
)
ASKED = Application(
    ApplicantText("natural", name="周晓晴", email="zhou@mail.example"),
    AskedText(subject="杏花路绿化工程的招标文件"),
)


def brought(office: Office, imap: mail.Imap, *raws: bytes, when: datetime = NOON) -> IncomingMail:
    """The last of these mails after a run."""
    mailbox = Mailbox.objects.filter(body=office.body).first() or mailbox_of(office, imap.port)
    for raw in raws:
        imap.deliver(mailbox.username, raw, when)
    assert fetching.fetch(mailbox, now=when).failure == ""
    return IncomingMail.objects.latest("id")


def entered(office: Office, row: IncomingMail, **more: Any) -> DisclosureRequest:
    given = {"application": ASKED, "confirmed_on": None, "parts": {}, "now": NOON, **more}
    return mail_intake.file_from_mail(mail=row, by=office.officer, **given).request


def test_a_mail_becomes_a_request_that_waits_for_its_confirmation(imap: mail.Imap) -> None:
    office = numbered_office()
    row = brought(office, imap, written(files=FILES), when=NOON - timedelta(days=1))
    found = mail_intake.enclosures(row)
    assert [(e.upload.name, bool(e.refused)) for e in found] == [
        ("申请表.pdf", False),
        ("身份证.jpg", False),
        ("程序.exe", True),
    ]
    case = entered(office, row, parts={0: FilePart.FILED, 1: FilePart.IDENTITY})
    assert (case.channel, case.arrived_on, case.state) == (
        "email",
        date(2026, 11, 2),
        "awaiting_confirmation",
    )
    assert case.received_on is None and case.due_on is None
    assert {(f.name, f.part, store.opened(f)) for f in case.files.all()} == {
        ("申请表.pdf", "filed", b"%PDF-1.7 form"),
        ("身份证.jpg", "identity", b"\xff\xd8\xffcard"),
    }
    row.refresh_from_db()
    assert (row.request, row.state, row.by) == (case, MailState.TAKEN, office.officer)
    filing.confirm(request=case, on=date(2026, 11, 4), by=office.officer, now=at(2026, 11, 4))
    case = DisclosureRequest.objects.get()
    assert (case.received_on, case.state) == (date(2026, 11, 4), "accepted")
    line = Entry.objects.get(event="mail.filed")
    assert "zhou" not in str(line.data) and "周晓晴" not in str(line.data)
    with pytest.raises(Refusal, match="已归入申请"):
        entered(office, row)
    assert DisclosureRequest.objects.count() == 1


def test_a_refused_file_or_day_leaves_the_mail_waiting(imap: mail.Imap) -> None:
    office = numbered_office()
    row = brought(office, imap, written(files=FILES))
    for wrong in (
        {"parts": {2: FilePart.FILED}},
        {"parts": {9: FilePart.FILED}},
        {"confirmed_on": date(2026, 11, 2)},
    ):
        with pytest.raises(Refusal):
            entered(office, row, **wrong)
    row.refresh_from_db()
    assert row.state == MailState.WAITING and not DisclosureRequest.objects.exists()
    with pytest.raises(Refusal, match="公开工作机构处理"):
        mail_intake.set_aside(mail=row, reason="x", by=office.clerk, now=NOON)


def test_set_aside_with_a_reason_and_put_back(imap: mail.Imap) -> None:
    office = numbered_office()
    row = brought(office, imap, written())
    with pytest.raises(Refusal, match="写明为什么"):
        mail_intake.set_aside(mail=row, reason=" ", by=office.officer, now=NOON)
    mail_intake.set_aside(mail=row, reason="咨询电话", by=office.officer, now=NOON)
    with pytest.raises(Refusal, match="不是申请"):
        entered(office, row)
    mail_intake.put_back(mail=row, by=office.officer, now=NOON)
    assert entered(office, row).channel == "email"
    assert "咨询" not in str(list(Entry.objects.values()))


def test_what_the_program_set_apart_can_be_put_back(imap: mail.Imap) -> None:
    office = numbered_office()
    row = brought(office, imap, written(List_Unsubscribe="<mailto:x@y.example>"))
    assert row.state == MailState.SET_ASIDE
    mail_intake.put_back(mail=row, by=office.officer, now=NOON)
    assert entered(office, row).state == "awaiting_confirmation"


@pytest.mark.usefixtures("no_paper")
def test_a_mail_that_answers_a_case_is_offered_and_taken_as_its_supplement(
    imap: mail.Imap,
) -> None:
    office = numbered_office()
    case = filed(office, date(2026, 11, 2)).request
    letter = supplementing.ask_supplement(
        request=case, points=["写明年份"], due_on=date(2026, 11, 20), by=office.officer,
        now=at(2026, 11, 2),
    )  # fmt: skip
    sent = send(letter, office, date(2026, 11, 2))
    reference = f"<{letter.uuid}.{sent.pk}@yunling.example>"
    raw = written(text="是二〇二五年的。", files=FILES[:1], References=reference)
    row = brought(office, imap, raw)
    assert row.suggested == case and row.state == MailState.WAITING
    mail_intake.put_into_case(
        mail=row, request=case, parts=[0], supplement=True, by=office.officer, now=NOON
    )
    case.refresh_from_db()
    assert (case.supplement, case.state) == ("是二〇二五年的。", "accepted")
    assert case.files.get(part=FilePart.SUPPLEMENT).name == "申请表.pdf"
    # The whole term runs anew from the day the mail arrived.
    assert case.due_on == date(2026, 12, 1) and row.arrived_at.date() == date(2026, 11, 3)


@pytest.mark.parametrize("write", ["主题 {0}", "回执号 {0}。", "关于 {1} 的补充说明"])
def test_a_number_in_the_mail_offers_its_case(imap: mail.Imap, write: str) -> None:
    office = numbered_office()
    case = filed(office, date(2026, 11, 2)).request
    text = write.format(case.receipt_number.lower(), case.number)
    row = brought(office, imap, written(text=text))
    assert row.suggested == case
    mail_intake.put_into_case(
        mail=row, request=case, parts=[], supplement=False, by=office.officer, now=NOON
    )
    assert list(case.mails.all()) == [row]


def test_another_bodys_case_is_neither_offered_nor_reachable(imap: mail.Imap) -> None:
    office, other = numbered_office(), numbered_office()
    foreign = filed(other, date(2026, 11, 2)).request
    row = brought(office, imap, written(text=f"回执号{foreign.receipt_number}"))
    assert row.suggested is None
    with pytest.raises(Refusal):
        mail_intake.put_into_case(
            mail=row, request=foreign, parts=[], supplement=False, by=office.officer, now=NOON
        )


def test_originals_go_when_their_time_is_over_and_waiting_ones_stay(imap: mail.Imap) -> None:
    office = numbered_office()
    row = brought(office, imap, written())
    case = entered(office, row)
    aside = brought(office, imap, written(message_id="<n@x>", Auto_Submitted="auto-replied"))
    waits = brought(office, imap, written(message_id="<w@x>", text="等"))
    closing.withdraw(request=case, by=office.officer, now=at(2026, 11, 5))
    paths = {r.pk: kept.path_of(r.content_index) for r in (row, aside, waits)}
    purging.purge_due(now=at(2027, 11, 20))
    assert [paths[r.pk].exists() for r in (row, aside, waits)] == [True, True, True]
    _after_commit(lambda: purging.purge_due(now=at(2027, 11, 20)))
    assert not IncomingMail.objects.filter(pk=aside.pk).exists()
    _after_commit(lambda: purging.purge(request=case, now=at(2036, 11, 20)))
    assert [paths[r.pk].exists() for r in (row, waits)] == [False, True]
    row.refresh_from_db()
    assert (row.sender, row.text, row.content_index) == ("", "", "")
    with pytest.raises(Refusal, match="已按期清除"):
        kept.opened(row.content_index, row.body_id)


def _after_commit(act: Any) -> None:
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        act()


class TestAcknowledging:
    """Real SMTP: once, to people only."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def test_a_person_is_told_once_and_the_answer_says_it_is_automatic(
        self, imap: mail.Imap, smtp: mail.Sink
    ) -> None:
        office = numbered_office()
        row = brought(office, imap, written(), written(message_id="<2@x>", text="又一件"))
        drain()
        (message,) = smtp.messages()
        assert message["To"] == "zhou@mail.example"
        assert message["Auto-Submitted"] == "auto-replied"
        first = IncomingMail.objects.order_by("id")[0]
        told_at = first.acknowledged_at
        assert told_at is not None
        assert message["Message-ID"] == f"<ack.{first.uuid}@yunling.example>"
        text = message.get_payload(decode=True)
        assert isinstance(text, bytes)
        assert "双方确认之日" in text.decode() and "杏花路" not in text.decode()
        assert acknowledging.send(first.pk, NOON) is False
        assert acknowledging.send(row.pk, NOON) is False  # the same sender, the same day
        assert acknowledging.send(row.pk, told_at + timedelta(days=2)) is True
        assert len(smtp.got) == 2

    @pytest.mark.parametrize(
        "marks",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Return_Path": "<>"},
            {"Precedence": "list"},
            {"sender": "noreply@mail.example"},
            {"sender": "MAILER-DAEMON@mail.example"},
            {"sender": "not an address"},
        ],
    )
    def test_no_machine_is_answered(
        self, imap: mail.Imap, smtp: mail.Sink, marks: dict[str, Any]
    ) -> None:
        brought(numbered_office(), imap, written(**marks), bounced("<a@b>"))
        drain()
        # Not even when somebody asks for it.
        assert [acknowledging.send(m.pk, NOON) for m in IncomingMail.objects.all()] == [False] * 2
        assert smtp.got == []

    def test_two_programs_that_answer_each_other_stop(
        self, imap: mail.Imap, smtp: mail.Sink
    ) -> None:
        office = numbered_office()
        brought(office, imap, written())
        drain()
        # The other side answers without saying that it is a machine, over and over.
        for number in range(3):
            brought(office, imap, written(message_id=f"<again{number}@x>", text=f"收到{number}"))
            drain()
        assert len(smtp.got) == 1
        # Our own answer, sent back as it is, is no request either.
        own = smtp.got[0][2].replace(b"zhou@mail.example", b"xxgk@yunling.example")
        assert brought(office, imap, own).state == MailState.SET_ASIDE

    def test_a_refusal_of_the_server_is_tried_again(self, imap: mail.Imap, smtp: mail.Sink) -> None:
        row = brought(numbered_office(), imap, written())
        smtp.refuse = "451 later"
        with pytest.raises(Exception, match="451"):
            acknowledging.send(row.pk, NOON)
        row.refresh_from_db()
        assert row.acknowledged_at is None
        smtp.refuse = ""
        assert acknowledging.send(row.pk, NOON) is True

    def test_it_can_be_switched_off(self, imap: mail.Imap, smtp: mail.Sink) -> None:
        office = numbered_office()
        mailbox_of(office, imap.port, acknowledge=False)
        brought(office, imap, written())
        drain()
        assert smtp.got == []
