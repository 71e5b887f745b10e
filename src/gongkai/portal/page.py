"""The frame around every public view: language, type size, freshness, kept pages, refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseNotModified,
)
from django.http.response import HttpResponseBase
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gongkai import __version__
from gongkai.catalog import generation
from gongkai.catalog.directory import BodyLine, Directory, directory
from gongkai.kit.dates import civil_day
from gongkai.portal import links

LARGE_COOKIE = "gongkai_large"
KEEP_SECONDS = 3600
# A page larger than this is not kept: the cache is for the many small ones.
KEEP_BYTES = 512 * 1024
# The order of the five-part column of 国办公开办函〔2019〕61号, after home and before search.
NAVIGATION = (
    ("home", "首页"),
    ("guide", "公开指南"),
    ("measures", "公开制度"),
    ("catalog", "法定主动公开内容"),
    ("reports", "公开年报"),
    ("requests", "依申请公开"),
    ("search", "检索"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a public view knows of the visit: nothing of who comes, only how they want to read."""

    request: HttpRequest
    generation: int
    names: Directory
    today: date
    english: bool
    large: bool

    @property
    def site(self) -> BodyLine | None:
        return self.names.site

    def render(self, template: str, context: Mapping[str, object], *, status: int = 200) -> Any:
        """The page as a response. Context processors are left out: nothing here has a session."""
        values = {"visit": self, **_frame(self), **context}
        html = get_template(template).template.render(Context(values))  # type: ignore[attr-defined]
        return HttpResponse(html, status=status)


def _frame(visit: Visit) -> dict[str, object]:
    site = visit.site
    return {
        "site_name": (site.site_name or f"{site.name}政府信息公开") if site else "政府信息公开",
        "site": site,
        "navigation": navigation(visit.english),
        "search_url": links.to("search"),
        "is_demo": visit.names.is_demo,
        "english": visit.english,
        "large": visit.large,
        "here": visit.request.get_full_path(),
        "preferences": links.to("preferences"),
    }


@lru_cache(maxsize=2)
def navigation(english: bool) -> tuple[tuple[str, str, str], ...]:
    """Name, address and label of the entries of the column, in the language of the page."""
    with translation.override("en" if english else "zh-hans"):
        return tuple((name, links.to(name), _(label)) for name, label in NAVIGATION)


def is_english(request: HttpRequest) -> bool:
    """Chinese unless the reader chose English here: what the browser prefers does not count.

    A public page has one face per address for every cache and harvester.
    """
    return request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == "en"


View = Callable[..., HttpResponseBase]


def public(*, keep: bool = True) -> Callable[[View], View]:
    """Make a view of the portal from `view(visit, **arguments)`.

    A kept page is answered from the cache until the next publication, and with 304 when the
    reader has it already. With `keep=False` (search, downloads) it is made each time.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: object) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            visit = _visit(request)
            if not keep:
                return _finish(_call(view, visit, arguments), visit, "")
            tag = _tag(visit)
            if tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
                return _finish(HttpResponseNotModified(), visit, tag)
            return _finish(_kept(view, visit, arguments, tag), visit, tag)

        return answer

    return decorate


def _visit(request: HttpRequest) -> Visit:
    number = generation.current()
    english = is_english(request)
    translation.activate("en" if english else "zh-hans")
    large = request.COOKIES.get(LARGE_COOKIE) == "1"
    today = civil_day(timezone.now())
    return Visit(request, number, directory(number), today, english, large)


def _call(view: View, visit: Visit, arguments: dict[str, Any]) -> HttpResponseBase:
    try:
        return view(visit, **arguments)
    except Http404 as missing:
        sentence = str(missing.args[0]) if missing.args else ""
        found: HttpResponseBase = visit.render(
            "portal/not_found.html", {"sentence": sentence}, status=404
        )
        return found


def _kept(view: View, visit: Visit, arguments: dict[str, Any], tag: str) -> HttpResponseBase:
    request = visit.request
    if not visit.generation:
        return _call(view, visit, arguments)
    key = f"page:{tag}:{hash_of(f'{request.scheme}://{request.get_host()}{here(request)}')}"
    found = cache.get(key)
    if found is not None:
        status, content_type, body = found
        return HttpResponse(body, status=status, content_type=content_type)
    response = _call(view, visit, arguments)
    if (
        isinstance(response, HttpResponse)
        and response.status_code in (200, 410)
        and len(response.content) <= KEEP_BYTES
    ):
        cache.set(
            key,
            (response.status_code, response["Content-Type"], response.content),
            KEEP_SECONDS,
        )
    return response


def here(request: HttpRequest) -> str:
    """Path and query as they were asked."""
    return request.get_full_path()


def hash_of(text: str) -> str:
    """A short digest that fits a cache key."""
    from hashlib import blake2b

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _tag(visit: Visit) -> str:
    """The strong part of the ETag: changes with publications, releases, language, size and day."""
    face = f"{'e' if visit.english else 'z'}{'l' if visit.large else 'n'}"
    return f"{visit.generation:x}-{build()}-{face}-{visit.today.toordinal():x}"


@lru_cache(maxsize=1)
def build() -> str:
    """Changes when the program does, so that no page of an older release is kept."""
    package = Path(__file__).parent
    newest = max(p.stat().st_mtime for p in package.rglob("*") if p.suffix in {".py", ".html"})
    return f"{__version__}.{int(newest):x}"


def _finish(response: HttpResponseBase, visit: Visit, tag: str) -> HttpResponseBase:
    headers = response.headers
    headers["Vary"] = "Cookie"
    headers.setdefault("Content-Language", "en" if visit.english else "zh-CN")
    if response.status_code in (200, 304, 410) and tag and visit.generation:
        headers["ETag"] = f'W/"{tag}"'
    # Asked again each time: what is withdrawn is gone from every cache at once.
    headers.setdefault("Cache-Control", "public, no-cache")
    return response
