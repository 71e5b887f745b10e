"""Which case a mail belongs to: by the mail it answers, or by a number it names. Only an offer."""

from __future__ import annotations

import re
from uuid import UUID

from gongkai.disclosure.mailbox.reading import ParsedMail
from gongkai.disclosure.models import DisclosureRequest, IncomingMail, Sending
from gongkai.orgs.models import Body

# `letter_mail.mark_of`: the letter's uuid and the sending's number.
_MARK = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(\d{1,12})@")
_ACKNOWLEDGED = re.compile(r"ack\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
_RECEIPT = re.compile(r"(?<!\d)(\d{8})\s?-\s?([2-9A-HJ-NP-Z]{6})(?![0-9A-Za-z])")
_LOOKED_AT = 20_000


def sending_of(mail: ParsedMail, body: Body) -> Sending | None:
    """The sending of a letter of this body that the mail answers or reports on."""
    for reference in mail.refers_to:
        found = _MARK.search(reference)
        if found is None:
            continue
        rows = Sending.objects.filter(
            pk=int(found[2]), letter__uuid=UUID(found[1]), letter__body=body
        )
        row = rows.select_related("letter__request").first()
        if row is not None:
            return row
    return None


def case_of(mail: ParsedMail, body: Body) -> DisclosureRequest | None:
    """The case a person's mail seems to belong to."""
    sending = sending_of(mail, body)
    if sending is not None:
        return sending.letter.request
    for reference in mail.refers_to:
        found = _ACKNOWLEDGED.search(reference)
        if found is not None:
            earlier = IncomingMail.objects.filter(uuid=UUID(found[1]), body=body).first()
            if earlier is not None and earlier.request is not None:
                return earlier.request
    return named_in(f"{mail.subject}\n{mail.text[:_LOOKED_AT]}", body)


def named_in(text: str, body: Body) -> DisclosureRequest | None:
    """The request of this body whose receipt number or register number stands in the text."""
    numbers = {f"{day}-{letters}" for day, letters in _RECEIPT.findall(text.upper())}
    rows = DisclosureRequest.objects.filter(body=body)
    if numbers:
        return rows.filter(receipt_number__in=list(numbers)[:20]).order_by("-id").first()
    found = re.findall(r"\S{0,20}〔\d{4}〕\d{1,6}号", text)[:20]
    for written in found:
        for start in range(len(written)):
            row = rows.filter(number=written[start:]).first()
            if row is not None:
                return row
    return None
