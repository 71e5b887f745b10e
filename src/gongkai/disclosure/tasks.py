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
