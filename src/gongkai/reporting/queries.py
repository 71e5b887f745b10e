"""Reads of yearly reports: which ones a person may see, the rows of a cell he may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.catalog.models import CatalogEntry
from gongkai.disclosure import queries as disclosure
from gongkai.disclosure.models import DisclosureRequest, Fee, RemedyCase
from gongkai.law.annual_report import form_for
from gongkai.orgs import queries as orgs
from gongkai.orgs.models import Person
from gongkai.reporting import cells
from gongkai.reporting.counting.span import Span
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.policies import READERS


def visible_to(person: Person, today: date) -> QuerySet[AnnualReport]:
    """The reports a person may see; the same as `policies.may_read` asked of each."""
    bodies = {g.body_id for g in orgs.grants_of(person, today) if g.role in READERS}
    bodies |= {body.pk for body in orgs.supervised_bodies(person, today)}
    return AnnualReport.objects.filter(body__in=bodies).select_related("body", "record")


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows behind a cell: `count` of them, of which the person may open `rows`.

    `kind` is request, remedy, fee or record.
    """

    kind: str
    count: int
    rows: QuerySet[Any]


_ORDER = {"request": ("received_on", "pk"), "remedy": ("filed_on", "pk"), "fee": ("pk",),
          "record": ("-published_on", "-pk")}  # fmt: skip


def behind(report: AnnualReport, key: str, person: Person | None, today: date) -> Behind | None:
    """The rows of a cell as they stand now; None where no rows make it. None sees everything."""
    rows = cells.rows(Span(report.body, report.year), form_for(report.year), key)
    if rows is None:
        return None
    kind = _KINDS[rows.model]
    count = rows.count()
    if person is not None and kind != "record":
        mine = disclosure.visible_to(person, today).values("pk")
        rows = rows.filter(**{"pk__in" if kind == "request" else "request__in": mine})
    if kind in ("remedy", "fee"):
        rows = rows.select_related("request")
    return Behind(kind, count, rows.order_by(*_ORDER[kind]))


_KINDS: dict[type, str] = {
    DisclosureRequest: "request",
    RemedyCase: "remedy",
    Fee: "fee",
    CatalogEntry: "record",
}
