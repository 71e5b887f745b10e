"""Full-text search with marked passages and facets; what it finds is filtered once more."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from gongkai import plug
from gongkai.catalog import queries
from gongkai.catalog.directory import Directory, genre_name, validity_name
from gongkai.catalog.filters import EntryFilter
from gongkai.portal import links, machine
from gongkai.portal.page import Visit, public
from gongkai.portal.pager import Pager, pager
from gongkai.portal.questions import filter_of, page_number, pairs
from gongkai.portal.views.catalog import Choice, Row, row, word_for
from gongkai.ports import SearchAnswer, SearchQuestion, Sort
from gongkai.text.highlight import Piece, marked, passages

MAX_WORDS = 100
PAGE_SIZE = 10
MAX_PAGE = 100
# How much of a text is looked through for a passage to show.
TEXT_SHOWN = 3000
FACET_SIZE = 12
SORTS = {"relevance": "按相关度", "newest": "最新在前", "oldest": "最早在前"}
# Facet of the index → field of the filter and the heading people read.
FACETS = {
    "class": ("catalog_class", "信息分类"),
    "year": ("year", "年份"),
    "validity": ("validity", "有效性"),
    "genre": ("genre", "体裁"),
    "body": ("body", "公开机关"),
}
_LABELS = {
    "body": "body", "column": "column", "catalog_class": "class", "legal_item": "legal_item",
    "section": "section", "year": "year", "genre": "genre", "validity": "validity",
}  # fmt: skip
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record: its row, the title in pieces, passages of its text in pieces."""

    row: Row
    title: tuple[Piece, ...]
    passages: tuple[tuple[Piece, ...], ...]


@public(keep=False)
def search(visit: Visit) -> HttpResponse:
    """The search page; without words only the form."""
    words = " ".join(visit.request.GET.get("q", "").split())[:MAX_WORDS].replace("\x00", "")
    wanted = filter_of(visit.request, visit.names, visit.generation)
    sort = visit.request.GET.get("sort", "relevance")
    sort = sort if sort in SORTS else "relevance"
    number = page_number(visit.request)
    if number > MAX_PAGE:
        raise Http404(_("检索结果只列出前面的部分，请增加检索词或选择年份、分类。"))
    context: dict[str, object] = {
        "here_name": "search",
        "words": words,
        "sort": sort,
        "sorts": _sorts(words, wanted, sort),
        "hidden": [(links.PARAMETERS[k], v) for k, v in wanted.asked().items()],
        "narrowed": _lifts(words, wanted, visit.names),
        "address": links.to("search"),
        "broken": False,
        "tags": machine.column_tags(visit, _("检索"), "信息检索"),
    }
    status = 200
    if words:
        found = _ask(words, wanted, sort=cast("Sort", sort), number=number)
        status = 200 if found else 503
        context |= _results(visit, found, words, wanted, number) if found else {"broken": True}
    response = visit.render("search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _ask(words: str, wanted: EntryFilter, *, sort: Sort, number: int) -> SearchAnswer | None:
    question = SearchQuestion(
        words=words,
        labels={_LABELS[name]: (value,) for name, value in wanted.asked().items()},
        facets=tuple(FACETS),
        sort=sort,
        page=number,
        page_size=PAGE_SIZE,
    )
    try:
        return plug.search().query(question)
    except Exception:
        # The index is only a cache: whatever is wrong with it, the catalog still answers.
        _log.exception("search failed")
        return None


def _results(
    visit: Visit, found: SearchAnswer, words: str, wanted: EntryFilter, number: int
) -> dict[str, object]:
    lines = queries.lines(list(found.ids))
    texts = queries.texts(list(lines), TEXT_SHOWN)
    last = min(max(-(-found.total // PAGE_SIZE), 1), MAX_PAGE)
    rows: Pager | None = pager(links.to("search"), pairs(visit.request), number=number, last=last)
    return {
        "hits": [
            _hit(lines[i], texts.get(i, ""), words, visit.names) for i in found.ids if i in lines
        ],
        "total": found.total,
        "number": number,
        "last": last,
        "pager": rows,
        "facets": _facets(visit.names, found, words, wanted),
    }


def _hit(line: queries.EntryLine, text: str, words: str, names: Directory) -> Hit:
    shown = passages(text or line.abstract, words, most=2)
    return Hit(row(line, names), marked(line.title, words), tuple(p.pieces for p in shown))


def _facets(
    names: Directory, found: SearchAnswer, words: str, wanted: EntryFilter
) -> list[tuple[str, list[Choice]]]:
    shown = []
    for facet, (field, label) in FACETS.items():
        counts = found.facets.get(facet, {})
        chosen = str(getattr(wanted, field) or "")
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if facet == "year":
            ordered.sort(reverse=True)
        choices = [
            Choice(_name(facet, code, names), n, _to(words, wanted, field, code), code == chosen, 0)
            for code, n in ordered[:FACET_SIZE]
        ]
        if len(choices) > 1 or chosen:
            shown.append((_(label), choices))
    return shown


def _to(words: str, wanted: EntryFilter, field: str, code: str) -> str:
    chosen = str(getattr(wanted, field) or "") == code
    asked = wanted.without(field) if chosen else wanted.asking(field, code)
    return links.to("search") + links.query(asked, q=words)


def _name(facet: str, code: str, names: Directory) -> str:
    if facet == "class":
        return names.name_of_class(code)
    if facet == "body":
        return names.name_of_body(code)
    if facet == "genre":
        return genre_name(code)
    return validity_name(code) if facet == "validity" else code


def _sorts(words: str, wanted: EntryFilter, sort: str) -> list[tuple[str, str, bool]]:
    base = links.to("search")
    return [
        (_(label), base + links.query(wanted, q=words, sort=key), key == sort)
        for key, label in SORTS.items()
    ]


def _lifts(words: str, wanted: EntryFilter, names: Directory) -> list[tuple[str, str]]:
    base = links.to("search")
    return [
        (word_for(field, value, names), base + links.query(wanted.without(field), q=words))
        for field, value in wanted.asked().items()
    ]
