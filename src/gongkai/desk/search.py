"""Narrowing the record list: what the filters of the desk mean as a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from gongkai.desk.forms.records import Filters
from gongkai.desk.seat import Seat
from gongkai.orgs import queries as orgs
from gongkai.orgs.calendar import calendar
from gongkai.records import queries as records
from gongkai.records.models import Record


def listed(seat: Seat, wanted: Mapping[str, Any]) -> QuerySet[Record]:
    """The records this person may see that match the filters, newest first."""
    rows = records.search(seat.person, str(wanted.get("q") or ""), seat.today)
    for name in ("state", "attribute", "section", "body"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    chosen = wanted.get("catalog_class")
    if chosen:
        rows = rows.filter(Q(catalog_class=chosen) | Q(catalog_class__parent=chosen))
    due = str(wanted.get("due") or "")
    if due:
        rows = rows.filter(pk__in=_due(seat, due).order_by().values("pk"))
    order = ("publish_due_on", "-id") if due in ("overdue", "soon") else ("-id",)
    return rows.select_related("section", "catalog_class", "body").order_by(*order)


def filters(seat: Seat, data: QueryDict) -> Filters:
    """The filter form of this person; bound only when something was asked."""
    supervised = orgs.supervised_bodies(seat.person, seat.today)
    return Filters(data=data or None, body=seat.body, supervised=supervised)


def wanted_of(form: Filters) -> Mapping[str, Any]:
    """What can be read of the filters. They never refuse: the rest is shown beside its field."""
    if not form.is_bound:
        return {}
    form.is_valid()
    return form.cleaned_data


def _due(seat: Seat, due: str) -> QuerySet[Record]:
    if due == "overdue":
        return records.due(seat.person, seat.today).filter(publish_due_on__lt=seat.today)
    if due == "soon":
        near = soon_until(seat.today)
        open_ones = records.due(seat.person, seat.today)
        return open_ones.filter(publish_due_on__gte=seat.today, publish_due_on__lte=near)
    return records.rereviews(seat.person, seat.today)


def soon_until(today: date) -> date:
    """The last day whose light is amber or red."""
    days, day = calendar(), today
    while records.light(day + timedelta(days=1), today, days).colour in ("amber", "red"):
        day += timedelta(days=1)
    return day
