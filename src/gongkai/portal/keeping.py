"""Pages kept until the next publication, and 304 for readers who have them already.

The key of a kept page holds the generation, which every publication, withdrawal or change of
names turns inside its own transaction: a withdrawn page is gone in every process with the commit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone

from gongkai import __version__
from gongkai.catalog import generation
from gongkai.kit.dates import civil_day

LARGE_COOKIE = "gongkai_large"
KEEP_SECONDS = 3600
# A page larger than this is not kept: the cache is for the many small ones.
KEEP_BYTES = 512 * 1024
STATUSES = (200, 410)
# Pages under these are never kept, so the cache is not asked for them.
ELSEWHERE = (
    "/desk/",
    "/accounts/",
    "/api/",
    "/static/",
    "/search/",
    "/files/",
    "/requests/apply/",
    "/requests/track/",
    "/requests/answers/",
)
_HEADERS = ("Content-Type", "Content-Language", "X-Robots-Tag", "Vary", "Cache-Control")


@dataclass(frozen=True, slots=True)
class Face:
    """How a page looks to this reader: language, type size, day."""

    today: date
    english: bool
    large: bool

    @classmethod
    def of(cls, request: HttpRequest, today: date) -> Face:
        """Chinese and normal type unless a cookie says otherwise.

        What the browser prefers does not count: a public page has one face per address for every
        cache and harvester.
        """
        if "HTTP_COOKIE" not in request.META:
            return cls(today, False, False)
        cookies = request.COOKIES
        english = cookies.get(settings.LANGUAGE_COOKIE_NAME) == "en"
        return cls(today, english, cookies.get(LARGE_COOKIE) == "1")

    def tag(self, number: int) -> str:
        """The ETag: changes with publications, releases, language, size and day."""
        face = f"{'e' if self.english else 'z'}{'l' if self.large else 'n'}"
        return f'W/"{number:x}-{build()}-{face}-{self.today.toordinal():x}"'


@lru_cache(maxsize=1)
def build() -> str:
    """Changes when the program does, so that no page of an older release is kept."""
    package = Path(__file__).parent
    newest = max(p.stat().st_mtime for p in package.rglob("*") if p.suffix in {".py", ".html"})
    return f"{__version__}.{int(newest):x}"


def kept_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: answers kept pages before sessions and accounts are looked at."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and not request.path.startswith(ELSEWHERE):
            found = _kept(request)
            if found is not None:
                return found
        return get_response(request)

    return middleware


def _kept(request: HttpRequest) -> HttpResponse | None:
    number = generation.current()
    request.public_generation = number  # type: ignore[attr-defined] # spares the view a read
    if not number:
        return None
    tag = Face.of(request, civil_day(timezone.now())).tag(number)
    found = cache.get(_key(request, tag))
    if found is None:
        return None
    status, headers, body = found
    fresh = status == 200 and tag in request.META.get("HTTP_IF_NONE_MATCH", "")
    response = HttpResponseNotModified() if fresh else HttpResponse(body, status=status)
    for name, value in headers.items():
        response.headers[name] = value
    response.headers["X-Frame-Options"] = "DENY"
    if fresh:
        del response.headers["Content-Type"]
    else:
        response.headers["Content-Length"] = str(len(body))
    return response


def keep_page(request: HttpRequest, response: HttpResponseBase, face: Face, number: int) -> None:
    """Keep a finished page for `kept_pages`, and mark it with its ETag."""
    if not number or response.status_code not in STATUSES or not isinstance(response, HttpResponse):
        return
    tag = face.tag(number)
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Cookie"
    response.headers["Content-Language"] = "en" if face.english else "zh-CN"
    response.headers["Cache-Control"] = "public, no-cache"
    if len(response.content) > KEEP_BYTES:
        return
    headers = {name: response.headers[name] for name in _HEADERS if name in response.headers}
    page = (response.status_code, {**headers, "ETag": tag}, response.content)
    cache.set(_key(request, tag), page, KEEP_SECONDS)


def _key(request: HttpRequest, tag: str) -> str:
    place = f"{request.scheme}://{request.get_host()}{request.get_full_path()} {tag}"
    return f"page:{blake2b(place.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"
