"""A published record, its versions, and what remains of a withdrawn one."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.catalog import reading
from gongkai.catalog.directory import genre_name, legal_item_name, validity_name
from gongkai.catalog.reading import FileLine, Reading, Shown, Tombstone
from gongkai.portal import links, machine
from gongkai.portal.page import Visit, public
from gongkai.portal.views.catalog import SIGNS
from gongkai.records.choices import Column

COLUMN_PAGES = {"catalog": "catalog", "measures": "measures", "annual_report": "reports"}
UNITS = (("MB", 1024 * 1024), ("KB", 1024))


@public()
def record(visit: Visit, uuid: UUID) -> HttpResponse:
    """The page of one record; 410 with a tombstone once it was withdrawn."""
    found = reading.reading(uuid)
    if found is None:
        raise Http404(_("没有这条信息，或者它还没有公开。请用检索查找，或从目录中选择。"))
    if isinstance(found, Tombstone):
        return _tombstone(visit, found)
    return _page(visit, found)


def _tombstone(visit: Visit, stone: Tombstone) -> HttpResponse:
    response = visit.render(
        "withdrawn.html", {"stone": stone, "site_tags": machine.site_tags(visit)}, status=410
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(visit: Visit, found: Reading) -> HttpResponse:
    entry = found.entry
    column = Column(entry.column)
    names = visit.names
    cls = names.classes.get(entry.catalog_class_id or 0)
    files = [(links.file(f.uuid), f.name, _kind(f), size_of(f.size)) for f in found.files]
    return visit.render(
        "record.html",
        {
            "here_name": COLUMN_PAGES[column],
            "entry": entry,
            "unit": entry.responsible_unit or _body_name(visit, entry),
            "validity": validity_name(entry.validity),
            "validity_sign": SIGNS.get(entry.validity, ""),
            "column": column.label,
            "column_address": links.to(COLUMN_PAGES[column]),
            "class": cls,
            "class_address": f"{links.to('catalog')}?class={cls.code}" if cls else "",
            "more": more(entry),
            "text": machine.paragraphs(entry.text or ""),
            "files": files,
            "relations": [(r, links.record(r.uuid) if r.uuid else "") for r in found.relations],
            "versions": links.versions(entry.uuid) if entry.has_past else "",
            "tags": machine.article_tags(visit, entry, str(column.label)),
            "data": machine.record_data(visit, entry, _encodings(visit, found)),
        },
    )


def _body_name(visit: Visit, entry: Shown) -> str:
    body = visit.names.bodies.get(entry.body_id)
    return body.name if body else ""


def more(entry: Shown) -> list[tuple[str, str]]:
    """The rest of the core metadata, only what is there."""
    values = (
        genre_name(entry.genre),
        entry.keywords,
        legal_item_name(entry.legal_item) if entry.legal_item else "",
        entry.made_by,
        entry.lead_body,
        entry.held_by,
        entry.effective_from,
        entry.expires_on,
        entry.repealed_on,
        entry.validity_cause,
        entry.changed_on,
        entry.carried_from,
        entry.released_on if entry.carried_from else None,
    )
    labels = _labels(get_language() == "en")
    return [(label, str(value)) for label, value in zip(labels, values, strict=True) if value]


@lru_cache(maxsize=2)
def _labels(english: bool) -> tuple[str, ...]:
    """The labels of `more`, in the language that is active."""
    return (
        _("体裁"), _("主题词"), _("法定公开事项"), _("制作机关"), _("牵头机关"), _("保存机关"),
        _("施行日期"), _("有效期至"), _("废止日期"), _("有效性说明"), _("变更日期"),
        _("原发布平台"), _("本站上线"),
    )  # fmt: skip


def _encodings(visit: Visit, found: Reading) -> list[dict[str, object]]:
    return [
        {
            "@type": "MediaObject",
            "name": f.name,
            "encodingFormat": f.media_type,
            "contentSize": str(f.size),
            "contentUrl": visit.absolute(links.file(f.uuid)),
        }
        for f in found.files
    ]


def _kind(file: FileLine) -> str:
    _name, dot, ending = file.name.rpartition(".")
    return ending.upper() if dot and len(ending) <= 5 else ""


def size_of(size: int) -> str:
    """Bytes as people read them."""
    for unit, bytes_each in UNITS:
        if size >= bytes_each:
            return f"{size / bytes_each:.1f} {unit}"
    return f"{size} B"
