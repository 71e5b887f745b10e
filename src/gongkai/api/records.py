"""Published records over HTTP: a list in pages, and one record with its text and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.api.fields import Field, Values, read_query
from gongkai.api.responses import answer, public, refused
from gongkai.catalog import generation, reading
from gongkai.catalog.directory import Directory, directory
from gongkai.catalog.filters import FIRST_YEAR, LAST_YEAR, EntryFilter, entries
from gongkai.catalog.reading import Reading, Tombstone
from gongkai.kit.refusal import Refusal
from gongkai.records.choices import Column, Validity

PAGE, MOST_PAGE = 50, 100
_CODES = (
    ("body", "机关代码", 40),
    ("class", "信息分类的代码", 60),
    ("section", "责任科室的代码", 20),
    ("item", "法定公开事项的代码", 40),
    ("genre", "体裁的代码", 60),
)
_COLUMNS = tuple((column.value, str(column.label)) for column in Column)
_VALIDITY = tuple((validity.value, str(validity.label)) for validity in Validity)
LIST = (
    *(Field(key, label, most=most) for key, label, most in _CODES),
    Field("column", "栏目", "choice", choices=_COLUMNS),
    Field("validity", "信息有效性", "choice", choices=_VALIDITY),
    Field("year", "生成年份", "number", most=LAST_YEAR, hint=f"自{FIRST_YEAR}年"),
    Field("published_from", "发布日期，自", "date"),
    Field("published_to", "发布日期，至（含）", "date"),
    Field("size", "一页多少条", "number", most=MOST_PAGE, hint=f"不填为{PAGE}"),
    Field("after", "上一页最后一条的uuid（即上一页的 next）", "uuid"),
)
# Parameter → field of the filter the portal's own pages use.
_ASKS = {
    "body": "body", "class": "catalog_class", "section": "section", "item": "legal_item",
    "genre": "genre", "column": "column", "validity": "validity",
}  # fmt: skip
_LINE = (
    "uuid", "index_number", "title", "document_number", "abstract", "responsible_unit", "column",
    "legal_item", "genre", "validity", "keywords",
)  # fmt: skip
_DAYS = ("created_on", "changed_on", "effective_from", "expires_on", "repealed_on", "published_on")


@public
def listed(request: HttpRequest) -> HttpResponse:
    """A page of the published records, the newest first."""
    wanted = read_query(LIST, request.GET.lists())
    names = directory(generation.current())
    asked: dict[str, Any] = {field: wanted[key] for key, field in _ASKS.items()}
    found = entries(EntryFilter(year=wanted["year"], **asked), names).filter(_narrower(wanted))
    size = wanted["size"] or PAGE
    rows = list(found[: size + 1])
    after = str(rows[size - 1].uuid) if len(rows) > size else None
    data = {"records": [_line(request, row, names) for row in rows[:size]], "next": after}
    return _fresh(answer(data))


def _narrower(wanted: Values) -> Q:
    """Days of publication, and what stands behind the last row seen."""
    found = Q()
    if wanted["published_from"]:
        found &= Q(published_on__gte=wanted["published_from"])
    if wanted["published_to"]:
        found &= Q(published_on__lte=wanted["published_to"])
    if wanted["after"]:
        last = reading.published_entry(wanted["after"])
        if last is None:
            sentence = "没有这一条，或者它已不再公开。请从第一页重新取。"
            raise Refusal("api.after", sentence, fields={"after": sentence})
        # The day bounds the rows by itself, so that the index of the order serves.
        behind = Q(published_on__lt=last.published_on) | Q(pk__lt=last.id)
        found &= Q(published_on__lte=last.published_on) & behind
    return found


@public
def one(request: HttpRequest, *, uuid: UUID) -> HttpResponse:
    """One record with its text, files and relations; 410 once it was withdrawn."""
    read_query((), request.GET.lists())
    found = reading.reading(uuid)
    if found is None:
        return refused(Refusal("api.not_found", "没有这条信息，或者它还没有公开。"), status=404)
    if isinstance(found, Tombstone):
        said = f"{found.label}。{found.note}".strip("。") if found.label else ""
        sentence = f"这条信息已不再公开{f'：{said}' if said else ''}。"
        return refused(Refusal("api.withdrawn", sentence), status=410)
    return _fresh(answer(_whole(request, found)))


def _fresh(response: HttpResponse) -> HttpResponse:
    """Asked for anew every time: what is withdrawn is gone at once."""
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _line(request: HttpRequest, row: Any, names: Directory) -> dict[str, object]:
    """What a list tells; `row` is an entry or the same as plain values."""
    body = names.bodies.get(row.body_id)
    cls = names.classes.get(row.catalog_class_id or 0)
    days = {key: getattr(row, key) for key in _DAYS}
    return {
        **{key: str(getattr(row, key)) for key in _LINE},
        **{key: day.isoformat() if day else None for key, day in days.items()},
        "body": body.code if body else "",
        "body_name": body.name if body else "",
        "class": cls.code if cls else "",
        "class_name": cls.name if cls else "",
        "updated_at": row.updated_at.isoformat(),
        "url": request.build_absolute_uri(reverse("portal:record", args=[row.uuid])),
    }


def _whole(request: HttpRequest, found: Reading) -> dict[str, object]:
    names = directory(generation.current())
    return {
        **_line(request, found.entry, names),
        "made_by": found.entry.made_by,
        "text": found.entry.text or "",
        "files": [
            {
                "name": file.name,
                "bytes": file.size,
                "media_type": file.media_type,
                "url": request.build_absolute_uri(reverse("portal:file", args=[file.uuid])),
            }
            for file in found.files
        ],
        "relations": [
            {
                "label": each.label,
                "title": each.title,
                "uuid": str(each.uuid) if each.uuid else None,
            }
            for each in found.relations
        ],
    }
