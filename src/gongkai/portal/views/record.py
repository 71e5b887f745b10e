"""A published record, its versions, and what remains of a withdrawn one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from gongkai.catalog import reading
from gongkai.catalog.directory import genre_name, legal_item_name, validity_name
from gongkai.catalog.models import CatalogEntry
from gongkai.catalog.reading import FileLine, Reading, Tombstone
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
    response: HttpResponse = visit.render(
        "portal/withdrawn.html", {"stone": stone, "site_tags": machine.site_tags(visit)}, status=410
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(visit: Visit, found: Reading) -> HttpResponse:
    entry = found.entry
    column = Column(entry.column)
    names = visit.names
    cls = names.classes.get(entry.catalog_class_id or 0)
    files = [(links.file(f.uuid), f.name, _kind(f), size_of(f.size)) for f in found.files]
    response: HttpResponse = visit.render(
        "portal/record.html",
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
            "text": machine.paragraphs(found.text),
            "files": files,
            "relations": [(r, links.record(r.uuid) if r.uuid else "") for r in found.relations],
            "versions": links.versions(entry.uuid) if found.has_versions else "",
            "tags": machine.article_tags(visit, entry, str(column.label)),
            "data": machine.record_data(visit, entry, _encodings(visit, found)),
        },
    )
    return response


def _body_name(visit: Visit, entry: CatalogEntry) -> str:
    body = visit.names.bodies.get(entry.body_id)
    return body.name if body else ""


def more(entry: CatalogEntry) -> list[tuple[str, str]]:
    """The rest of the core metadata, only what is there."""
    pairs = [
        (_("体裁"), genre_name(entry.genre)),
        (_("主题词"), entry.keywords),
        (_("法定公开事项"), legal_item_name(entry.legal_item) if entry.legal_item else ""),
        (_("制作机关"), entry.made_by),
        (_("牵头机关"), entry.lead_body),
        (_("保存机关"), entry.held_by),
        (_("施行日期"), entry.effective_from),
        (_("有效期至"), entry.expires_on),
        (_("废止日期"), entry.repealed_on),
        (_("有效性说明"), entry.validity_cause),
        (_("变更日期"), entry.changed_on),
        (_("原发布平台"), entry.carried_from),
        (_("本站上线"), entry.released_on if entry.carried_from else None),
    ]
    return [(label, str(value)) for label, value in pairs if value]


def _encodings(visit: Visit, found: Reading) -> list[dict[str, object]]:
    return [
        {
            "@type": "MediaObject",
            "name": f.name,
            "encodingFormat": f.media_type,
            "contentSize": str(f.size),
            "contentUrl": visit.request.build_absolute_uri(links.file(f.uuid)),
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
