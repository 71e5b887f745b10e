"""Tables of requests, in several files; import from here."""

from gongkai.disclosure.models.answers import PublicAnswer, RemedyCase, RemedyKind, RemedyOutcome
from gongkai.disclosure.models.copies import RedactedCopy
from gongkai.disclosure.models.correspondence import (
    FilePart,
    Letter,
    LetterState,
    SealedFile,
    Sending,
)
from gongkai.disclosure.models.handling import (
    Assignment,
    Consultation,
    Fee,
    SearchEntry,
    Step,
)
from gongkai.disclosure.models.mailbox import (
    AfterFetch,
    IncomingMail,
    Mailbox,
    MailKind,
    MailSecurity,
    MailState,
)
from gongkai.disclosure.models.reminders import Reminder, ReminderCopy, ReminderKind
from gongkai.disclosure.models.requests import Applicant, DisclosureRequest, RequestState, Solved

__all__ = [
    "AfterFetch",
    "Applicant",
    "Assignment",
    "Consultation",
    "DisclosureRequest",
    "Fee",
    "FilePart",
    "IncomingMail",
    "Letter",
    "LetterState",
    "MailKind",
    "MailSecurity",
    "MailState",
    "Mailbox",
    "PublicAnswer",
    "RedactedCopy",
    "RemedyCase",
    "RemedyKind",
    "RemedyOutcome",
    "Reminder",
    "ReminderCopy",
    "ReminderKind",
    "RequestState",
    "SealedFile",
    "SearchEntry",
    "Sending",
    "Solved",
    "Step",
]
