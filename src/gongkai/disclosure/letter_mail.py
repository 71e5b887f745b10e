"""A served letter as a mail: the words, the paper as it was sent, and its attachments."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django_tasks import task

from gongkai.disclosure import store
from gongkai.disclosure.letter_documents import letter_text
from gongkai.disclosure.models import Letter, Sending
from gongkai.law.letters import LETTERS

_HEAD = "您好。附件是本机关就您的政府信息公开申请作出的文书，以附件为准。全文如下。\n\n"


def mark_of(sending: Sending) -> str:
    """What names the mail: kept as its tracking number, and the same each time it is tried."""
    return f"{sending.letter.uuid}.{sending.pk}"


def compose(sending: Sending, address: str) -> EmailMessage:
    """The mail to the applicant of the letter's own case."""
    letter = sending.letter
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rsplit("@", 1)[-1].rstrip(">") or "localhost"
    reply_to = [letter.body.email] if letter.body.email else []
    message = EmailMessage(
        subject=f"{letter.body.name}{LETTERS[letter.kind].label}（{letter.number}）",
        body=_HEAD + letter_text(letter),
        to=[address],
        reply_to=reply_to,
        headers={"Message-ID": f"<{mark_of(sending)}@{domain}>"},
    )
    for file in (letter.paper, *letter.attachments.order_by("id")):
        if file is not None:
            message.attach(file.name, store.opened(file), file.media_type)
    return message


def weight(letter: Letter) -> int:
    """Bytes of everything that would go with the mail."""
    files = [letter.paper, *letter.attachments.all()]
    return sum(file.size for file in files if file is not None)


@task(unique=True)
def send(sending_id: int) -> bool:
    """Send the mail once; told again, it does nothing. An error of the mail server is retried."""
    sending = Sending.objects.select_related("letter__body", "letter__paper").get(pk=sending_id)
    if sending.tracking:
        return False
    address = sending.letter.request.applicant.email
    compose(sending, address).send()
    Sending.objects.filter(pk=sending.pk).update(tracking=mark_of(sending))
    return True
