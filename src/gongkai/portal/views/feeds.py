"""For machines that follow the site: Atom feed, sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.catalog import generation, queries
from gongkai.catalog.filters import published
from gongkai.catalog.models import CatalogEntry
from gongkai.kit.dates import CHINA
from gongkai.portal import links, machine
from gongkai.portal.page import NAVIGATION, Visit, public
from gongkai.portal.questions import filter_of

FEED_SIZE = 50
# The protocol allows 50,000; smaller files are made quicker.
SITEMAP_SIZE = 5000
MAX_SITEMAPS = 2000
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@public()
def feed(visit: Visit) -> HttpResponse:
    """The newest entries as Atom (RFC 4287), narrowed like the catalog."""
    wanted = filter_of(visit.request, visit.names, visit.generation)
    found = queries.entries(wanted, visit.names).order_by("-published_at", "-id")[:FEED_SIZE]
    shown = list(found)
    absolute = visit.absolute
    query = links.query(wanted)
    moments = [entry.updated_at for entry in shown]
    updated = max(moments, default=generation.changed_at() or timezone.now())
    title = machine.site_tags(visit)[0][1]
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<id>{_xml(absolute(links.to('feed') + query))}</id>\n",
        f"<title>{_xml(title)}</title>\n<updated>{_moment(updated)}</updated>\n",
        _link("self", absolute(links.to("feed") + query), "application/atom+xml"),
        _link("alternate", absolute(links.to("catalog") + query), "text/html"),
        f"<author><name>{_xml(visit.site.name if visit.site else title)}</name></author>\n",
        *(_feed_entry(visit, entry) for entry in shown),
        "</feed>\n",
    ]
    return HttpResponse("".join(parts), content_type="application/atom+xml; charset=utf-8")


def _feed_entry(visit: Visit, entry: CatalogEntry) -> str:
    body = visit.names.bodies.get(entry.body_id)
    address = visit.absolute(links.record(entry.uuid))
    author = entry.responsible_unit or (body.name if body else "—")
    return (
        f"<entry><id>urn:uuid:{entry.uuid}</id><title>{_xml(entry.title)}</title>"
        f"{_link('alternate', address, 'text/html')}"
        f"<published>{_moment(entry.published_at)}</published>"
        f"<updated>{_moment(entry.updated_at)}</updated>"
        f"<author><name>{_xml(author)}</name></author>"
        f"<summary>{_xml(entry.abstract or entry.title)}</summary></entry>\n"
    )


@public()
def sitemap_index(visit: Visit) -> HttpResponse:
    """The index of sitemaps: one for the fixed pages, one per five thousand records."""
    total = published().order_by().count()
    files = min(-(-total // SITEMAP_SIZE), MAX_SITEMAPS)
    absolute = visit.absolute
    base = links.to("sitemap")
    places = [f"{base.removesuffix('.xml')}-{n}.xml" for n in range(files + 1)]
    inner = "".join(f"<sitemap><loc>{_xml(absolute(p))}</loc></sitemap>\n" for p in places)
    return _sitemap("sitemapindex", inner)


@public()
def sitemap(visit: Visit, number: int) -> HttpResponse:
    """Sitemap `number`: 0 holds the fixed pages, the others records in the order of their ids."""
    return _sitemap("urlset", "".join(_fixed(visit) if number == 0 else _records(visit, number)))


def _fixed(visit: Visit) -> Iterator[str]:
    for name, _label in NAVIGATION:
        yield f"<url><loc>{_xml(visit.absolute(links.to(name)))}</loc></url>\n"


def _records(visit: Visit, number: int) -> Iterator[str]:
    if number > MAX_SITEMAPS:
        raise Http404(_("没有这一页。"))
    start = (number - 1) * SITEMAP_SIZE
    rows = published().order_by("id").values_list("uuid", "updated_at")
    found = list(rows[start : start + SITEMAP_SIZE])
    if not found:
        raise Http404(_("没有这一页。"))
    origin = visit.absolute("")
    for uuid, updated in found:
        place = _xml(origin + links.record(uuid))
        yield f"<url><loc>{place}</loc><lastmod>{_moment(updated)}</lastmod></url>\n"


def _sitemap(element: str, inner: str) -> HttpResponse:
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return HttpResponse(
        f"{head}<{element} {space}>\n{inner}</{element}>\n",
        content_type="application/xml; charset=utf-8",
    )


@public()
def robots(visit: Visit) -> HttpResponse:
    """What crawlers should leave out, and where the sitemap is."""
    place = visit.absolute(links.to("sitemap"))
    lines = [
        "User-agent: *",
        f"Disallow: {links.to('preferences')}",
        f"Disallow: {links.to('search')}",
        "Disallow: /desk/",
        "Disallow: /accounts/",
        f"Sitemap: {place}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _moment(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def _xml(text: str) -> str:
    return escape(text.translate(_ILLEGAL))


def _link(rel: str, href: str, kind: str) -> str:
    return f"<link rel={quoteattr(rel)} type={quoteattr(kind)} href={quoteattr(href)}/>\n"
