"""Lists: the catalog with its facets, the measures 制度, the annual reports 年报."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from markupsafe import Markup

from gongkai.catalog import queries
from gongkai.catalog.directory import Directory, genre_name, legal_item_name, validity_name
from gongkai.catalog.facets import Facet, facets
from gongkai.catalog.filters import EntryFilter
from gongkai.catalog.generation import kept
from gongkai.portal import links, machine, templating
from gongkai.portal.page import Visit, public
from gongkai.portal.pager import pager
from gongkai.portal.questions import filter_of, page_number, pairs
from gongkai.records.choices import Column


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet value as a link; the chosen one leads back to all."""

    name: str
    count: int
    address: str
    chosen: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, ready to print."""

    address: str
    title: str
    index_number: str
    document_number: str
    abstract: str
    created_on: str
    published_on: str
    validity: str
    validity_sign: str
    place: str


SIGNS = {"in_force": "good", "lapsed": "grave", "repealed": "grave", "superseded": "amber"}
ABSTRACT_SHOWN = 90


@public()
def catalog(visit: Visit) -> HttpResponse:
    """法定主动公开内容: every published record, narrowed by facets."""
    wanted = filter_of(visit.request, visit.names, visit.generation)
    return _list(visit, wanted, name="catalog", title=_("法定主动公开内容"), kind="信息公开目录")


@public()
def measures(visit: Visit) -> HttpResponse:
    """政府信息公开制度."""
    wanted = filter_of(visit.request, visit.names, visit.generation, column=Column.MEASURES)
    return _list(visit, wanted, name="measures", title=_("政府信息公开制度"), kind="政策文件")


@public()
def reports(visit: Visit) -> HttpResponse:
    """政府信息公开年报."""
    wanted = filter_of(visit.request, visit.names, visit.generation, column=Column.ANNUAL_REPORT)
    return _list(visit, wanted, name="reports", title=_("政府信息公开年报"), kind="信息公开年报")


def _list(visit: Visit, wanted: EntryFilter, *, name: str, title: str, kind: str) -> HttpResponse:
    number = page_number(visit.request)
    names, generation = visit.names, visit.generation
    found = queries.page(wanted, names, number=number, generation=generation)
    if found is None:
        raise Http404(_("没有这一页。请从第一页开始，或按年份、分类缩小范围。"))
    address = links.to(name)
    return visit.render(
        "catalog.html",
        {
            "here_name": name,
            "title": title,
            "narrowed": narrowed(wanted, names) if name == "catalog" else [],
            "address": address,
            "rows": [row(line, names) for line in found.lines],
            "total": found.total,
            "number": number,
            "last": found.last,
            "capped": found.total > queries.MAX_PAGE * queries.PAGE_SIZE,
            "facets": _facet_html(visit, wanted) if name == "catalog" else "",
            "pager": pager(address, pairs(visit.request), number=number, last=found.last),
            "tags": machine.column_tags(visit, title, kind),
            "exports": _exports(wanted),
            "feed": links.to("feed") + links.query(wanted),
        },
    )


def row(line: queries.EntryLine, names: Directory) -> Row:
    """The line with its codes turned into words."""
    cls = names.classes.get(line.catalog_class_id or line.top_class_id or 0)
    body = names.bodies.get(line.body_id)
    several = len(names.speaking) > 1
    place = [body.label] if body and several else []
    abstract = line.abstract
    if len(abstract) > ABSTRACT_SHOWN:
        abstract = abstract[:ABSTRACT_SHOWN] + "…"
    return Row(
        address=links.record(line.uuid),
        title=line.title,
        index_number=line.index_number,
        document_number=line.document_number,
        abstract=abstract,
        created_on=line.created_on.isoformat(),
        published_on=line.published_on.isoformat(),
        validity="" if line.validity == "unknown" else validity_name(line.validity),
        validity_sign=SIGNS.get(line.validity, ""),
        place=" · ".join([*place, cls.name] if cls else place),
    )


def _facet_html(visit: Visit, wanted: EntryFilter) -> Markup:
    """The facets as text, made once per generation: they are half of the page."""

    def make() -> str:
        found = facets(wanted, visit.names, visit.generation)
        shown = [(_(f.label), _choices(f, wanted)) for f in found]
        return templating.html("facets.html", {"facets": shown}, english=visit.english)

    key = f"facets-html:{visit.english}:{wanted.key()}"
    return Markup(kept(key, visit.generation, make))  # noqa: S704 # it comes from a template


def _choices(facet: Facet, wanted: EntryFilter) -> list[Choice]:
    base, chosen = links.to("catalog"), str(getattr(wanted, facet.name) or "")
    found = []
    for value in facet.values:
        is_chosen = value.code == chosen
        asked = wanted.without(facet.name) if is_chosen else wanted.asking(facet.name, value.code)
        found.append(
            Choice(value.name, value.count, base + links.query(asked), is_chosen, value.depth)
        )
    return found


def narrowed(wanted: EntryFilter, names: Directory) -> list[tuple[str, str]]:
    """What the list is narrowed to, each with the address that lifts it."""
    return [
        (word_for(name, value, names), links.to("catalog") + links.query(wanted.without(name)))
        for name, value in wanted.asked().items()
    ]


def word_for(name: str, value: str, names: Directory) -> str:
    """A condition of the filter in words."""
    words: dict[str, Callable[[str], str]] = {
        "body": names.name_of_body,
        "catalog_class": names.name_of_class,
        "section": names.name_of_section,
        "legal_item": legal_item_name,
        "genre": genre_name,
        "validity": validity_name,
        "column": lambda code: str(Column(code).label),
        "year": lambda year: _("%(year)s年") % {"year": year},
    }
    return words[name](value)


def _exports(wanted: EntryFilter) -> list[tuple[str, str]]:
    query = links.query(wanted)
    return [(form.upper(), links.to(f"export-{form}") + query) for form in ("csv", "xlsx", "json")]
