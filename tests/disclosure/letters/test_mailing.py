"""Mailing a served letter: to the applicant of its own case, once."""

from __future__ import annotations

import pytest
from django.core import mail

from gongkai.disclosure.actions import mailing, sending
from gongkai.disclosure.letter_mail import send
from gongkai.disclosure.models import Sending
from gongkai.kit.refusal import Refusal
from gongkai.law.service import Service, Way
from gongkai.queue.run import drain
from tests.disclosure.letters import cases as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data_dir")]
BY_NET = Service(Way.ELECTRONIC, posted_on=make.on(11, 2))


def served(of: make.Case, service: Service = BY_NET, *, tracking: str = "") -> Sending:
    letter = make.approved(make.reply_with(of, make.file_of(of, "分配方案.pdf")), of)
    return sending.serve(
        letter=letter, service=service, tracking=tracking, by=of.at.officer, now=make.NOW
    )


def test_the_mail_goes_to_the_applicant_with_paper_and_attachments_once() -> None:
    of = make.case(who={"email": "zhang@example.org"})
    row = served(of)
    mailing.mail_letter(sending=row, by=of.at.officer, now=make.NOW)
    assert mail.outbox == []
    drain()
    (message,) = mail.outbox
    assert message.to == ["zhang@example.org"]
    assert "云商信答〔2026〕1号" in message.subject and "随附文件" in str(message.body)
    names = [a[0] for a in message.attachments if isinstance(a, tuple)]
    assert names[1] == "分配方案.pdf" and names[0].startswith("政府信息公开答复书")
    row.refresh_from_db()
    assert row.tracking in message.extra_headers["Message-ID"]
    assert send.call(row.pk) is False and len(mail.outbox) == 1
    with pytest.raises(Refusal, match="发送过"):
        mailing.mail_letter(sending=row, by=of.at.officer, now=make.NOW)


def test_no_address_or_another_way_is_refused() -> None:
    of = make.case()
    with pytest.raises(Refusal, match="没有留下电子邮箱"):
        mailing.mail_letter(sending=served(of), by=of.at.officer, now=make.NOW)
    of = make.case(of.at, who={"email": "zhang@example.org"})
    by_post = Service(Way.POST, posted_on=make.on(11, 2))
    with pytest.raises(Refusal, match="互联网渠道"):
        mailing.mail_letter(
            sending=served(of, by_post, tracking="XA1CN"), by=of.at.officer, now=make.NOW
        )
    drain()
    assert mail.outbox == []
