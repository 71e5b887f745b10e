"""Work of requests that the worker does."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task(unique=True)
def purge_due() -> int:
    """Clear personal data whose time is over; the number of requests cleared."""
    from gongkai.disclosure.actions.purging import purge_due as purge

    return purge(now=timezone.now())


@task(unique=True)
def sweep() -> int:
    """Delete sealed files that belong to no row; the number deleted."""
    from gongkai.disclosure.actions.sweeping import sweep as swept

    return swept(now=timezone.now()).deleted


@task(unique=True)
def warn_due() -> int:
    """Tell of cases that have reached a set distance from their due date."""
    from gongkai.disclosure.actions.reminding import warn_due as warn

    return warn(now=timezone.now())


@task(unique=True)
def mail_reminders(person_id: int) -> int:
    """Mail a person what is new on his list; run twice, the second finds nothing new."""
    from gongkai.disclosure import reminder_mail
    from gongkai.orgs.models import Person

    return reminder_mail.send(Person.objects.get(pk=person_id), timezone.now())


@task(unique=True)
def fetch_mail() -> int:
    """Have every mailbox that is on read; the number of mailboxes."""
    from gongkai.disclosure.models import Mailbox

    keys = list(
        Mailbox.objects.filter(is_on=True, body__is_active=True).values_list("pk", flat=True)
    )
    for key in keys:
        fetch_mailbox.enqueue(key)
    return len(keys)


@task(unique=True, time_limit=1800)
def fetch_mailbox(mailbox_id: int) -> int:
    """Read one mailbox; the number of new mails. What fails is noted and tried again next time."""
    from gongkai.disclosure.mailbox.fetching import fetch
    from gongkai.disclosure.models import Mailbox

    mailbox = Mailbox.objects.select_related("body").filter(pk=mailbox_id, is_on=True).first()
    return fetch(mailbox, now=timezone.now()).new if mailbox else 0


@task(unique=True)
def acknowledge(mail_id: int) -> bool:
    """Tell a sender that the mail came in; told again, it does nothing."""
    from gongkai.disclosure.mailbox.acknowledging import send

    return send(mail_id, timezone.now())
