"""Reminders: made once, on the list of each who is told, and mailed to him once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from gongkai.disclosure import casework, policies, recipients, reminder_rules
from gongkai.disclosure.models import (
    DisclosureRequest,
    Reminder,
    ReminderCopy,
    ReminderKind,
)
from gongkai.journal.actions import append
from gongkai.journal.values import Change, Subject
from gongkai.kit.dates import civil_day
from gongkai.kit.refusal import Refusal
from gongkai.law.workdays import Calendar
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.orgs.models import Body, Person

BASIS = "《条例》第三十三条"


def warn_due(*, now: datetime) -> int:
    """Tell of every open case that has reached a set distance; the number of new reminders.

    Run as often as one likes: a case is told of once per due date and distance.
    """
    days, today = calendar(), civil_day(now)
    made = 0
    for body in Body.objects.filter(is_active=True):
        rules = reminder_rules.rules_of(body.profile)
        farthest = max(rules.values(), default=None)
        if farthest is None:
            continue
        rows = DisclosureRequest.objects.filter(
            body=body,
            state__in=casework.OPEN_STATES,
            due_on__isnull=False,
            due_on__lte=days.add_workdays(today, farthest).on,
        )
        for pk in list(rows.order_by("due_on", "id").values_list("pk", flat=True)):
            made += _warn(pk, rules, days, now)
    return made


@transaction.atomic
def _warn(pk: int, rules: Mapping[str, int], days: Calendar, now: datetime) -> int:
    """Each case in a transaction of its own, with the row as it is now."""
    request, today = casework.locked(DisclosureRequest(pk=pk)), civil_day(now)
    if request.state not in casework.OPEN_STATES or request.due_on is None:
        return 0
    distance = reminder_rules.distance_of(working_days_left(request.due_on, today, days), rules)
    if distance is None:
        return 0
    known = Reminder.objects.filter(
        request=request, kind=ReminderKind.DUE, due_on=request.due_on, distance__lte=distance
    )
    if known.exists():
        return 0
    whom = recipients.of_roles(request, reminder_rules.told_at(distance, rules), today)
    row = Reminder(
        request=request,
        kind=ReminderKind.DUE,
        due_on=request.due_on,
        distance=distance,
        made_at=now,
    )
    # The nearer one says all that the farther one said.
    older = ReminderCopy.objects.filter(reminder__request=request, seen_at__isnull=True)
    older.filter(reminder__kind=ReminderKind.DUE).update(seen_at=now)
    remind(row, whom)
    casework.write_down(
        "request.reminded",
        request=request,
        by=None,
        change=Change(
            basis=BASIS,
            data={"due_on": request.due_on, "when": when_words(distance), "people": len(whom)},
        ),
    )
    return 1


def working_days_left(due_on: date, today: date, days: Calendar) -> int:
    """Working days until the due date; negative when it has passed."""
    return -1 if today > due_on else days.workdays_between(today, due_on)


def when_words(distance: int) -> str:
    """A distance as it is said."""
    if distance < 0:
        return "已超期"
    return f"还有{distance}个工作日" if distance else "今天到期"


def remind(row: Reminder, whom: Iterable[Person]) -> Reminder:
    """Put a reminder on the lists of these people; their mail goes out after the commit."""
    from gongkai.disclosure import tasks

    row.save()
    for person in whom:
        ReminderCopy.objects.create(reminder=row, person=person)
        if person.email:
            tasks.mail_reminders.enqueue(person.pk)
    return row


def note_seen(*, person: Person, keys: Iterable[int], now: datetime) -> int:
    """Take reminders off a person's own list; the number taken."""
    mine = ReminderCopy.objects.filter(person=person, pk__in=list(keys), seen_at__isnull=True)
    return mine.update(seen_at=now)


@transaction.atomic
def set_warnings(
    *, body: Body, distances: Mapping[str, int | None], by: Person | None, now: datetime
) -> Body:
    """Set at how many working days before the due date each role is told; None: never."""
    policies.may_set_up(by, body, civil_day(now)).require(policies.BASIS)
    chosen = {role: days for role, days in distances.items() if days is not None}
    wrong = [r for r, d in chosen.items() if not 0 <= d <= reminder_rules.MOST_DAYS]
    if wrong or not chosen.keys() <= set(reminder_rules.LEVELS):
        sentence = f"提前的工作日应在0至{reminder_rules.MOST_DAYS}之间。"
        raise Refusal("reminder.bad_distance", sentence, fields=dict.fromkeys(wrong, sentence))
    kept = Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    profile = dict(kept.profile) if isinstance(kept.profile, dict) else {}
    kept.profile = {**profile, reminder_rules.PROFILE_KEY: chosen}
    kept.save(update_fields=["profile"])
    append(
        event="request.warnings_set",
        actor=orgs.actor(by, body=kept, role="" if by else "system"),
        subject=Subject("body", kept.pk, kept.uuid),
        change=Change(basis=BASIS, data={"distances": dict(chosen)}),
    )
    return kept
