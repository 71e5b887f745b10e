"""Figures for everybody: by year on a page, as JSON and CSV with a note on their use."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from markupsafe import Markup

from gongkai.catalog.directory import BodyLine
from gongkai.law.applications import ApplicantKind
from gongkai.portal import links, machine, templating
from gongkai.portal.chart import bars
from gongkai.portal.page import Visit, public, site_name
from gongkai.reporting import open_data
from gongkai.reporting.open_data import APPLICANTS, DATA_SETS, PUBLICATIONS, REQUESTS, DataSet, Row
from gongkai.reporting.statistics.keeping import kept
from gongkai.reporting.tables import Table, to_csv

LICENCE = "可以自由使用、复制、传播和加工，请注明来源和取得日期，不得歪曲数据的原意。"
YEARS_SHOWN = 20


@public(keep=False)
def figures(visit: Visit) -> HttpResponse:
    """What was published and answered, year by year; where the data are and what they mean."""
    code = visit.request.GET.get("body", "")
    body = visit.names.body_of(code) if code else None
    if code and body is None:
        raise Http404(_("没有这个机关。请从列出的机关中选择。"))
    name = f"figures-page:{code}:{visit.english}:{visit.today}"
    return visit.render(
        "figures.html",
        {
            "title": _("统计和开放数据"),
            "body": body,
            "bodies": [(b.name, b.code) for b in visit.names.speakers],
            "told": Markup(kept(name, lambda: _figures(visit, body))),  # noqa: S704 # a template's
            "tags": machine.column_tags(visit, _("统计和开放数据"), "数据开放"),
        },
    )


def _figures(visit: Visit, body: BodyLine | None) -> str:
    """The figures and the data sets as text, made once for as long as nothing changes."""
    told = _told(body.code if body else "", visit.today)
    values = {
        "body": body,
        "years": told.years,
        "cut": told.cut,
        "chart": bars([(str(row[0]), row[1]) for row in reversed(told.years)]),
        "applicants": told.applicants,
        "kinds": [_(kind.label) for kind in ApplicantKind],
        "least": settings.GONGKAI_OPEN_DATA_LEAST,
        "sets": [_described(data) for data in DATA_SETS],
        "licence": _(LICENCE),
    }
    return templating.html("figures_body.html", values, english=visit.english)


@dataclass(frozen=True, slots=True)
class Told:
    """What the page tells: the newest years first; `cut` when there are more."""

    years: tuple[tuple[int, ...], ...]
    cut: bool
    applicants: list[tuple[str, list[str]]]


def _told(code: str, today: date) -> Told:
    """Year by year: published, received, answered, in time, late."""
    mine = partial(_of_body, code)
    requests = mine(open_data.rows_of(REQUESTS, today))
    keys = ("received", "answered", "answered_in_time", "answered_late")
    sums = [_sums(mine(open_data.rows_of(PUBLICATIONS, today)), "published")]
    sums += [_sums(requests, key) for key in keys]
    years = sorted({year for each in sums for year in each}, reverse=True)
    rows = tuple((year, *(each[year] for each in sums)) for year in years[:YEARS_SHOWN])
    applicants = _applicants(mine(open_data.rows_of(APPLICANTS, today)), code)
    return Told(rows, len(years) > YEARS_SHOWN, applicants)


def _of_body(code: str, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not code or row["body_code"] == code]


def _sums(rows: Sequence[Row], key: str) -> Counter[int]:
    found: Counter[int] = Counter()
    for row in rows:
        found[int(str(row["year"]))] += int(str(row[key]))
    return found


def _applicants(rows: Sequence[Row], code: str) -> list[tuple[str, list[str]]]:
    """Year by year the figures of each kind; of one body only, for left out ones add up to none."""
    if not code and len({row["body_code"] for row in rows}) > 1:
        return []
    found: dict[str, list[str]] = {}
    for row in rows:
        told = "" if row["received"] is None else str(row["received"])
        found.setdefault(str(row["year"]), []).append(told)
    return sorted(found.items(), reverse=True)[:YEARS_SHOWN]


def _described(data: DataSet) -> dict[str, object]:
    """A data set with its addresses and columns, in the reader's language."""
    return {
        "title": _(data.title),
        "sentence": _(data.sentence),
        "columns": [(key, _(label)) for key, label in data.columns],
        "files": [(form.upper(), links.to(f"data-{data.name}-{form}")) for form in ("json", "csv")],
    }


@public(keep=False)
def data_file(visit: Visit, name: str, form: str) -> HttpResponseBase:
    """A data set as a file. Anybody may fetch it, from any site."""
    data = open_data.BY_NAME[name]
    rows = open_data.rows_of(data, visit.today)
    keys = [key for key, _label in data.columns]
    if form == "csv":
        cells = ([row[key] for key in keys] for row in rows)
        response = HttpResponse(
            to_csv([Table(data.title, keys, cells)]), content_type="text/csv; charset=utf-8"
        )
    else:
        about = {
            "title": data.title,
            "description": data.sentence,
            "publisher": site_name(visit.site),
            "licence": LICENCE,
            "counted_on": visit.today.isoformat(),
            "left_out_below": settings.GONGKAI_OPEN_DATA_LEAST,
            "columns": dict(data.columns),
            "rows": rows,
        }
        text = json.dumps(about, ensure_ascii=False)
        response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.{form}") or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Access-Control-Allow-Origin"] = "*"
    return response
