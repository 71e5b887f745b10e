"""Figures for everybody: what each body published and answered, by month and year.

Three data sets of plain rows. Where figures are crossed with the kind of applicant, small ones
are left out (`GONGKAI_OPEN_DATA_LEAST`), and with them as many others as keep them from being
worked out from the total: no cell can point at one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from gongkai.catalog.models import CatalogEntry, EntryState
from gongkai.disclosure.models import DisclosureRequest
from gongkai.law.applications import ApplicantKind
from gongkai.orgs.models import Body
from gongkai.reporting.statistics.keeping import kept, state
from gongkai.reporting.tables import Cell

Row = dict[str, Cell]
Bodies = Mapping[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set of rows: its name in addresses, title, what it holds, its columns with their words."""

    name: str
    title: str
    sentence: str
    columns: tuple[tuple[str, str], ...]
    count: Callable[[Bodies, date], list[Row]]


def rows_of(data: DataSet, today: date) -> list[Row]:
    """The rows of today, counted once for as long as nothing changes."""
    return kept(f"open:{data.name}:{today}", lambda: data.count(_bodies(), today), at=state())


def _bodies() -> Bodies:
    """Bodies in use, by their row number: code and name."""
    rows = Body.objects.filter(is_active=True).order_by("code").values_list("pk", "code", "name")
    return {pk: (code, name) for pk, code, name in rows}


def _of(bodies: Bodies, pk: int) -> Row:
    code, name = bodies[pk]
    return {"body_code": code, "body": name}


def _publications(bodies: Bodies, today: date) -> list[Row]:
    """What stands on the site, by the month in which it was published."""
    days = (
        CatalogEntry.objects.filter(
            state=EntryState.PUBLISHED, body_id__in=bodies, published_on__lte=today
        )
        .order_by()
        .values_list("body_id", "published_on")
        .annotate(n=Count("pk"))
    )
    found: Counter[tuple[int, int, int]] = Counter()
    for body, day, n in days.iterator(chunk_size=2000):
        found[(body, day.year, day.month)] += n
    return [
        {**_of(bodies, body), "year": year, "month": month, "published": n}
        for (body, year, month), n in sorted(found.items(), key=lambda e: (bodies[e[0][0]], e[0]))
    ]


def _requests(bodies: Bodies, today: date) -> list[Row]:
    """Requests of a body and year: received, answered, in time."""
    rows = DisclosureRequest.objects.filter(body_id__in=bodies).order_by()
    received = _by_year(
        rows.filter(received_on__lte=today)
        .values_list("body_id", "received_on")
        .annotate(n=Count("pk"))
    )
    answered = _by_year(
        rows.filter(replied_on__lte=today)
        .values_list("body_id", "replied_on")
        .annotate(
            n=Count("pk"),
            met=Count("pk", filter=Q(in_time=True)),
            late=Count("pk", filter=Q(in_time=False)),
        )
    )
    keys = sorted(received.keys() | answered.keys(), key=lambda e: (bodies[e[0]], e[1]))
    found: list[Row] = []
    for body, year in keys:
        n, met, late = answered.get((body, year), (0, 0, 0))
        row: Row = {**_of(bodies, body), "year": year}
        row["received"] = received.get((body, year), (0,))[0]
        found.append({**row, "answered": n, "answered_in_time": met, "answered_late": late})
    return found


def _by_year(counted: Iterable[tuple[Any, ...]]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Counts by body and day added up by body and year: cheaper than years asked of a database."""
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for body, day, *numbers in counted:
        before = found.get((body, day.year), (0,) * len(numbers))
        found[(body, day.year)] = tuple(map(add, before, numbers))
    return found


def _applicants(bodies: Bodies, today: date) -> list[Row]:
    """Requests received, crossed with the kind of applicant; small figures are left out."""
    counted = (
        DisclosureRequest.objects.filter(body_id__in=bodies, received_on__lte=today)
        .filter(~Q(applicant__kind=""), applicant__isnull=False)
        .order_by()
        .values_list("body_id", "received_on", "applicant__kind")
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[int, int], Counter[str]] = {}
    for body, day, kind, n in counted.iterator(chunk_size=2000):
        found.setdefault((body, day.year), Counter())[kind] += n
    least = settings.GONGKAI_OPEN_DATA_LEAST
    rows: list[Row] = []
    for (body, year), counts in sorted(found.items(), key=lambda e: (bodies[e[0][0]], e[0][1])):
        numbers = [counts.get(kind.value, 0) for kind in ApplicantKind]
        for kind, n in zip(ApplicantKind, shown(numbers, least), strict=True):
            rows.append(
                {
                    **_of(bodies, body),
                    "year": year,
                    "applicant_kind": kind.value,
                    "applicant_label": kind.label,
                    "received": n,
                    "left_out": int(n is None),
                }
            )
    return rows


def shown(numbers: Sequence[int], least: int) -> list[int | None]:
    """The figures of one row whose sum is known to all, None where one is left out.

    Figures from 1 to `least` - 1 are left out. A single one could be had by subtracting the
    others from the sum, so the smallest of the others goes with it; where the left out ones
    together still are fewer than `least`, or there is no other, the whole row is left out.
    """
    hidden = {at for at, n in enumerate(numbers) if 0 < n < least}
    if not hidden:
        return list(numbers)
    others = sorted((n, at) for at, n in enumerate(numbers) if n and at not in hidden)
    while others and (len(hidden) < 2 or sum(numbers[at] for at in hidden) < least):
        hidden.add(others.pop(0)[1])
    if len(hidden) < 2 or sum(numbers[at] for at in hidden) < least:
        return [None] * len(numbers)
    return [None if at in hidden else n for at, n in enumerate(numbers)]


_BODY = (("body_code", "机关代码"), ("body", "机关"), ("year", "年份"))
PUBLICATIONS = DataSet(
    "publications",
    "各月公开条数",
    "各机关每个月公开、现在仍在网上的政府信息条数，按发布日期计。",
    (*_BODY, ("month", "月份"), ("published", "公开条数")),
    _publications,
)
REQUESTS = DataSet(
    "requests",
    "各年申请和答复件数",
    "各机关每年收到和答复的政府信息公开申请件数，按期和逾期的件数。",
    (
        *_BODY,
        ("received", "收到件数"),
        ("answered", "答复件数"),
        ("answered_in_time", "按期答复"),
        ("answered_late", "逾期答复"),
    ),
    _requests,
)
APPLICANTS = DataSet(
    "applicants",
    "各年申请人类型",
    "各机关每年收到的申请按申请人类型的件数；数字小的不列出，以免指向个人。",
    (
        *_BODY,
        ("applicant_kind", "申请人类型代码"),
        ("applicant_label", "申请人类型"),
        ("received", "收到件数"),
        ("left_out", "未列出"),
    ),
    _applicants,
)
DATA_SETS = (PUBLICATIONS, REQUESTS, APPLICANTS)
BY_NAME = {data.name: data for data in DATA_SETS}
