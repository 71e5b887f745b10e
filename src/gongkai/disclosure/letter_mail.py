"""A served letter as a mail: the words, the paper as it was sent, and its attachments."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from gongkai.disclosure import mailing_evidence, store
from gongkai.disclosure.letter_documents import letter_text
from gongkai.disclosure.mailing_evidence import mark_of
from gongkai.disclosure.models import Letter, Mailbox, SealedFile, Sending
from gongkai.law.letters import LETTERS

_HEAD = "您好。附件是本机关就您的政府信息公开申请作出的文书，以附件为准。全文如下。\n\n"


def sender_of(letter: Letter) -> str:
    """The address letters of the body go out from: its mailbox where that was allowed."""
    mailbox = Mailbox.objects.filter(body_id=letter.body_id, sends_letters=True).first()
    own = mailbox.username if mailbox else ""
    return own if "@" in own else settings.DEFAULT_FROM_EMAIL


def subject_of(letter: Letter) -> str:
    """What stands as the title of the mail."""
    return f"{letter.body.name}{LETTERS[letter.kind].label}（{letter.number}）"


def compose(sending: Sending, address: str) -> EmailMessage:
    """The mail to the applicant of the letter's own case."""
    letter = sending.letter
    sender = sender_of(letter)
    domain = sender.rsplit("@", 1)[-1].rstrip(">") or "localhost"
    reply_to = [letter.body.email] if letter.body.email else []
    message = EmailMessage(
        subject=subject_of(letter),
        body=_HEAD + letter_text(letter),
        from_email=sender,
        to=[address],
        reply_to=reply_to,
        headers={"Message-ID": f"<{mark_of(sending)}@{domain}>"},
    )
    for file in enclosed(letter):
        message.attach(file.name, store.opened(file), file.media_type)
    return message


def enclosed(letter: Letter) -> list[SealedFile]:
    """What goes with the mail: the paper as it was sent, and its attachments."""
    files = [letter.paper, *letter.attachments.order_by("id")]
    return [file for file in files if file is not None]


def weight(letter: Letter) -> int:
    """Bytes of everything that would go with the mail."""
    return sum(file.size for file in enclosed(letter))


@task(unique=True)
def send(sending_id: int) -> bool:
    """Send the mail once; told again, it does nothing. An error of the mail server is retried.

    That the server took it is kept with the case as evidence of the service.
    """
    sending = Sending.objects.select_related("letter__body", "letter__paper").get(pk=sending_id)
    if sending.tracking:
        return False
    address = sending.letter.request.applicant.email
    message = compose(sending, address)
    message.send()
    mailing_evidence.keep(sending, message, timezone.now())
    return True
