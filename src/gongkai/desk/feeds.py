"""A person's due dates as a calendar to subscribe to, under an address nobody can guess.

Calendar programs cannot sign in: the address is the key. It holds numbers and days, never a title
or a word of a case, and shows what the person may see on the day it is fetched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.desk import actions
from gongkai.desk.models import CalendarFeed
from gongkai.kit.dates import civil_day
from gongkai.law.ics import Entry, calendar_file
from gongkai.orgs.models import Person
from gongkai.records import queries as records

MOST = 500


def owner_of(secret: str) -> Person | None:
    """Whose calendar it is; None for a wrong, revoked or former one, and for a closed account."""
    found = CalendarFeed.objects.filter(digest=actions.feed_digest(secret), person__is_active=True)
    feed = found.select_related("person__body").first()
    return feed.person if feed else None


def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar; every wrong address gets the same answer, whatever is wrong with it."""
    person = owner_of(secret) if request.method in ("GET", "HEAD") else None
    if person is None:
        return HttpResponse(
            "没有这个日历。\n", status=404, content_type="text/plain; charset=utf-8"
        )
    now = timezone.now()
    today = civil_day(now)
    actions.note_feed_used(person=person, today=today)
    host = request.get_host().split(":")[0]
    text = calendar_file(entries(person, today), case="desk", stamp=now, host=host)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="gongkai.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def entries(person: Person, today: date) -> list[Entry]:
    """Every due date of the cases and publications the person may see, from a month back on."""
    since = today - timedelta(days=31)
    found = [*_requests(person, today), *_records(person, today), *_reports(person, today)]
    return [entry for entry in found if entry.on >= since]


def _requests(person: Person, today: date) -> Iterator[Entry]:
    if not apps.is_installed("gongkai.disclosure"):
        return
    from gongkai.disclosure import casework
    from gongkai.disclosure import queries as requests
    from gongkai.kit.refusal import Refusal

    for case in requests.open_ones(requests.visible_to(person, today))[:MOST]:
        try:
            clock = casework.clock_of(case)
        except Refusal:  # a year nobody has announced: the case's page says so
            continue
        nth: Counter[str] = Counter()
        for duty in clock.duties() if clock else ():
            nth[duty.kind] += 1
            yield Entry(
                f"request:{case.uuid}:{duty.kind}:{nth[duty.kind]}",
                f"{case.number}：{duty.label}（{duty.actor}）",
                duty.on,
                duty.basis,
                duty.due,
            )


def _reports(person: Person, today: date) -> Iterator[Entry]:
    if apps.is_installed("gongkai.reporting"):
        from gongkai.desk.reports import piles

        yield from piles.entries(person, today)


def _records(person: Person, today: date) -> Iterator[Entry]:
    for record in records.due(person, today).select_related("section")[:MOST]:
        if record.publish_due_on is not None:
            section = record.section.name if record.section else "未定科室"
            yield Entry(
                f"record:{record.uuid}",
                f"政府信息公开期限：{section}，登记{record.pk}",
                record.publish_due_on,
                record.publish_due_basis,
            )
