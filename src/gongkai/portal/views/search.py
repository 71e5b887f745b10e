"""Full-text search with marked passages and facets; what it finds is filtered once more."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import cast
from urllib.parse import quote

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from markupsafe import Markup

from gongkai import plug
from gongkai.catalog import queries
from gongkai.catalog.directory import Directory, validity_name
from gongkai.catalog.filters import EntryFilter
from gongkai.portal import links, machine, templating
from gongkai.portal.page import Visit, public
from gongkai.portal.pager import pager
from gongkai.portal.questions import filter_of, page_number, pairs
from gongkai.portal.views.catalog import Choice, Row, row, word_for
from gongkai.ports import SearchAnswer, SearchQuestion, Sort
from gongkai.text.highlight import Piece, marked
from gongkai.text.normalise import fold

MAX_WORDS = 100
PAGE_SIZE = queries.MOST_FOUND
MAX_PAGE = 100
FACET_SIZE = 10
# Seconds: those who turn pages or sort get the same counts again; the index may move meanwhile.
FACETS_KEPT = 60
NEAR = 30
SORTS = {"relevance": "按相关度", "newest": "最新在前", "oldest": "最早在前"}
# Facet of the index → field of the filter and the heading people read.
FACETS = {
    "class": ("catalog_class", "信息分类"),
    "year": ("year", "年份"),
    "validity": ("validity", "有效性"),
    "body": ("body", "公开机关"),
}
_LABELS = {
    "body": "body", "column": "column", "catalog_class": "class", "legal_item": "legal_item",
    "section": "section", "year": "year", "genre": "genre", "validity": "validity",
}  # fmt: skip
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record: its row, the title in pieces, a passage of its text in pieces."""

    row: Row
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]


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
        found = _found(visit, words, wanted, sort=cast("Sort", sort), number=number)
        status = 200 if found else 503
        context |= found or {"broken": True}
    response = visit.render("search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(
    visit: Visit, words: str, wanted: EntryFilter, *, sort: Sort, number: int
) -> dict[str, object] | None:
    """What the page shows of the answer; None when the index does not answer."""
    key = _facet_key(visit, words, wanted)
    facets: str | None = cache.get(key)
    question = SearchQuestion(
        words=words,
        labels={_LABELS[name]: (value,) for name, value in wanted.asked().items()},
        facets=() if facets is not None else _counted(visit),
        sort=sort,
        page=number,
        page_size=PAGE_SIZE,
    )
    try:
        answer = plug.search().query(question)
    except Exception:
        # The index is only a cache: whatever is wrong with it, the catalog still answers.
        _log.exception("search failed")
        return None
    if facets is None:
        facets = _facet_html(visit, answer, words, wanted)
        cache.set(key, facets, FACETS_KEPT)
    lines = queries.found_lines(answer.ids)
    last = min(max(-(-answer.total // PAGE_SIZE), 1), MAX_PAGE)
    return {
        "hits": [hit(*lines[i], words, visit.names) for i in answer.ids if i in lines],
        "total": answer.total,
        "number": number,
        "last": last,
        "pager": pager(links.to("search"), pairs(visit.request), number=number, last=last),
        "facets": Markup(facets),  # noqa: S704 # it comes from a template
    }


def _counted(visit: Visit) -> tuple[str, ...]:
    """Counting costs as much as finding: bodies are counted only where there are several."""
    several = len(visit.names.speakers) > 1
    return tuple(name for name in FACETS if name != "body" or several)


def _facet_key(visit: Visit, words: str, wanted: EntryFilter) -> str:
    asked = f"{visit.english} {visit.generation} {wanted.key()} {words}"
    return f"search:{blake2b(asked.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _facet_html(visit: Visit, found: SearchAnswer, words: str, wanted: EntryFilter) -> str:
    shown = _facets(visit.names, found, words, wanted)
    if not shown:
        return ""
    return templating.html("facets.html", {"facets": shown}, english=visit.english)


def hit(line: queries.EntryLine, text: str, words: str, names: Directory) -> Hit:
    """Title and passage are marked in one go: folding them for comparison is what costs."""
    title, near = line.title, _near(text, words) or line.abstract[: 4 * NEAR]
    pieces = _marked(f"{title}{_APART}{near}", words)
    return Hit(
        row(line, names),
        tuple(_stretch(pieces, 0, len(title))),
        tuple(_stretch(pieces, len(title) + len(_APART), len(title) + len(_APART) + len(near))),
    )


def _marked(text: str, words: str) -> tuple[Piece, ...]:
    """Words of plain Han are found as they stand, which nearly all are; others by folding."""
    plain = _plain_words(words)
    if plain is None:
        return marked(text, words)
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(plain.split(text)) if piece)


@lru_cache(maxsize=512)
def _plain_words(words: str) -> re.Pattern[str] | None:
    """Finds the words as one group, the longest first; None when folding could find more."""
    found = sorted(words.split(), key=len, reverse=True)
    if not all(_HAN_ONLY.fullmatch(word) and fold(word) == word for word in found):
        return None
    return re.compile(f"({'|'.join(found)})")


_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")
# So far apart that no phrase of the reader's words reaches from the title into the text.
_APART = "\n" * 9


def _stretch(pieces: tuple[Piece, ...], start: int, end: int) -> Iterator[Piece]:
    """The pieces between two places of the whole."""
    place = 0
    for text, found in pieces:
        left, right = max(start - place, 0), min(end - place, len(text))
        if left < right:
            yield text[left:right], found
        place += len(text)


def _near(text: str, words: str) -> str:
    """The stretch around the first word that stands there as it was typed, else the beginning.

    Looking a whole text through for every other way of writing costs ten times as much, and most
    words that are not found are numbers, which stand in the header.
    """
    places = [place for word in words.split() if (place := text.find(word)) >= 0]
    if not places:
        return text[: 4 * NEAR]
    first = min(places)
    start = max(first - NEAR, 0)
    # Rather from the beginning of the sentence, where that is near enough.
    start = max(start, *(text.rfind(sign, start, first) + 1 for sign in _BREAKS))
    end = start + 4 * NEAR
    return text[start:end] + ("…" if end < len(text) else "")


_BREAKS = "。；\n"


def _facets(
    names: Directory, found: SearchAnswer, words: str, wanted: EntryFilter
) -> list[tuple[str, list[Choice]]]:
    shown = []
    for facet, (field, label) in FACETS.items():
        counts = found.facets.get(facet, {})
        chosen = str(getattr(wanted, field) or "")
        if facet == "class":
            counts = _classes(counts, chosen, names)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if facet == "year":
            ordered.sort(reverse=True)
        base = links.to("search") + links.query(wanted.without(field), q=words)
        parameter = links.PARAMETERS[field]
        choices = [
            Choice(
                _name(facet, code, names),
                n,
                base if code == chosen else f"{base}&{parameter}={quote(code)}",
                code == chosen,
                0,
            )
            for code, n in ordered[:FACET_SIZE]
        ]
        if len(choices) > 1 or chosen:
            shown.append((_(label), choices))
    return shown


def _classes(counts: Mapping[str, int], chosen: str, names: Directory) -> dict[str, int]:
    """Top classes, and under the chosen one its sub-classes: all at once nobody reads."""
    parents = {c.code: names.classes.get(c.parent_id or 0) for c in names.classes.values()}
    family = parents.get(chosen)
    opened = {chosen, family.code if family else chosen}
    found = {}
    for code, n in counts.items():
        parent = parents.get(code)
        if parent is None or parent.code in opened:
            found[code] = n
    return found


def _name(facet: str, code: str, names: Directory) -> str:
    if facet == "class":
        return names.name_of_class(code)
    if facet == "body":
        return names.name_of_body(code)
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
