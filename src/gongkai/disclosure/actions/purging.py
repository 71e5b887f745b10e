"""Personal data leave when their time is over: identity papers first, then the rest of the case."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet

from gongkai.disclosure import store
from gongkai.disclosure.casework import locked, write_down
from gongkai.disclosure.mailbox import kept as kept_mail
from gongkai.disclosure.models import (
    Applicant,
    Assignment,
    Consultation,
    DisclosureRequest,
    FilePart,
    IncomingMail,
    Letter,
    MailState,
    RedactedCopy,
    RemedyCase,
    RemedyOutcome,
    SealedFile,
    SearchEntry,
    Step,
)
from gongkai.disclosure.retention import IDENTITY_MONTHS, identity_purge_day
from gongkai.journal.values import Change
from gongkai.kit.dates import CHINA, civil_day
from gongkai.law.periods import add_months

BASIS = "《个人信息保护法》第十九条、第四十七条"
# Table → columns set to the empty text, all reached by `request`.
_CLEARED: tuple[tuple[type, tuple[str, ...]], ...] = (
    (Step, ("reason",)),
    (Assignment, ("note",)),
    (Consultation, ("party", "address", "information", "reason", "opinion_reason")),
    (SearchEntry, ("terms", "found")),
    (RemedyCase, ("case_number", "note")),
    (RedactedCopy, ("removals",)),
    (Letter, ("parts", "addressee", "note")),
)
_APPLICANT = (
    "name", "representative", "contact", "identity_kind", "identity_number", "phone", "email",
    "address", "postcode", "agent", "assistance", "identity_index", "contact_index",
)  # fmt: skip
# Of a mail; its bytes go with them.
_MAIL = ("sender", "sender_name", "sender_index", "subject", "text", "reason", "digest")
_OWN_WORDS = (
    "subject", "description", "supplement", "purpose", "secret_digest", "declined_reason",
)  # fmt: skip


def purge_due(*, now: datetime) -> int:
    """Clear what is due, each case in a transaction of its own; the number of cases cleared.

    A case with a remedy still pending keeps everything.
    """
    today = civil_day(now)
    for pk in list(_with_identity(today).values_list("pk", flat=True)):
        _purge_identity(pk, now)
    _drop_other_mail(today)
    due = _quiet().filter(purge_on__lte=today, purged_at__isnull=True)
    keys = list(due.values_list("pk", flat=True))
    for pk in keys:
        purge(request=DisclosureRequest.objects.get(pk=pk), now=now)
    return len(keys)


def _drop_other_mail(today: date) -> None:
    """Mail that became no request (bounces, auto-replies, other letters) goes after a year.

    What still waits for somebody stays, however old.
    """
    until = datetime.combine(add_months(today, -IDENTITY_MONTHS), time.min, CHINA)
    rows = IncomingMail.objects.filter(request__isnull=True, arrived_at__lt=until)
    with transaction.atomic():
        old = rows.exclude(state=MailState.WAITING)
        _forget_bytes(old)
        old.delete()


def _forget_bytes(rows: QuerySet[IncomingMail]) -> None:
    """The mails as they came leave the disk when the transaction commits."""
    for index in rows.exclude(content_index="").values_list("content_index", flat=True):
        kept_mail.forget(index)


def _quiet() -> QuerySet[DisclosureRequest]:
    """Ended cases without a pending remedy."""
    pending = RemedyCase.objects.filter(outcome=RemedyOutcome.PENDING).values("request_id")
    return DisclosureRequest.objects.filter(closed_at__isnull=False).exclude(pk__in=pending)


def _with_identity(today: date) -> QuerySet[DisclosureRequest]:
    proofs = SealedFile.objects.filter(part=FilePart.IDENTITY, purged_at__isnull=True)
    rows = _quiet().filter(pk__in=proofs.values("request_id")).select_related("body")
    ripe = [
        row.pk
        for row in rows
        if row.closed_at and identity_purge_day(row.body, civil_day(row.closed_at)) <= today
    ]
    return DisclosureRequest.objects.filter(pk__in=ripe)


@transaction.atomic
def _purge_identity(pk: int, now: datetime) -> None:
    request = locked(DisclosureRequest.objects.get(pk=pk))
    for file in request.files.filter(part=FilePart.IDENTITY, purged_at__isnull=True):
        store.purge(file, now)
    # What was enclosed with a mail lies in its bytes, too; its words stay.
    _forget_bytes(request.mails.all())
    request.mails.update(content_index="")
    write_down("request.identity_purged", request=request, by=None, change=Change(basis=BASIS))


@transaction.atomic
def purge(*, request: DisclosureRequest, now: datetime) -> DisclosureRequest:
    """Clear everything personal of one case; numbers, days, kind and outcome stay for counting."""
    kept = locked(request)
    # First: the triggers let go of an approved letter's words only then.
    kept.purged_at = now
    for name in _OWN_WORDS:
        setattr(kept, name, "")
    kept.save(update_fields=["purged_at", *_OWN_WORDS])
    Applicant.objects.filter(request=kept).update(**dict.fromkeys(_APPLICANT, ""))
    for table, columns in _CLEARED:
        table.objects.filter(request=kept).update(  # type: ignore[attr-defined]
            **dict.fromkeys(columns, "")
        )
    _forget_bytes(kept.mails.all())
    kept.mails.update(**dict.fromkeys((*_MAIL, "content_index"), ""))
    for file in kept.files.filter(purged_at__isnull=True):
        store.purge(file, now)
    write_down("request.purged", request=kept, by=None, change=Change(basis=BASIS))
    return kept
