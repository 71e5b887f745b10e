"""Sending a letter by e-mail, once its service over the net is registered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.disclosure import letter_mail, policies
from gongkai.disclosure.actions.sending import serve
from gongkai.disclosure.actions.writing import held, note_letter
from gongkai.disclosure.models import Letter, Sending
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.cite import Cite
from gongkai.law.service import Service, Way
from gongkai.orgs.models import Person

BASIS = str(Cite("service_2016_235"))
# What mail servers commonly take, with a third more for the coding.
LARGEST = 18 * 1024 * 1024


@transaction.atomic
def mail_letter(*, sending: Sending, by: Person | None, now: datetime) -> Sending:
    """Have the letter mailed to the applicant of its case. The address cannot be stated.

    Refused for another way of service, for a letter to somebody else than the applicant, and
    where the applicant gave no address. The mail goes out after the commit.
    """
    kept = held(sending.letter)
    policies.may_handle(by, kept.request, civil_day(now)).require(policies.BASIS)
    row = Sending.objects.select_for_update(no_key=True).get(pk=sending.pk)
    sentence = _why_not(row, kept)
    if not sentence and letter_mail.weight(kept) > LARGEST:
        sentence = (
            f"文书和附件超过{LARGEST // 1024 // 1024}MB，不能用电子邮件发送，请改用其他方式。"
        )
    if sentence:
        raise Refusal("letter.not_mailed", sentence, BASIS)
    letter_mail.send.enqueue(row.pk)
    note_letter("letter.mailed", kept, by=by, data={"number": kept.number})
    return row


def serve_by_mail(*, letter: Letter, by: Person, now: datetime) -> Sending:
    """Register the service over the net, today, and have the letter mailed: both or neither.

    A letter that came back may be sent again; the day that counts stays the first.
    """
    with transaction.atomic():
        sentence = _why_not_to(letter)
        if sentence:
            raise Refusal("letter.not_mailed", sentence, BASIS)
        service = Service(Way.ELECTRONIC, posted_on=civil_day(now))
        sending = serve(letter=letter, service=service, by=by, now=now)
        return mail_letter(sending=sending, by=by, now=now)


def _why_not_to(letter: Letter) -> str:
    """Why this letter cannot go by mail; "" when it can."""
    if letter.ref:
        return "这份文书不是发给申请人的，请按登记的地址寄送。"
    if not letter.request.applicant.email.strip():
        return "申请人没有留下电子邮箱，请改用其他方式送达。"
    return ""


def _why_not(sending: Sending, letter: Letter) -> str:
    if sending.way != Way.ELECTRONIC:
        return "只有登记为互联网渠道送达的文书才能用电子邮件发送。"
    if sentence := _why_not_to(letter):
        return sentence
    if sending.tracking:
        return "这份文书已经用电子邮件发送过。"
    return ""
