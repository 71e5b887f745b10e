"""Reads what stands in an address: every word known, every number bounded, else one sentence."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from gongkai.catalog.directory import GENRE_NAMES, Directory
from gongkai.catalog.facets import choices
from gongkai.catalog.filters import FIRST_YEAR, LAST_YEAR, EntryFilter
from gongkai.catalog.queries import known_choice
from gongkai.portal.links import PARAMETERS

MAX_DIGITS = 6
_FIELDS = {parameter: name for name, parameter in PARAMETERS.items()}


def whole_number(text: str) -> int | None:
    """A whole number of at most six plain digits; None for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return int(text)
    return None


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 when none is; a sentence (404) when it is no page number."""
    given = request.GET.get("page")
    if given is None:
        return 1
    number = whole_number(given)
    if not number:
        raise Http404(_("没有这一页。请从第一页开始，或按年份、分类缩小范围。"))
    return number


def filter_of(
    request: HttpRequest, names: Directory, generation: int, *, column: str = ""
) -> EntryFilter:
    """The filter in the address; `column` is set by the page itself. Unknown words are 404."""
    if not request.META.get("QUERY_STRING"):
        return EntryFilter(column=column)
    given = {_FIELDS[p]: v for p in _FIELDS if (v := request.GET.get(p, "").strip())}
    if column:
        given["column"] = column
    year = given.pop("year", "")
    wanted = EntryFilter(**given, year=_year(year) if year else None)
    for name, value in given.items():
        if not _known(name, value, names, generation):
            raise Http404(_("没有这样的目录条件。请回到目录，从列出的条件中选择。"))
    return wanted


def _year(text: str) -> int:
    year = whole_number(text)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("年份应是四位数字，例如 2008。请改正后再试。"))
    return year


def _known(name: str, value: str, names: Directory, generation: int) -> bool:
    if name in ("column", "validity"):
        return known_choice(name, value)
    if name == "body":
        return names.body_of(value) is not None
    if name == "catalog_class":
        return any(line.code == value for line in names.classes.values())
    if name == "section":
        return any(line.code == value for line in names.sections.values())
    if name == "genre" and value in GENRE_NAMES:
        return True
    return value in choices(name, names, generation)


def day(text: str) -> date | None:
    """A date written 2008-12-24; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """The query as it was written, without the page number."""
    return [(k, v) for k, v in parse_qsl(request.META.get("QUERY_STRING", "")) if k != "page"]
