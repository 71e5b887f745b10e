"""A letter goes out by real SMTP with its evidence; what comes back is found in the mailbox."""

from __future__ import annotations

import hashlib
from datetime import date
from email import message_from_bytes
from email.message import Message

import pytest

from gongkai.disclosure import letter_mail, reminder_mail, store
from gongkai.disclosure.actions import mailing
from gongkai.disclosure.mailbox import fetching
from gongkai.disclosure.models import IncomingMail, Letter, MailState, Reminder, Sending
from gongkai.journal.models import Entry
from gongkai.kit.refusal import Refusal
from gongkai.queue.run import drain
from tests import mail
from tests.disclosure.letters import cases as make
from tests.disclosure.mailbox.conftest import NOON, mailbox_of, numbered_office
from tests.disclosure.mailbox.samples import bounced, written

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_dir")]
WHO = {"email": "zhang@mail.example"}


def approved(of: make.Case) -> Letter:
    return make.approved(make.reply_with(of, make.file_of(of, "分配方案.pdf")), of)


def parts_of(message: Message) -> dict[str, bytes]:
    found = {}
    for part in message.walk():
        if name := part.get_filename():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[name] = content
    return found


def test_it_is_served_and_sent_with_evidence(smtp: mail.Sink) -> None:
    of = make.case(who=WHO)
    letter = approved(of)
    sending = mailing.serve_by_mail(letter=letter, by=of.at.officer, now=make.NOW)
    of.request.refresh_from_db()
    assert (of.request.state, of.request.replied_on) == ("replied", date(2026, 11, 2))
    assert smtp.got == []
    drain()
    ((envelope, to, raw),) = smtp.got
    assert (envelope, to) == ("xxgk@yunling.example", ["zhang@mail.example"])
    sending.refresh_from_db()
    assert sending.tracking == f"{letter.uuid}.{sending.pk}" and sending.evidence is not None
    text = store.opened(sending.evidence).decode()
    assert "zhang@mail.example" in text and sending.tracking in text
    enclosed = parts_of(message_from_bytes(raw))
    assert len(enclosed) == 2
    for name, content in enclosed.items():
        assert name in text and hashlib.sha256(content).hexdigest() in text
    (line,) = Entry.objects.filter(event="letter.accepted")
    assert "zhang" not in str(line.data)
    assert letter_mail.send.call(sending.pk) is False and len(smtp.got) == 1


def test_nothing_is_served_where_it_cannot_be_mailed(smtp: mail.Sink) -> None:
    of = make.case()
    with pytest.raises(Refusal, match="没有留下电子邮箱"):
        mailing.serve_by_mail(letter=approved(of), by=of.at.officer, now=make.NOW)
    of = make.case(of.at, who=WHO)
    letter = approved(of)
    with pytest.raises(Refusal, match="没有交办给您"):
        mailing.serve_by_mail(letter=letter, by=of.at.verifier, now=make.NOW)
    assert not Sending.objects.exists()
    letter.refresh_from_db()
    assert letter.state == "approved"


def test_a_server_that_refuses_leaves_no_evidence_and_is_tried_again(smtp: mail.Sink) -> None:
    of = make.case(who=WHO)
    sending = mailing.serve_by_mail(letter=approved(of), by=of.at.officer, now=make.NOW)
    smtp.refuse = "451 later"
    with pytest.raises(Exception, match="451"):
        letter_mail.send.call(sending.pk)
    sending.refresh_from_db()
    assert sending.tracking == "" and sending.evidence is None
    smtp.refuse = ""
    assert letter_mail.send.call(sending.pk) is True


def test_what_comes_back_goes_into_the_case_and_onto_a_list(
    imap: mail.Imap, smtp: mail.Sink
) -> None:
    of = make.case(who=WHO)
    mailbox = mailbox_of(of.at, imap.port, sends_letters=True)
    sending = mailing.serve_by_mail(letter=approved(of), by=of.at.officer, now=make.NOW)
    drain()
    ((envelope, _, raw),) = smtp.got
    # The report goes to the envelope's sender: the mailbox that is read.
    assert envelope == mailbox.username
    mark = message_from_bytes(raw)["Message-ID"]
    for report in (bounced(mark, action="delayed", status="4.4.1"), bounced(mark)):
        imap.deliver(mailbox.username, report, NOON)
    assert fetching.fetch(mailbox, now=NOON).kinds == {"bounce": 2}
    delayed, failed = IncomingMail.objects.order_by("id")
    assert delayed.request == failed.request == of.request
    assert delayed.sending == failed.sending == sending and failed.state == MailState.TAKEN
    (reminder,) = Reminder.objects.filter(kind="undelivered")
    (copy,) = reminder_mail.waiting(of.at.officer)
    assert copy.reminder == reminder
    told = reminder_mail.sentence(reminder, NOON.date())
    assert of.request.number in told and "被退回" in told and "zhang" not in told
    assert Entry.objects.filter(event="letter.came_back").count() == 1
    # Reports about other mails, and answers of people, are no business of this letter.
    imap.deliver(mailbox.username, bounced(f"<{sending.letter.uuid}.999@x>"), NOON)
    imap.deliver(mailbox.username, written(In_Reply_To=mark), NOON)
    fetching.fetch(mailbox, now=NOON)
    other, answer = IncomingMail.objects.order_by("id")[2:]
    assert other.request is None and other.state == MailState.SET_ASIDE
    assert answer.suggested == of.request and answer.state == MailState.WAITING
    # Sent again, the day that counts stays.
    again = mailing.serve_by_mail(letter=sending.letter, by=of.at.officer, now=make.NOW)
    assert again.pk != sending.pk
    of.request.refresh_from_db()
    assert of.request.replied_on == date(2026, 11, 2)


def test_a_report_in_another_bodys_mailbox_touches_no_case(
    imap: mail.Imap, smtp: mail.Sink
) -> None:
    of = make.case(who=WHO)
    sending = mailing.serve_by_mail(letter=approved(of), by=of.at.officer, now=make.NOW)
    mark = f"<{sending.letter.uuid}.{sending.pk}@yunling.example>"
    elsewhere = mailbox_of(numbered_office(), imap.port)
    imap.deliver(elsewhere.username, bounced(mark), NOON)
    imap.deliver(elsewhere.username, written(In_Reply_To=mark), NOON)
    fetching.fetch(elsewhere, now=NOON)
    for row in IncomingMail.objects.all():
        assert (row.request, row.suggested, row.sending) == (None, None, None)
    assert not Reminder.objects.filter(kind="undelivered").exists()
